/**
 * One old string that becomes another, as JSON calls and XML pairs give them: the old one may be a part of a line. A single
 * literal hit wins before the tiers of whole lines (edits.md §2).
 */
import type { BlockContext } from "./block.ts";
import { LineSplitter } from "./line-splitter.ts";
import { lineEndBehind, lineEndOf, lineNumberAt, lineStartBefore } from "./lines.ts";
import type { Place } from "./locate.ts";
import { Replacement } from "./replacement.ts";
import type { Edit, Near, Reason } from "./types.ts";

export type TextOptions = { old: string; lineHint: number | null };

const MAX_LISTED_HITS = 8;

export class TextReplacement {
  private readonly replacement: Replacement;
  private readonly splitter = new LineSplitter();
  private readonly old: string;
  private readonly lineHint: number | null;
  /** Offsets of the literal hits, in the file's own line ends. */
  private hits: number[] = [];
  private needle = "";
  private prefix = "";
  private suffix = "";
  private endsInLine = true;
  private fresh = "";

  constructor(context: BlockContext, rawPath: string | null, { old, lineHint }: TextOptions) {
    this.replacement = new Replacement(context, rawPath);
    this.old = old;
    this.lineHint = lineHint;
  }

  /** May the new text enter while it arrives? Not when several places would be meant. */
  *begin(): Generator<Edit, void, undefined> {
    const { replacement, old } = this;
    replacement.lineHint = this.lineHint;
    const endsLine = /\r?\n$/.test(old);
    replacement.setSearch((endsLine ? old.replace(/\r?\n$/, "") : old).split(/\r?\n/));
    const text = replacement.read();
    this.hits = text === null ? [] : this.findHits(text);
    const hit = this.hits.length < 2 ? this.hits[0] : this.hitByHint(text ?? "");
    if (hit !== undefined && text !== null) yield* this.beginAt(text, hit);
    else if (this.hits.length === 0) {
      this.endsInLine = !endsLine;
      yield* replacement.begin();
    }
  }

  *push(text: string): Generator<Edit, void, undefined> {
    this.fresh += text;
    if (this.isWaiting()) return;
    yield* this.splitter.push(text, this.sink());
  }

  *close(replaceAll: boolean): Generator<Edit, void, undefined> {
    if (this.isWaiting()) return yield* this.closeSeveral(replaceAll);
    if (this.isThereInLine()) return yield* this.replacement.closeUnneeded();
    yield* this.splitter.push(this.suffix, this.sink());
    const rest = this.splitter.takeRest();
    const isDeleted = this.prefix + this.fresh + this.suffix === "";
    if (!isDeleted && (rest !== "" || this.endsLiterally())) yield* this.replacement.line(rest);
    yield* this.replacement.close();
  }

  *giveUp(reason: Reason): Generator<Edit, void, undefined> {
    const rest = this.isWaiting() ? this.fresh : this.splitter.takeRest();
    if (rest !== "") yield* this.replacement.line(rest);
    yield* this.replacement.giveUp(reason);
  }

  /** Several hits: only the end of the call says whether all of them are meant. */
  private isWaiting(): boolean {
    return this.hits.length > 1 && !this.replacement.isPlaced();
  }

  /** The old text ended inside of a line, at a place that was found literally: so does the new one. */
  private endsLiterally(): boolean {
    return this.endsInLine && this.hits.length > 0;
  }

  private sink() {
    const { replacement } = this;
    return {
      line: (line: string) => replacement.line(line),
      partial: (more: string) => replacement.partial(more, true),
    };
  }

  private findHits(text: string): number[] {
    const lineEnd = lineEndOf(text);
    this.needle = this.old.replace(/\r?\n/g, lineEnd);
    const hits: number[] = [];
    if (this.needle.trim() === "") return hits;
    for (let at = text.indexOf(this.needle); at >= 0; at = text.indexOf(this.needle, at + this.needle.length))
      hits.push(at);
    return hits;
  }

  private hitByHint(text: string): number | undefined {
    const hint = this.lineHint;
    if (hint === null) return undefined;
    const distance = (hit: number) => Math.abs(lineNumberAt(text, hit + 1) - hint);
    return [...this.hits].sort((a, b) => distance(a) - distance(b))[0];
  }

  private *beginAt(text: string, hit: number): Generator<Edit, void, undefined> {
    const behind = hit + this.needle.length;
    const place = placeOver(text, hit, behind);
    this.endsInLine = place.end !== behind || !/[\r\n]$/.test(this.needle);
    this.prefix = text.slice(place.start, hit);
    this.suffix = text.slice(behind, place.end).replace(/[\r\n]+$/, "");
    yield* this.replacement.beginAt(place);
    yield* this.splitter.push(this.prefix, this.sink());
  }

  /** A call that adds to a line finds its old text again when it is sent twice (row 27). */
  private isThereInLine(): boolean {
    const [hit] = this.hits;
    const at = this.fresh.indexOf(this.old);
    if (hit === undefined || at < 0 || this.fresh.length === this.old.length || this.fresh.includes("\n"))
      return false;
    return this.replacement.read()?.startsWith(this.fresh, hit - at) ?? false;
  }

  private *closeSeveral(replaceAll: boolean): Generator<Edit, void, undefined> {
    const text = this.replacement.read() ?? "";
    const [first = 0] = this.hits;
    if (!replaceAll) {
      this.replacement.refuse("ambiguous", this.nearHits(text));
      return yield* this.giveUp("ambiguous");
    }
    const last = this.hits.at(-1) ?? first;
    const place = placeOver(text, first, last + this.needle.length);
    yield* this.replacement.beginAt(place);
    const fresh = text.slice(place.start, place.end).split(this.needle).join(this.fresh);
    const lines = fresh.split(/\r?\n/);
    if (lines.at(-1) === "") lines.pop();
    for (const line of lines) yield* this.replacement.line(line);
    yield* this.replacement.close();
  }

  private nearHits(text: string): Near[] {
    return this.hits.slice(0, MAX_LISTED_HITS).map((hit) => {
      const start = lineStartBefore(text, hit);
      return {
        line: lineNumberAt(text, hit + 1),
        text: text.slice(start, lineEndBehind(text, hit + 1)).trimEnd(),
      };
    });
  }
}

/** The whole lines around a range. */
function placeOver(text: string, from: number, to: number): Place {
  const start = lineStartBefore(text, from);
  const end =
    to > from && /[\r\n]/.test(text[to - 1] ?? "") ? to : lineEndBehind(text, Math.max(to, start + 1));
  return { ok: true, start, end, tier: 1, rewrite: null, gaps: [] };
}
