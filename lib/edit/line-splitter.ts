/** Streamed text → whole lines, and what is there of the next one. */
import { GrowingText } from "./growing-text.ts";
import type { Edit } from "./types.ts";

export type LineSink = {
  /** Without its end. */
  line(line: string): Generator<Edit, unknown, undefined>;
  /** Characters that were added to the unfinished line. */
  partial(more: string): Generator<Edit, void, undefined>;
};

export class LineSplitter {
  private readonly rest = new GrowingText();

  *push(text: string, sink: LineSink): Generator<Edit, void, undefined> {
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
      const line = this.takeRest() + text.slice(from, at);
      from = at + 1;
      yield* sink.line(line.endsWith("\r") ? line.slice(0, -1) : line);
    }
    const more = from === 0 ? text : text.slice(from);
    this.rest.append(more);
    if (more !== "") yield* sink.partial(more);
  }

  /** The unfinished line; afterwards there is none. */
  takeRest(): string {
    return this.rest.take();
  }
}
