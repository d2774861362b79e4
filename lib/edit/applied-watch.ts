/**
 * Does a replacement that arrives line by line already stand around its place? An edit that only adds lines finds its old
 * text again when it is sent twice (edits.md §10, row 27). Until a line differs nothing needs to enter the document.
 */
import { withoutLineEnd } from "./lines.ts";

/** How many lines may be added before the old text. */
const WINDOW_LINES = 40;

type Candidate = { start: number; at: number };

export class AppliedWatch {
  private readonly text: string;
  private readonly start: number;
  private candidates: Candidate[] | null = null;

  /** `start`: where the old text stands in `text`. */
  constructor(text: string, start: number) {
    this.text = text;
    this.start = start;
  }

  /** Takes the next new line, without its end. Is every line so far in the file, in one piece that reaches the place? */
  line(line: string): boolean {
    this.candidates ??= this.lineStarts();
    this.candidates = this.candidates.flatMap(({ start, at }) => {
      const end = this.endOfLine(at);
      return at < end && withoutLineEnd(this.text.slice(at, end)) === line ? [{ start, at: end }] : [];
    });
    return this.candidates.length > 0;
  }

  /** All lines have come: do they stand there, with more than the region up to `end`? */
  covers(end: number): boolean {
    const region = end - this.start;
    return this.candidates?.some(({ start, at }) => at >= end && at - start > region) ?? false;
  }

  private lineStarts(): Candidate[] {
    const starts: Candidate[] = [];
    let at = this.start;
    for (let count = 0; count <= WINDOW_LINES; count++) {
      starts.push({ start: at, at });
      if (at === 0) break;
      at = this.text.lastIndexOf("\n", at - 2) + 1;
    }
    return starts;
  }

  private endOfLine(at: number): number {
    const end = this.text.indexOf("\n", at);
    return end < 0 ? this.text.length : end + 1;
  }
}
