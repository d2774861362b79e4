/**
 * Text of an open block → deltas of its draft and lines for its writer. An unfinished line is shown at once unless a marker
 * could still begin there; then it waits for its end, so that no part of a marker is ever shown (edits.md §3).
 */
import { isPlaceholder } from "./block.ts";
import type { RegionWriter } from "./region-writer.ts";
import type { Edit } from "./types.ts";

/** Only characters that markers and fences are made of, or the beginning of one that is long enough. */
const COULD_BE_MARKER = /^\s*(?:([<>=+\-`~])\1*|\\.*|([<>=+-])\2{4,}.*|[`~]{3,}.*)?$/;

export class DraftLines {
  /** All text of the block so far, as the model wrote it: kept when the block fails. */
  text = "";
  private readonly writer: RegionWriter;
  private readonly indent: (line: string) => string;
  private readonly reindents: boolean;
  private shownChars = 0;

  constructor(writer: RegionWriter, indent?: (line: string) => string) {
    this.writer = writer;
    this.indent = indent ?? ((line) => line);
    this.reindents = indent !== undefined && indent("x") !== "x";
  }

  *line(line: string, refusesPlaceholders: boolean): Generator<Edit, void, undefined> {
    this.text += `${line}\n`;
    if (refusesPlaceholders && isPlaceholder(line)) this.writer.broken ??= "placeholder";
    const whole = this.indent(line) + this.writer.lineEnd;
    if (this.shownChars < whole.length)
      yield { type: "delta", id: this.writer.id, text: whole.slice(this.shownChars) };
    this.shownChars = 0;
    yield* this.writer.line(whole);
  }

  *partial(text: string): Generator<Edit, void, undefined> {
    if (this.reindents || text.length <= this.shownChars || COULD_BE_MARKER.test(text)) return;
    // Half a surrogate pair is no character yet; a lone CR may be the first half of a line end.
    const visible = text.replace(/[\ud800-\udbff\r]$/, "");
    if (visible.length <= this.shownChars) return;
    yield { type: "delta", id: this.writer.id, text: visible.slice(this.shownChars) };
    this.shownChars = visible.length;
  }
}
