/**
 * Could an unfinished line still become a marker or a fence? Reads each character once, so that a line of a megabyte costs
 * no more per character than a short one (edits.md §3.3).
 */

/** A marker with what may stand behind it is never longer. */
const MAX_MARKER_CHARS = 200;
const MARKS = "<>=+-`~";

export class MarkerWatch {
  private state: "indent" | "run" | "marker" | "escape" | "text" = "indent";
  private mark = "";
  private runLength = 0;
  private length = 0;

  reset(): void {
    this.state = "indent";
    this.length = 0;
  }

  /** Feeds more of the line; says whether all of it so far is text. */
  isText(more: string): boolean {
    for (let at = 0; at < more.length && this.state !== "text"; at++) this.step(more[at] as string);
    return this.state === "text";
  }

  private step(character: string): void {
    this.length++;
    if (this.state === "indent") this.begin(character);
    else if (this.state === "run" && character === this.mark) this.runLength++;
    else if (this.state === "run")
      this.state = this.runLength >= (isFence(this.mark) ? 3 : 5) ? "marker" : "text";
    else if (this.state === "escape" && !MARKS.includes(character)) this.state = "text";
    if (this.length > MAX_MARKER_CHARS) this.state = "text";
  }

  private begin(character: string): void {
    if (character === "\\") this.state = "escape";
    else if (MARKS.includes(character)) {
      this.state = "run";
      this.mark = character;
      this.runLength = 1;
    } else if (character !== " " && character !== "\t") this.state = "text";
  }
}

function isFence(mark: string): boolean {
  return mark === "`" || mark === "~";
}
