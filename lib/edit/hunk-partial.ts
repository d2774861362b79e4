/** The unfinished line of a hunk: what stands behind its "+" is text of the file and may be shown. */

export class HunkPartial {
  private head = "";

  reset(): void {
    this.head = "";
  }

  /** Feeds more of the line; returns what of it is text to show. "+++" may begin a header and is not shown. */
  take(more: string): string {
    const known = this.head.length;
    if (known < 2) this.head += more.slice(0, 2 - known);
    if (this.head.length < 2 || this.head[0] !== "+" || this.head[1] === "+") return "";
    return known < 2 ? this.head.slice(1) + more.slice(2 - known) : more;
  }
}
