/**
 * Scanners that have read files up to some place, so that a block near the end of a long file does not read all of it again.
 * A mark is trusted only while the text before it is the same.
 */
import type { Language } from "./language.ts";
import { createScanner, type Scanner } from "./scanner.ts";

/** Between marks. Reading so much again costs less than 0.2 ms. */
const STEP_CHARS = 8_192;

/** The scanner has read everything up to the end of `piece`, which begins where the piece before ends. */
type Mark = { piece: string; end: number; scanner: Scanner };

export class ScanCache {
  private readonly files = new Map<string, Mark[]>();

  /** A scanner of its own for whoever asks. */
  at(path: string, language: Language, text: string, offset: number): Scanner {
    const marks = this.trustedMarks(path, text, offset);
    let from = marks.at(-1)?.end ?? 0;
    const scanner = marks.at(-1)?.scanner.clone() ?? createScanner(language);
    while (from + STEP_CHARS <= offset) {
      const piece = text.slice(from, from + STEP_CHARS);
      scanner.feed(piece);
      from += STEP_CHARS;
      marks.push({ piece, end: from, scanner: scanner.clone() });
    }
    scanner.feed(text.slice(from, offset));
    return scanner;
  }

  /** Marks up to `offset` that hold for this text. Those behind a change are dropped, those behind `offset` are kept. */
  private trustedMarks(path: string, text: string, offset: number): Mark[] {
    const marks = this.files.get(path) ?? [];
    this.files.set(path, marks);
    let count = 0;
    while (count < marks.length) {
      const { piece, end } = marks[count] as Mark;
      if (end > offset) return marks.slice(0, count);
      if (text.slice(end - piece.length, end) !== piece) break;
      count++;
    }
    marks.length = count;
    return marks;
  }
}
