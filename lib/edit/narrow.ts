/** While SEARCH arrives: the places in a file where all its lines so far stand, exactly. Each line only filters. */
import { lineEndOf } from "./lines.ts";

/** A first line with more places than this says nothing; the next one is looked for together with it. */
const MAX_CANDIDATES = 64;

export class Narrowing {
  private readonly text: string;
  private readonly lineEnd: string;
  private unsought = "";
  private candidates: { start: number; end: number }[] | null = null;

  constructor(text: string) {
    this.text = text;
    this.lineEnd = lineEndOf(text);
  }

  /** Takes the next line; returns the one place that is left, or null. */
  line(line: string): { start: number; end: number } | null {
    const whole = line + this.lineEnd;
    if (this.candidates) this.candidates = this.candidates.flatMap((each) => this.follow(each, whole));
    else {
      this.unsought += whole;
      if (this.unsought.trim() !== "") this.candidates = this.seek(this.unsought);
    }
    return this.candidates?.length === 1 ? (this.candidates[0] ?? null) : null;
  }

  isOf(text: string): boolean {
    return this.text === text;
  }

  private follow(
    { start, end }: { start: number; end: number },
    line: string,
  ): { start: number; end: number }[] {
    return this.text.startsWith(line, end) ? [{ start, end: end + line.length }] : [];
  }

  private seek(wanted: string): { start: number; end: number }[] | null {
    const found: { start: number; end: number }[] = [];
    for (let at = this.text.indexOf(wanted); at >= 0; at = this.text.indexOf(wanted, at + 1)) {
      if (at > 0 && this.text[at - 1] !== "\n" && this.text[at - 1] !== "\r") continue;
      found.push({ start: at, end: at + wanted.length });
      if (found.length > MAX_CANDIDATES) return null;
    }
    return found;
  }
}
