/**
 * The hunks of one file section of a patch, applied in order and undone together when one fails (edits.md §7). A hunk begins
 * to enter as soon as its old lines so far stand in only one place; else it waits for its end.
 */
import { AppliedWatch } from "./applied-watch.ts";
import { type Applied, type BlockContext, type Failed, fail, succeed } from "./block.ts";
import { DraftLines } from "./draft-lines.ts";
import { foldUnicode, type Run } from "./find-runs.ts";
import { Hunk, type HunkLine } from "./hunk.ts";
import { splitLines, withoutLineEnd } from "./lines.ts";
import { indentAt } from "./locate.ts";
import { nearestLines } from "./nearest.ts";
import { RegionWriter } from "./region-writer.ts";
import { settle } from "./settle.ts";
import { resolveTarget } from "./target-path.ts";
import type { Edit, Reason, Tier } from "./types.ts";

/** A hunk that has its place: `rest` are the file's lines behind those that were read, last first. */
type Placed = { writer: RegionWriter; lines: DraftLines; old: string[]; end: number; endings: Endings };
type Endings = { text: string; at: number };

export class HunkFile {
  readonly id: number;
  private readonly context: BlockContext;
  private readonly rawPath: string;
  private path: string | null = null;
  private hunk: Hunk | null = null;
  private placed: Placed | null = null;
  private cursor = 0;
  private refusal: Reason | null = null;
  private search = "";
  private text = "";
  private tier: Tier = 0;
  private added = 0;
  private removed = 0;
  private draftChars = 0;
  private hunks = 0;
  private notes = new Set<string>();

  constructor(context: BlockContext, rawPath: string) {
    this.context = context;
    this.rawPath = rawPath;
    this.id = context.nextId();
    const target = resolveTarget(context, rawPath);
    if (!target.ok) this.refusal = target.reason;
    else if (context.workspace.read(target.path) === null) this.refusal = "no-file";
    if (target.ok) this.path = target.path;
  }

  /** Begins a hunk, or adds an anchor to one that has no lines yet. */
  *begin(anchor: string | null, lineHint: number | null = null): Generator<Edit, void, undefined> {
    if (!this.hunk || this.hunk.lines.length > 0) yield* this.endHunk();
    this.hunk ??= new Hunk();
    if (anchor) this.hunk.anchors.push(anchor);
    this.hunk.lineHint ??= lineHint;
  }

  *line(line: HunkLine): Generator<Edit, void, undefined> {
    this.hunk ??= new Hunk();
    this.hunk.lines.push(line);
    if (line.kind !== "add") this.search += `${line.text}\n`;
    if (line.kind !== "remove") this.text += `${line.text}\n`;
    if (this.refusal) return;
    if (this.placed) return yield* this.step(line, this.placed);
    if (line.kind === "add") yield* this.tryPin(this.hunk);
  }

  /** More of an unfinished line that adds text. */
  *partial(more: string): Generator<Edit, void, undefined> {
    if (this.placed && !this.refusal) yield* this.placed.lines.partial(more, true);
  }

  /** The hunk ends where the file ends. */
  *endOfFile(): Generator<Edit, void, undefined> {
    if (!this.hunk) return;
    this.hunk.atEnd = true;
    yield* this.endHunk();
  }

  /** The section is complete. `to`: where the file moves. */
  *finish(to: string | null = null): Generator<Edit, void, undefined> {
    yield* this.endHunk();
    const { path } = this;
    if (this.hunks === 0 && to === null) this.refusal ??= "malformed-patch";
    if (this.refusal || path === null) return yield* this.giveUp(this.refusal ?? "bad-path");
    if (to !== null) return yield* this.move(path, to);
    const failed = this.failedFor("does-not-parse");
    yield* settle(this.context, { applied: this.appliedFor(path), failed }, this.draftChars);
  }

  *giveUp(reason: Reason): Generator<Edit, void, undefined> {
    yield* fail(this.context, this.failedFor(this.refusal ?? reason));
  }

  refuse(reason: Reason): void {
    this.refusal ??= reason;
  }

  private read(): string {
    return (this.path === null ? null : this.context.workspace.read(this.path)) ?? "";
  }

  private *tryPin(hunk: Hunk): Generator<Edit, void, undefined> {
    const added = hunk.lines.pop() as HunkLine;
    const isFirst = hunk.lines.every(({ kind }) => kind !== "add");
    const run = isFirst ? hunk.pin(this.read(), this.currentCursor()) : null;
    if (run) this.placed = yield* this.openRegion(run, hunk);
    hunk.lines.push(added);
    if (this.placed) yield* this.step(added, this.placed);
  }

  private *endHunk(): Generator<Edit, void, undefined> {
    const { hunk } = this;
    this.hunk = null;
    if (!hunk || this.refusal) return;
    if (hunk.lines.length === 0) return this.refuse("malformed-patch");
    this.hunks++;
    if (!this.placed) yield* this.placeWhole(hunk);
    const { placed } = this;
    this.placed = null;
    if (placed && !this.refusal) yield* this.closeRegion(placed);
  }

  private *placeWhole(hunk: Hunk): Generator<Edit, void, undefined> {
    const text = this.read();
    const run = hunk.place(text, this.currentCursor());
    if (run) this.placed = yield* this.openRegion(run, hunk);
    else if (hunk.wasMade(text)) this.notes.add("already applied");
    else this.refuse("context-mismatch");
  }

