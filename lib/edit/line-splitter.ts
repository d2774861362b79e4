/** Streamed text → whole lines, and what is there of the next one. */
import type { Edit } from "./types.ts";

export type LineSink = {
  /** Without its end. */
  line(line: string): Generator<Edit, unknown, undefined>;
  /** Characters that were added to the unfinished line. */
  partial(more: string): Generator<Edit, void, undefined>;
};

/** An unfinished line is put together in pieces of this size: a million tiny ones would weigh on the collector. */
const PIECE_CHARS = 4_096;

export class LineSplitter {
  private tail = "";
  private piece = "";

  *push(text: string, sink: LineSink): Generator<Edit, void, undefined> {
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
      const line = this.takeRest() + text.slice(from, at);
      from = at + 1;
      yield* sink.line(line.endsWith("\r") ? line.slice(0, -1) : line);
    }
    const more = from === 0 ? text : text.slice(from);
    this.piece += more;
    if (this.piece.length > PIECE_CHARS) {
      // Reading a character makes one string of many.
      this.piece.charCodeAt(0);
      this.tail += this.piece;
      this.piece = "";
    }
    if (more !== "") yield* sink.partial(more);
  }

  /** The unfinished line; afterwards there is none. */
  takeRest(): string {
    const rest = this.tail + this.piece;
    this.tail = "";
    this.piece = "";
    return rest;
  }
}
