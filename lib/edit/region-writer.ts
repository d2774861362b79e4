/**
 * Writes new lines over an old region in balanced splices: the document changes only at places where the structure of new
 * and old text agree, so every visible state parses if it did before (edits.md §5). What is held is the draft.
 */
import { lineEndOf, withoutLineEnd } from "./lines.ts";
import type { Scanner } from "./scanner.ts";
import type { Edit, Reason } from "./types.ts";
import type { Workspace } from "./workspace.ts";

/** How far ahead in the old lines a cut is looked for. */
const WINDOW_LINES = 60;
/** Beyond this many held lines the block waits for its end. */
const MAX_HELD_LINES = 400;

/** A splice copies the file and the gate reads it: in a large one it must be worth it, so that all together stay linear. */
const SMALL_FILE_CHARS = 4_096;
const SPLICE_SHARE = 12;

type Splice = Extract<Edit, { type: "splice" }>;

export type WriterOptions = {
  id: number;
  path: string;
  /** The region in the file's present text; both 0 when there is no file. */
  start: number;
  end: number;
  workspace: Workspace;
  /** What the gate refuses waits for a later block of the file; a whole file fails instead. */
  mayWait?: boolean;
};

export class RegionWriter {
  readonly id: number;
  readonly path: string;
  readonly lineEnd: string;
  added = 0;
  removed = 0;
  /** Why nothing more can be written; the block then fails. */
  broken: Reason | null = null;
  private readonly workspace: Workspace;
  private readonly mayWait: boolean;
  /** Blocks of this file wait already: this one joins them and touches no document. */
  private readonly joinsWaiting: boolean;
  private readonly old: string[];
  private readonly signatures: string[];
  private readonly oldScanner: Scanner;
  private readonly scanner: Scanner;
  private readonly mixesLineEnds: boolean;
  private readonly wasBroken: boolean;
  /** The old default export stays until the new one is written: without it a page does not run. */
  private defaultAt: number;
  private exists: boolean;
  private held: string[] = [];
  private heldChars = 0;
  private usedLines = 0;
  private start: number;
  private counts: [added: number, removed: number] = [0, 0];

  constructor({ id, path, start, end, workspace, mayWait = true }: WriterOptions) {
    const text = workspace.read(path);
    const whole = text ?? "";
    this.id = id;
    this.path = path;
    this.workspace = workspace;
    this.mayWait = mayWait;
    this.joinsWaiting = workspace.waits(path);
    this.start = start;
    this.exists = text !== null;
    this.lineEnd = lineEndOf(whole);
    this.old = linesOf(whole.slice(start, end));
    this.mixesLineEnds = this.lineEnd === "\r\n" ? /[^\r]\n/.test(whole) : whole.includes("\r\n");
    this.defaultAt = this.old.findIndex((line) => line.startsWith("export default"));
    this.scanner = workspace.scannerAt(path, whole, start);
    this.oldScanner = this.scanner.clone();
    this.signatures = [this.oldScanner.signature()];
    for (const line of this.old) this.sign(line);
    this.wasBroken = whole !== "" && !workspace.parsesNow(path);
  }

  /** Characters of the draft that the document does not hold. */
  draftChars(): number {
    return this.heldChars;
  }

  /** Where the region that is written over begins and ends now, as offsets of the workspace's text. */
  place(): { start: number; end: number } {
    if (this.joinsWaiting || this.workspace.waits(this.path)) return this.ownPlace();
    return this.workspace.region(this.id) ?? this.ownPlace();
  }

  /** The file's own next lines belong to the region too. Each with its end. */
  extend(lines: readonly string[]): void {
    for (const line of lines) {
      this.old.push(line);
      this.sign(line);
    }
  }

  /** What a new line ends with: as the old line did that it repeats. */
  endFor(line: string): string {
    if (!this.mixesLineEnds) return this.lineEnd;
    const window = this.old.slice(this.usedLines, this.usedLines + this.held.length + WINDOW_LINES);
    const same = window.find((old) => withoutLineEnd(old) === line);
    return same?.slice(line.length) || this.lineEnd;
  }

  /** Takes a complete line with its end; returns what enters the document now: [] or [create?, splice]. */
  line(line: string): Edit[] {
    this.scanner.feed(line);
    this.held.push(line);
    this.heldChars += line.length;
    if (!this.workspace.fits(this.path, this.heldChars)) this.broken ??= "limit";
    if (this.broken || this.joinsWaiting || this.held.length > MAX_HELD_LINES) return [];
    const cut = this.isWorthSplice() ? this.findCut(line) : null;
    return cut === null ? [] : this.spliceTo(cut, false);
  }

  /** The block is complete: the rest in one splice. What the gate refuses waits in the workspace for a later block. */
  finish(): Edit[] {
    if (this.broken) return [];
    if (this.lacksFinalNewline()) this.dropLastLineEnd();
    if (!this.joinsWaiting) return this.spliceTo(this.old.length, true);
    this.wait();
    return [];
  }

  private ownPlace(): { start: number; end: number } {
    return { start: this.start, end: this.start + lengthOf(this.old.slice(this.usedLines)) };
  }

  private sign(line: string): void {
    this.oldScanner.feed(line);
    this.signatures.push(this.oldScanner.signature());
  }