  /** Opens the region over `run` and lets the lines that have come enter. */
  private *openRegion(run: Run, hunk: Hunk): Generator<Edit, Placed, undefined> {
    const text = this.read();
    const { workspace } = this.context;
    const path = this.path as string;
    const indent = run.tier >= 3 ? indentAt(text, run, hunk.old()) : null;
    const { start, end } = withUnendedLine(text, run);
    const [from, to] = [workspace.inDocument(path, start), workspace.inDocument(path, end)];
    yield { type: "start", id: this.id, path, start: from, end: to };
    const writer = new RegionWriter({ id: this.id, path, start, end, workspace });
    const watch = new AppliedWatch(text, start);
    const rewrite = indent ? (line: string) => [indent(line)] : null;
    const lines = new DraftLines(writer, { rewrite, watch: run.start === run.end ? null : watch });
    const old = splitLines(text.slice(start, end)).map((line) =>
      text.slice(start + line.start, start + line.end),
    );
    const placed: Placed = { writer, lines, old: old.reverse(), end, endings: { text, at: end } };
    this.tier = Math.max(this.tier, run.tier) as Tier;
    if (start < run.start) yield* lines.write(endedLine(placed.old.pop() ?? "", writer.lineEnd));
    for (const line of hunk.lines) yield* this.step(line, placed);
    return placed;
  }

  /** One line of a hunk that has its place: the file's own characters for what stays. */
  private *step(line: HunkLine, placed: Placed): Generator<Edit, void, undefined> {
    if (this.refusal) return;
    if (line.kind === "add") return yield* placed.lines.line(line.text, false);
    const own = placed.old.pop() ?? this.nextOwnLine(line, placed);
    if (own === null) return;
    if (line.kind === "keep") yield* placed.lines.write(endedLine(own, placed.writer.lineEnd));
  }

  /** A pinned hunk grows over the file's next line, which must be the one it names. */
  private nextOwnLine(line: HunkLine, { writer, endings }: Placed): string | null {
    const { text, at } = endings;
    const [next] = splitLines(text.slice(at, lineEndAt(text, at)));
    if (!next || foldUnicode(next.text).trim() !== foldUnicode(line.text).trim()) {
      // A blank last line of a hunk is often no line of the file.
      if (line.text.trim() !== "") this.refuse("context-mismatch");
      return null;
    }
    const own = text.slice(at, at + next.end);
    endings.at = at + next.end;
    writer.extend([own]);
    return own;
  }

  private *closeRegion({ writer, lines, endings }: Placed): Generator<Edit, void, undefined> {
    if (yield* lines.finish(endings.at)) {
      this.notes.add("already applied");
      this.cursor = endings.at;
      return;
    }
    yield* writer.finish();
    if (writer.broken) return this.refuse(writer.broken);
    this.added += writer.added;
    this.removed += writer.removed;
    this.draftChars = writer.draftChars();
    this.cursor = writer.place().start;
  }

  /** People may have typed before it since the last hunk. */
  private currentCursor(): number {
    if (this.path === null || this.cursor === 0 || this.context.workspace.waits(this.path))
      return this.cursor;
    return this.context.workspace.region(this.id)?.start ?? this.cursor;
  }

  private *move(path: string, rawTo: string): Generator<Edit, void, undefined> {
    const { context } = this;
    const { workspace } = context;
    const target = resolveTarget(context, rawTo);
    if (!target.ok) return yield* this.giveUp(target.reason);
    if (workspace.waits(path)) {
      workspace.forget(path);
      return yield* this.giveUp("does-not-parse");
    }
    const to = target.path;
    if (!workspace.accepts(to, this.read()) && workspace.accepts(path, this.read()))
      return yield* this.giveUp("does-not-parse");
    if (workspace.read(to) !== null && to !== path) context.warnings.push(`${to} was replaced by ${path}`);
    if (to !== path) yield { type: "move", id: this.id, path, to };
    this.notes.add(`moved to ${to}`);
    yield* succeed(context, { ...this.appliedFor(path), kind: "move" });
    context.lastPath = to;
  }

  private appliedFor(path: string): Applied {
    const { id, tier, added, removed } = this;
    if (added + removed === 0 && this.notes.size === 0) this.notes.add("unchanged");
    return { id, path, kind: "hunks", tier, added, removed, notes: [...this.notes] };
  }

  private failedFor(reason: Reason): Failed {
    const { id, search, text } = this;
    const nearest = reason === "context-mismatch" ? nearestLines(this.read(), search.split("\n")) : [];
    return { id, path: this.path ?? this.rawPath, reason, search, text, nearest };
  }
}

/** What is added behind a last line without an end is written together with that line. */
function withUnendedLine(text: string, { start, end }: Run): { start: number; end: number } {
  const isBehindUnended = start === end && start === text.length && start > 0 && !/[\r\n]$/.test(text);
  return isBehindUnended
    ? { start: Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1, end }
    : { start, end };
}

function endedLine(line: string, lineEnd: string): string {
  return withoutLineEnd(line) === line ? line + lineEnd : line;
}

function lineEndAt(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}
