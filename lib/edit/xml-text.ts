/**
 * The text of one tag while it arrives, up to its closer. What could be the beginning of the closer, or the white space before
 * it, waits; one line end behind the opening tag and the one before the closer belong to the tags.
 */

export type XmlPiece = { content: string; rest: string; isClosed: boolean };

export class XmlText {
  private readonly closers: string[];
  private held = "";
  private hasBegun = false;

  /** Names of the tags that end it. */
  constructor(names: readonly string[]) {
    this.closers = names.map((name) => `</${name}`);
  }

  /** `rest` is what stands behind the closer. */
  push(text: string): XmlPiece {
    const whole = this.held + text;
    this.held = "";
    const from = this.hasBegun ? 0 : this.skipFirstLineEnd(whole);
    if (from < 0) return { content: "", rest: "", isClosed: false };
    return this.scan(whole, from);
  }

  /** −1 when it is not known yet. */
  private skipFirstLineEnd(whole: string): number {
    if (whole === "" || whole === "\r") {
      this.held = whole;
      return -1;
    }
    this.hasBegun = true;
    if (whole.startsWith("\r\n")) return 2;
    return whole.startsWith("\n") ? 1 : 0;
  }

  private scan(whole: string, from: number): XmlPiece {
    for (let at = whole.indexOf("<", from); at >= 0; at = whole.indexOf("<", at + 1)) {
      const end = this.closerAt(whole, at);
      if (end === "open") return this.keep(whole, from, at);
      if (end !== null) {
        const content = whole.slice(from, at).replace(/\r?\n[ \t]*$/, "");
        return { content, rest: whole.slice(end), isClosed: true };
      }
    }
    return this.keep(whole, from, whole.length);
  }

  /** Where the closer at `at` ends; "open" when more must come to know; null when it is none. */
  private closerAt(whole: string, at: number): number | "open" | null {
    for (const closer of this.closers) {
      const piece = whole.slice(at, at + closer.length);
      if (piece.length < closer.length && closer.startsWith(piece)) return "open";
      if (piece !== closer) continue;
      let end = at + closer.length;
      while (end < whole.length && /\s/.test(whole[end] as string) && end < at + 200) end++;
      if (end === whole.length) return "open";
      if (whole[end] === ">") return end + 1;
    }
    return null;
  }

  /** What stands before `to` is content, but for a last line end with the blanks behind it. */
  private keep(whole: string, from: number, to: number): XmlPiece {
    let blank = to;
    while (blank > from && (whole[blank - 1] === " " || whole[blank - 1] === "\t")) blank--;
    if (whole[blank - 1] === "\n" && blank > from) blank--;
    else if (blank > from) blank = to;
    if (whole[blank - 1] === "\r" && blank > from) blank--;
    this.held = whole.slice(blank);
    return { content: whole.slice(from, blank), rest: "", isClosed: false };
  }
}
