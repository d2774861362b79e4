/**
 * The files as the next block must see them: the document, and over it the text of blocks that wait for a later one because
 * the file would not parse with them alone (edits.md §5.7).
 */
import { languageOf } from "./language.ts";
import { lineEndBehind, lineStartBefore } from "./lines.ts";
import { pairsTags } from "./pairs-tags.ts";
import { ScanCache } from "./scan-cache.ts";
import type { Scanner } from "./scanner.ts";
import type { EditTarget } from "./types.ts";

/** `base` is what the document held when the first block began to wait; `text` is that with all waiting blocks. */
type Waiting = { base: string; text: string };
type Verdict = { text: string; parses: boolean; pairs: boolean };
export type Change = { start: number; end: number; text: string };

export class Workspace {
  private readonly target: EditTarget;
  private readonly waiting = new Map<string, Waiting>();
  private readonly scans = new ScanCache();
  private readonly judged = new Map<string, Verdict>();
  private readonly unpaired = new Set<string>();

  constructor(target: EditTarget) {
    this.target = target;
  }

  read(path: string): string | null {
    return this.waiting.get(path)?.text ?? this.target.read(path);
  }

  /** What the document holds, without what waits. */
  readDocument(path: string): string | null {
    return this.target.read(path);
  }

  paths(): Iterable<string> {
    return this.target.paths();
  }

  hasGate(): boolean {
    return this.target.accepts !== undefined;
  }

  fits(path: string, chars: number): boolean {
    return this.target.fits?.(path, chars) ?? true;
  }

  /** Would this text parse? Compilers for the browser let `<div></p>` pass; this does not. */
  accepts(path: string, text: string): boolean {
    const { parses, pairs } = this.judge(path, text);
    return parses && (pairs || this.unpaired.has(path));
  }

  /** Does the file parse as it is? Where tags do not pair now, or the scanner cannot read them, they need not pair later. */
  parsesNow(path: string): boolean {
    const { parses, pairs } = this.judge(path, this.read(path) ?? "");
    if (parses && !pairs) this.unpaired.add(path);
    else this.unpaired.delete(path);
    return parses;
  }

  /** The last answer per file is remembered: what one edit leaves is what the next one finds. */
  private judge(path: string, text: string): Verdict {
    if (!this.target.accepts) return { text, parses: true, pairs: true };
    const last = this.judged.get(path);
    if (last?.text === text) return last;
    const parses = this.target.accepts(path, text);
    const verdict = { text, parses, pairs: !parses || pairsTags(path, text) };
    this.judged.set(path, verdict);
    return verdict;
  }

  /** Where the document holds the region of an open edit; undefined when nobody but the parser knows. */
  region(id: number): { start: number; end: number } | null | undefined {
    return this.target.region ? this.target.region(id) : undefined;
  }

  /** A scanner that has read the file up to `offset`. */
  scannerAt(path: string, text: string, offset: number): Scanner {
    return this.scans.at(path, languageOf(path), text, offset);
  }

  waits(path: string): boolean {
    return this.waiting.has(path);
  }

  /** From now on later blocks of this file are matched against `text`. */
  wait(path: string, text: string): void {
    const base = this.waiting.get(path)?.base ?? this.target.read(path) ?? "";
    this.waiting.set(path, { base, text });
  }

  forget(path: string): void {
    this.waiting.delete(path);
  }

  /** What waits, as one change of the document as it is now; null when it does not parse or a person wrote there. */
  settled(path: string): Change | null {
    const waiting = this.waiting.get(path);
    const now = this.target.read(path);
    if (!waiting || now === null) return null;
    const ours = changeBetween(waiting.base, waiting.text);
    const merged = waiting.base === now ? ours : moveAcross(ours, changeBetween(waiting.base, now));
    if (!merged) return null;
    return this.accepts(path, now.slice(0, merged.start) + merged.text + now.slice(merged.end))
      ? merged
      : null;
  }

  /** Offsets of the waiting text → offsets of the document, for a draft's region. */
  inDocument(path: string, offset: number): number {
    const waiting = this.waiting.get(path);
    if (!waiting) return offset;
    const { start, end, text } = changeBetween(waiting.base, waiting.text);
    if (offset <= start) return offset;
    return offset >= start + text.length ? offset - text.length + (end - start) : start;
  }
}

/** The one range of whole lines in which two texts differ. */
function changeBetween(before: string, after: string): Change {
  const room = Math.min(before.length, after.length);
  let head = 0;
  while (head < room && before[head] === after[head]) head++;
  head = lineStartBefore(before, head);
  let tail = 0;
  while (tail < room - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const end = Math.min(before.length, lineEndBehind(before, before.length - tail));
  return { start: head, end, text: after.slice(head, after.length - (before.length - end)) };
}

/** `ours` on a text that has `theirs`, both made on the same text; null when they meet. */
function moveAcross(ours: Change, theirs: Change): Change | null {
  if (ours.end <= theirs.start) return ours;
  if (theirs.end > ours.start) return null;
  const shift = theirs.text.length - (theirs.end - theirs.start);
  return { start: ours.start + shift, end: ours.end + shift, text: ours.text };
}
