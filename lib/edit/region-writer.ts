/**
 * Writes new lines over an old region in balanced splices: the document changes only at places where the structure of new
 * and old text agree, so every visible state parses if it did before (edits.md §5). What is held is the draft.
 */
import { languageOf } from "./language.ts";
import { createScanner, type Scanner } from "./scanner.ts";
import type { Edit, EditTarget, Reason } from "./types.ts";

/** How far ahead in the old lines a cut is looked for. */
const WINDOW_LINES = 60;
/** Beyond this many held lines the block waits for its end. */
const MAX_HELD_LINES = 400;

/** The gate reads the whole file: in a large one a splice must be worth it, so that all gates together stay linear. */
const SMALL_FILE_CHARS = 4_096;
const GATE_SHARE = 12;

type Splice = Extract<Edit, { type: "splice" }>;

export type WriterOptions = {
  id: number;
  path: string;
  /** The region in the file's present text; both 0 and `text` null for a file that does not exist. */
  start: number;
  end: number;
  text: string | null;
  target: EditTarget;
};

export class RegionWriter {
  readonly id: number;
  readonly path: string;
  added = 0;
  removed = 0;
  /** Why nothing more can be written; the block then fails. */
  broken: Reason | null = null;
  private readonly target: EditTarget;
  private readonly old: string[];
  private readonly signatures: string[] = [];
  private readonly scanner: Scanner;
  private readonly wasBroken: boolean;
  private readonly lacksFinalNewline: boolean;
  /** The old default export stays until the new one is written: without it a page does not run. */
  private defaultAt: number;
  private exists: boolean;
  private held: string[] = [];
  private usedLines = 0;
  private start: number;
  private end: number;
  readonly lineEnd: string;

  constructor({ id, path, start, end, text, target }: WriterOptions) {
    this.id = id;
    this.path = path;
    this.target = target;
    this.start = start;
    this.end = end;
    this.exists = text !== null;
    const whole = text ?? "";
    this.lineEnd = whole.includes("\r\n") ? "\r\n" : "\n";
    this.old = whole.slice(start, end).match(/[^\n]*\n|[^\n]+$/g) ?? [];
    this.defaultAt = this.old.findIndex((line) => line.startsWith("export default"));
    this.lacksFinalNewline = this.old.length > 0 && !(this.old.at(-1) ?? "").endsWith("\n");
    this.scanner = createScanner(languageOf(path));
    this.scanner.feed(whole.slice(0, start));
    this.signOldLines();
    this.wasBroken = text !== null && text !== "" && !this.parses(text);
  }

  /** Takes a complete line with its end; returns what enters the document now: [] or [create?, splice]. */
  line(line: string): Edit[] {
    this.scanner.feed(line);
    this.held.push(line);
    if (this.broken || this.held.length > MAX_HELD_LINES) return [];
    const cut = this.isWorthGate() ? this.findCut(line) : null;
    return cut === null ? [] : this.spliceTo(cut, false);
  }

  /** The block is complete: the rest in one splice. Sets `broken` when the gate refuses the result. */
  finish(): Edit[] {
    if (this.broken) return [];
    if (this.lacksFinalNewline) this.dropLastLineEnd();
    return this.spliceTo(this.old.length, true);
  }

  private isWorthGate(): boolean {
    const fileChars = this.target.read(this.path)?.length ?? 0;
    return fileChars < SMALL_FILE_CHARS || lengthOf(this.held) * GATE_SHARE > fileChars;
  }

  private signOldLines(): void {
    const scanner = this.scanner.clone();
    this.signatures.push(scanner.signature());
    for (const line of this.old) {
      scanner.feed(line);
      this.signatures.push(scanner.signature());
    }
  }

  /** An identical old line first, else the nearest old boundary with the same structure. */
  private findCut(line: string): number | null {
    // The last line's end is known to be unwanted only at the end of the block.
    if (this.lacksFinalNewline) return null;
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
    const region = this.target.region ? this.target.region(this.id) : { start: this.start, end: this.end };
    if (!region) {
      this.broken = "person-edited";
      return [];
    }
    this.start = region.start;
    this.end = region.end;
    const splice = this.buildSplice(cut);
    if (!this.passesGate(splice)) {
      if (final) this.broken = "does-not-parse";
      return [];
    }
    const edits: Edit[] = this.exists ? [splice] : [{ type: "create", id: this.id, path: this.path }, splice];
    this.take(splice, cut);
    return edits;
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
    const text = inserted.join("");
    const splice: Splice = {
      type: "splice",
      id: this.id,
      path: this.path,
      start: from,
      end: from + lengthOf(removed),
      text,
      used,
      at: this.start + used,
    };
    this.counts = [inserted.length, removed.length];
    return splice;
  }

  private counts: [added: number, removed: number] = [0, 0];

  private take(splice: Splice, cut: number): void {
    this.exists = true;
    this.added += this.counts[0];
    this.removed += this.counts[1];
    this.end += splice.text.length - (splice.end - splice.start);
    this.start = splice.at;
    this.usedLines = cut;
    this.held = [];
  }

  private passesGate({ start, end, text }: Splice): boolean {
    if (this.wasBroken || (start === end && text === "")) return true;
    const now = this.target.read(this.path) ?? "";
    // What a person broke meanwhile, in the middle of a word, is not the model's fault.
    return this.parses(now.slice(0, start) + text + now.slice(end)) || !this.parses(now);
  }

  private parses(text: string): boolean {
    return this.target.accepts?.(this.path, text) ?? true;
  }

  private dropLastLineEnd(): void {
    const last = this.held.pop();
    if (last !== undefined) this.held.push(last.replace(/\r?\n$/, ""));
  }
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((length, line) => length + line.length, 0);
}
