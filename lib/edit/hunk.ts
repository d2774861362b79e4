/** One hunk of a patch: lines that stay, go and come, and where they stand in the file. */
import { findRuns, type Run } from "./find-runs.ts";
import { lineNumberAt, splitLines } from "./lines.ts";

export type HunkLine = { kind: "keep" | "remove" | "add"; text: string };

/** Fewer characters than this say nothing about a place. */
const MIN_TELLING_CHARS = 3;

export class Hunk {
  readonly lines: HunkLine[] = [];
  /** Texts that stand before the place, in order ("@@ function a()"). */
  readonly anchors: string[] = [];
  /** 1-based; only breaks ties between several places. */
  lineHint: number | null = null;
  /** The place is the end of the file. */
  atEnd = false;

  old(): string[] {
    return this.lines.flatMap(({ kind, text }) => (kind === "add" ? [] : [text]));
  }

  fresh(): string[] {
    return this.lines.flatMap(({ kind, text }) => (kind === "remove" ? [] : [text]));
  }

  /** The only place at or behind `cursor` for what has come so far; null when that is not known yet. */
  pin(text: string, cursor: number): Run | null {
    const old = this.old();
    if (old.join("").trim().length < MIN_TELLING_CHARS || this.atEnd) return null;
    const from = this.behindAnchors(text, cursor);
    if (from === null) return null;
    const [run, other] = findRuns(text, old, { from, maxTier: 2, limit: 2 });
    return run && !other ? run : null;
  }

  /** The place of the whole hunk. A blank last line that does not fit is dropped from the hunk. */
  place(text: string, cursor: number): Run | null {
    if (this.old().length === 0) return this.placeOfAddition(text);
    const run = this.placeOfOld(text, cursor);
    if (run) return run;
    const last = this.lines.findLastIndex(({ kind }) => kind !== "add");
    if (this.lines[last]?.text.trim() !== "") return null;
    this.lines.splice(last, 1);
    return this.old().length === 0 ? this.placeOfAddition(text) : this.placeOfOld(text, cursor);
  }

  /** Do the new lines stand in the file once, and the old ones nowhere? */
  wasMade(text: string): boolean {
    const isChange = this.lines.some(({ kind }) => kind !== "keep");
    return isChange && findRuns(text, this.fresh(), { maxTier: 2, limit: 2 }).length === 1;
  }

  private placeOfOld(text: string, cursor: number): Run | null {
    const old = this.old();
    const from = this.behindAnchors(text, cursor);
    if (from !== null) {
      const atEnd = this.atEnd
        ? findRuns(text, old, { from: startOfLast(text, old.length, from), limit: 1 })
        : [];
      const runs = atEnd.length > 0 ? atEnd : findRuns(text, old, { from });
      const run = this.nearestToHint(text, runs);
      if (run) return run;
    }
    // Hunks out of file order: from the top, if there is only one place.
    const anywhere = findRuns(text, old, { limit: 2 });
    return anywhere.length === 1 ? (anywhere[0] ?? null) : null;
  }

  private nearestToHint(text: string, runs: Run[]): Run | null {
    const hint = this.lineHint;
    if (hint === null || runs.length < 2) return runs[0] ?? null;
    const distance = (run: Run) => Math.abs(lineNumberAt(text, run.start) - hint);
    return [...runs].sort((a, b) => distance(a) - distance(b))[0] ?? null;
  }

  /** Behind the line a bare addition names by its number, else at the end of the file, even behind an anchor. */
  private placeOfAddition(text: string): Run {
    if (this.lineHint === 0) return { start: 0, end: 0, tier: 0 };
    const line = this.lineHint === null ? undefined : splitLines(text)[this.lineHint - 1];
    const at = line && line.end < text.length ? line.end : text.length;
    return { start: at, end: at, tier: 0 };
  }

  /** Each anchor moves the beginning behind its first match; null when one is not found. */
  private behindAnchors(text: string, cursor: number): number | null {
    let from = cursor;
    for (const anchor of this.anchors) {
      const [run] = findRuns(text, [anchor], { from, limit: 1 });
      const found = run ?? findInLine(text, anchor, from);
      if (!found) return null;
      from = found.end;
    }
    return from;
  }
}

/** An anchor may be only a part of its line. */
function findInLine(text: string, anchor: string, from: number): { end: number } | null {
  const at = anchor.trim() === "" ? -1 : text.indexOf(anchor.trim(), from);
  if (at < 0) return null;
  const end = text.indexOf("\n", at);
  return { end: end < 0 ? text.length : end + 1 };
}

function startOfLast(text: string, count: number, from: number): number {
  return splitLines(text, from).at(-count)?.start ?? from;
}
