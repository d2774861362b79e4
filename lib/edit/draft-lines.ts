/**
 * Text of an open block → deltas of its draft and lines for its writer. An unfinished line is shown at once unless a marker
 * could still begin there; then it waits for its end, so that no part of a marker is ever shown (edits.md §3).
 */
import { MarkerWatch } from "./marker-watch.ts";
import { isPlaceholder } from "./placeholder.ts";
import type { RegionWriter } from "./region-writer.ts";
import type { Edit } from "./types.ts";

export class DraftLines {
  /** All text of the block so far, as the model wrote it: kept when the block fails. */
  text = "";
  private readonly writer: RegionWriter;
  private readonly rewrite: ((line: string) => string[]) | null;
  private readonly watch = new MarkerWatch();
  /** Of the unfinished line: what is shown, and what waits. */
  private shownChars = 0;
  private hidden = "";

  constructor(writer: RegionWriter, rewrite: ((line: string) => string[]) | null = null) {
    this.writer = writer;
    this.rewrite = rewrite;
  }

  *line(line: string, refusesPlaceholders: boolean): Generator<Edit, void, undefined> {
    this.text += `${line}\n`;
    if (refusesPlaceholders && isPlaceholder(line)) this.writer.broken ??= "placeholder";
    for (const each of this.rewrite?.(line) ?? [line]) yield* this.write(each);
    this.watch.reset();
    this.hidden = "";
  }

  /** A line that is not the model's own: it enters as it is. */
  *write(line: string): Generator<Edit, void, undefined> {
    const whole = line + this.writer.endFor(line);
    if (this.shownChars < whole.length)
      yield { type: "delta", id: this.writer.id, text: whole.slice(this.shownChars) };
    this.shownChars = 0;
    yield* this.writer.line(whole);
  }

  /** `literal`: no marker can begin in this line. */
  *partial(more: string, literal = false): Generator<Edit, void, undefined> {
    if (this.rewrite) return;
    this.hidden += more;
    if (!this.watch.isText(more) && !literal) return;
    // Half a surrogate pair is no character yet; a lone CR may be the first half of a line end.
    const isOpen = /[\ud800-\udbff\r]$/.test(this.hidden.slice(-1));
    const text = isOpen ? this.hidden.slice(0, -1) : this.hidden;
    this.hidden = isOpen ? this.hidden.slice(-1) : "";
    if (text === "") return;
    this.shownChars += text.length;
    yield { type: "delta", id: this.writer.id, text };
  }
}