  private lacksFinalNewline(): boolean {
    const last = this.old.at(-1);
    return last !== undefined && !/[\r\n]$/.test(last);
  }

  private isWorthSplice(): boolean {
    const fileChars = this.workspace.read(this.path)?.length ?? 0;
    return fileChars < SMALL_FILE_CHARS || this.heldChars * SPLICE_SHARE > fileChars;
  }

  /** An identical old line first, else the nearest old boundary with the same structure. */
  private findCut(line: string): number | null {
    // The last line's end is known to be unwanted only at the end of the block.
    if (this.lacksFinalNewline()) return null;
    const signature = this.scanner.signature();
    if (line.startsWith("export default")) this.defaultAt = -1;
    const last = this.defaultAt >= this.usedLines ? this.defaultAt : this.old.length;
    const limit = Math.min(last, this.usedLines + WINDOW_LINES);
    if (line.trim().length > 2) {
      for (let at = this.usedLines; at < limit; at++) {
        if (this.old[at] === line && this.signatures[at + 1] === signature) return at + 1;
      }
    }
    const wanted = Math.min(this.usedLines + this.held.length, last);
    for (let distance = 0; distance <= WINDOW_LINES; distance++) {
      for (const at of [wanted + distance, wanted - distance]) {
        if (at >= this.usedLines && at <= last && this.signatures[at] === signature) return at;
      }
    }
    return null;
  }

  private spliceTo(cut: number, final: boolean): Edit[] {
    const region = this.workspace.region(this.id);
    if (region === null || !this.standsAt(region?.start ?? this.start, cut)) {
      this.broken = "person-edited";
      return [];
    }
    this.start = region?.start ?? this.start;
    const splice = this.buildSplice(cut);
    if (this.isTooLarge(splice)) return [];
    if (!this.passesGate(splice)) {
      if (final) this.wait();
      return [];
    }
    const edits: Edit[] = this.exists ? [splice] : [{ type: "create", id: this.id, path: this.path }, splice];
    this.take(splice, cut);
    return edits;
  }

  /** Is what would be replaced still what was read? */
  private standsAt(start: number, cut: number): boolean {
    const expected = this.old.slice(this.usedLines, cut).join("");
    const text = this.workspace.readDocument(this.path) ?? "";
    return text.slice(start, start + expected.length) === expected;
  }

  /** Equal whole lines at both ends are left out of the splice, so that they keep their identity in the document. */
  private buildSplice(cut: number): Splice {
    const old = this.old.slice(this.usedLines, cut);
    const fresh = this.held;
    const room = Math.min(old.length, fresh.length);
    let head = 0;
    while (head < room && old[head] === fresh[head]) head++;
    let tail = 0;
    while (tail < room - head && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail++;
    const from = this.start + lengthOf(old.slice(0, head));
    const removed = old.slice(head, old.length - tail);
    const inserted = fresh.slice(head, fresh.length - tail);
    const used = lengthOf(fresh);
    this.counts = [inserted.length, removed.length];
    return {
      type: "splice",
      id: this.id,
      path: this.path,
      start: from,
      end: from + lengthOf(removed),
      text: inserted.join(""),
      used,
      at: this.start + used,
    };
  }

  /** The file would not fit: nothing more can be written. */
  private isTooLarge({ start, end, text }: Splice): boolean {
    const chars = (this.workspace.read(this.path)?.length ?? 0) - (end - start) + text.length;
    if (text.length > end - start && !this.workspace.fits(this.path, chars)) this.broken = "limit";
    return this.broken !== null;
  }

  private take(splice: Splice, cut: number): void {
    this.exists = true;
    this.count();
    this.start = splice.at;
    this.usedLines = cut;
    this.held = [];
    this.heldChars = 0;
  }

  private count(): void {
    this.added += this.counts[0];
    this.removed += this.counts[1];
  }

  /** Later blocks of this file see it with what this one holds; the document is not touched. */
  private wait(): void {
    const splice = this.buildSplice(this.old.length);
    if (this.isTooLarge(splice)) return;
    const { start, end, text, at } = splice;
    const now = this.workspace.read(this.path) ?? "";
    if (this.joinsWaiting && this.workspace.region(this.id) === null) {
      this.broken = "person-edited";
      return;
    }
    if (this.exists && this.mayWait)
      this.workspace.wait(this.path, now.slice(0, start) + text + now.slice(end));
    else this.broken = "does-not-parse";
    this.count();
    this.start = at;
    this.usedLines = this.old.length;
  }

  private passesGate({ start, end, text }: Splice): boolean {
    if (this.wasBroken || !this.workspace.hasGate() || (start === end && text === "")) return true;
    const now = this.workspace.read(this.path) ?? "";
    const { path, workspace } = this;
    if (workspace.accepts(path, now.slice(0, start) + text + now.slice(end))) return true;
    // What a person broke meanwhile, in the middle of a word, is not the model's fault. An empty file nobody broke.
    return now !== "" && !workspace.accepts(path, now);
  }

  private dropLastLineEnd(): void {
    const last = this.held.pop();
    if (last !== undefined) this.held.push(withoutLineEnd(last));
  }
}

function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? [];
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((length, line) => length + line.length, 0);
}
