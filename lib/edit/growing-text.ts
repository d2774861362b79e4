/** Text that arrives in tiny pieces and is read rarely: put together in larger ones, because a million strings weigh on the collector. */
const PIECE_CHARS = 4_096;

export class GrowingText {
  private whole = "";
  private piece = "";

  append(more: string): void {
    this.piece += more;
    if (this.piece.length <= PIECE_CHARS) return;
    // Reading a character makes one string of many.
    this.piece.charCodeAt(0);
    this.whole += this.piece;
    this.piece = "";
  }

  toString(): string {
    return this.whole + this.piece;
  }

  /** Without its first characters from now on. */
  dropFront(chars: number): void {
    this.whole = chars < this.whole.length + this.piece.length ? this.toString().slice(chars) : "";
    this.piece = "";
  }

  /** All of it; afterwards there is none. */
  take(): string {
    const all = this.toString();
    this.whole = "";
    this.piece = "";
    return all;
  }
}
