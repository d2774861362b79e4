/**
 * Text of an open block → deltas of its draft and lines for its writer. An unfinished line is shown at once unless a marker
 * could still begin there; then it waits for its end, so that no part of a marker is ever shown (edits.md §3).
 */
import type { AppliedWatch } from "./applied-watch.ts";
import { withoutLineEnd } from "./lines.ts";
import { MarkerWatch } from "./marker-watch.ts";
import { isPlaceholder } from "./placeholder.ts";
import type { RegionWriter } from "./region-writer.ts";
import type { Edit } from "./types.ts";

export type DraftOptions = {
  /** What a line of the model becomes at this place. */
  rewrite?: ((line: string) => string[]) | null;
  /** Lines are kept back while all of them stand in the file already. */
  watch?: AppliedWatch | null;
};

export class DraftLines {
  /** All text of the block so far, as the model wrote it: kept when the block fails. */
  text = "";
  private readonly writer: RegionWriter;
  private readonly rewrite: ((line: string) => string[]) | null;
  private readonly watch: AppliedWatch | null;
  /** Lines with their ends; null once a line was not in the file. */
  private kept: string[] | null;
  private readonly markers = new MarkerWatch();
  /** Of the unfinished line: what is shown, and what waits. */
  private shownChars = 0;
  private hidden = "";

  constructor(writer: RegionWriter, { rewrite = null, watch = null }: DraftOptions = {}) {
    this.writer = writer;
    this.rewrite = rewrite;
    this.watch = rewrite ? null : watch;
    this.kept = this.watch ? [] : null;
  }

  *line(line: string, refusesPlaceholders: boolean): Generator<Edit, void, undefined> {
    this.text += `${line}\n`;
    if (refusesPlaceholders && isPlaceholder(line)) this.writer.broken ??= "placeholder";
    for (const each of this.rewrite?.(line) ?? [line]) yield* this.write(each + this.writer.endFor(each));
    this.markers.reset();
    this.hidden = "";
  }

  /** A line with its end that enters as it is. */
  *write(whole: string): Generator<Edit, void, undefined> {
    if (!this.kept) return yield* this.pass(whole);
    this.kept.push(whole);
    if (!this.watch?.line(withoutLineEnd(whole))) yield* this.release();
  }

  /** `literal`: no marker can begin in this line. */
  *partial(more: string, literal = false): Generator<Edit, void, undefined> {
    if (this.rewrite) return;
    this.hidden += more;
    const isText = this.markers.isText(more) || literal;
    if (!isText || (this.kept && this.kept.length > 0)) return;
    // Half a surrogate pair is no character yet; a lone CR may be the first half of a line end.
    const isOpen = /[\ud800-\udbff\r]$/.test(this.hidden.slice(-1));
    const text = isOpen ? this.hidden.slice(0, -1) : this.hidden;
    this.hidden = isOpen ? this.hidden.slice(-1) : "";
    if (text === "") return;
    this.shownChars += text.length;
    yield { type: "delta", id: this.writer.id, text };
  }

  /** All lines have come; `end` is where the region ends. True when the file held them before, and more than the region. */
  *finish(end: number): Generator<Edit, boolean, undefined> {
    if (this.kept && this.watch?.covers(end)) return true;
    yield* this.release();
    return false;
  }

  private *release(): Generator<Edit, void, undefined> {
    const kept = this.kept ?? [];
    this.kept = null;
    for (const whole of kept) yield* this.pass(whole);
  }

  private *pass(whole: string): Generator<Edit, void, undefined> {
    if (this.shownChars < whole.length)
      yield { type: "delta", id: this.writer.id, text: whole.slice(this.shownChars) };
    this.shownChars = 0;
    yield* this.writer.line(whole);
  }
}
