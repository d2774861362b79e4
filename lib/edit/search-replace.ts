/** SEARCH/REPLACE blocks in all their marker variants, path inside or outside, fenced or not (edits.md §2, §4). */
import { type Block, type BlockContext, fail, succeed, type Verdict } from "./block.ts";
import { DraftLines } from "./draft-lines.ts";
import { locate, type Place } from "./locate.ts";
import { normalisePath } from "./path.ts";
import { RegionWriter } from "./region-writer.ts";
import type { Edit, Near, Reason, StopReason } from "./types.ts";

const HEAD = /^\s*(?:<{5,9}|-{5,9}) ?SEARCH>?\s*$/;
const DIVIDER = /^\s*={5,9}\s*$/;
const TAIL = /^\s*(?:>{5,9}|\+{5,9}) ?REPLACE>?\s*$/;
/** Meant as a head, but broken: "<<<<<< SEARC", "<<<<<<<SERCH". */
const ALMOST_HEAD = /^\s*<{4,10}\s*S[A-Z]{2,6}>?\s*$/;
const ESCAPED = /^(\s*)\\([<>=+-]{5,9})/;
const LINE_HINT = /^:start_line:\s*(\d+)\s*$/;
const NOISE = /^(?::end_line:.*|-{7}\s*)$/;

export function opensSearch(line: string): boolean {
  return HEAD.test(line) || ALMOST_HEAD.test(line);
}

export class SearchReplace implements Block {
  private readonly context: BlockContext;
  private readonly id: number;
  private readonly rawPath: string | null;
  private readonly malformed: boolean;
  private search: string[] = [];
  private hint: number | null = null;
  private replacing = false;
  private path: string | null = null;
  private place: Place | null = null;
  private writer: RegionWriter | null = null;
  private lines: DraftLines | null = null;
  private refusal: { reason: Reason; nearest: Near[] } | null = null;
  private refusedText = "";

  constructor(context: BlockContext, rawPath: string | null, head: string) {
    this.context = context;
    this.rawPath = rawPath;
    this.malformed = !HEAD.test(head);
    this.id = context.nextId();
  }

  *line(line: string): Generator<Edit, Verdict, undefined> {
    if (!this.replacing) {
      if (TAIL.test(line)) return yield* this.giveUp("malformed-marker");
      if (DIVIDER.test(line)) yield* this.beginReplacement();
      else this.searchLine(line);
      return "more";
    }
    if (TAIL.test(line)) return yield* this.close();
    if (DIVIDER.test(line)) {
      this.context.warnings.push(`a second ======= ended a block in ${this.path ?? "a file"}`);
      return yield* this.close();
    }
    if (HEAD.test(line)) return yield* this.giveUp("malformed-marker");
    const literal = line.replace(ESCAPED, "$1$2");
    if (this.lines)
      yield* this.lines.line(literal, !this.search.some((each) => each.trim() === literal.trim()));
    else this.refusedText += `${literal}\n`;
    return "more";
  }

  *partial(text: string): Generator<Edit, void, undefined> {
    if (this.lines) yield* this.lines.partial(text);
  }

  /** Only the last marker missing in an answer that ended by itself is accepted, if the file then parses (row 4). */
  *end(stop: StopReason): Generator<Edit, void, undefined> {
    if (!this.replacing || stop !== "stop" || !this.lines) {
      yield* this.giveUp("truncated");
      return;
    }
    this.context.warnings.push(`the last marker of a block in ${this.path ?? "a file"} was missing`);
    yield* this.close();
  }

  private searchLine(line: string): void {
    const hint = LINE_HINT.exec(line);
    if (hint) this.hint = Number(hint[1]);
    else if (!(this.search.length === 0 && NOISE.test(line))) this.search.push(line.replace(ESCAPED, "$1$2"));
  }

  private *beginReplacement(): Generator<Edit, void, undefined> {
    this.replacing = true;
    const { target } = this.context;
    if (this.malformed) return this.refuse("malformed-marker");
    const path = this.resolvePath();
    if (path === null) return;
    this.path = path;
    const text = target.read(path);
    if (this.search.every((line) => line.trim() === "")) {
      if (text) return this.refuse("empty-search");
      return yield* this.openRegion({ ok: true, start: 0, end: 0, tier: 0, indent: (line) => line }, text);
    }
    if (text === null) return this.refuse("no-file");
    const after = this.context.cursors.get(path);
    const place = locate(text, this.search, { line: this.hint, ...(after === undefined ? {} : { after }) });
    if (!place.ok) return this.refuse(place.reason, place.nearest);
    yield* this.openRegion(place, text);
  }

  private *openRegion(place: Place, text: string | null): Generator<Edit, void, undefined> {
    const path = this.path as string;
    const { start, end } = place;
    this.place = place;
    yield { type: "start", id: this.id, path, start, end };
    this.writer = new RegionWriter({ id: this.id, path, start, end, text, target: this.context.target });
    this.lines = new DraftLines(this.writer, place.indent);
  }

  private refuse(reason: Reason, nearest: Near[] = []): void {
    this.refusal = { reason, nearest };
  }

  /** Without a path: the file of the block before, else the only file in which the text stands once. */
  private resolvePath(): string | null {
    const { target, lastPath } = this.context;
    if (this.rawPath !== null) {
      const path = normalisePath(this.rawPath, target.paths());
      if (path.ok) return path.path;
      this.refuse("bad-path");
      return null;
    }
    if (lastPath !== null && target.read(lastPath) !== null) return lastPath;
    const fitting = [...target.paths()].filter((path) => locate(target.read(path) ?? "", this.search).ok);
    if (fitting.length === 1) return fitting[0] ?? null;
    this.refuse("no-path");
    return null;
  }

  private *close(): Generator<Edit, Verdict, undefined> {
    const { writer, path, place } = this;
    if (!writer || !path || !place) return yield* this.closeUnplaced();
    yield* writer.finish();
    if (writer.broken) return yield* this.giveUp(writer.broken);
    const { added, removed } = writer;
    const notes = added + removed === 0 ? ["unchanged"] : [];
    this.context.cursors.set(path, this.context.target.region?.(this.id)?.start ?? place.start);
    yield* succeed(this.context, {
      id: this.id,
      path,
      kind: "block",
      tier: place.tier,
      added,
      removed,
      notes,
    });
    return "done";
  }

  /** Nothing to search for was found: perhaps this edit was made before (row 27). */
  private *closeUnplaced(): Generator<Edit, Verdict, undefined> {
    const { path, refusal } = this;
    const replacement = this.refusedText.replace(/\n$/, "").split("\n");
    const text = path === null ? null : this.context.target.read(path);
    if (path !== null && text !== null && refusal?.reason === "no-match" && locate(text, replacement).ok) {
      const notes = ["already applied"];
      yield* succeed(this.context, {
        id: this.id,
        path,
        kind: "block",
        tier: 0,
        added: 0,
        removed: 0,
        notes,
      });
      return "done";
    }
    return yield* this.giveUp(refusal?.reason ?? "no-match");
  }

  private *giveUp(reason: Reason): Generator<Edit, Verdict, undefined> {
    yield* fail(this.context, {
      id: this.id,
      path: this.path ?? this.rawPath,
      reason: this.refusal?.reason ?? reason,
      search: this.search.join("\n"),
      text: this.lines?.text ?? this.refusedText,
      nearest: this.refusal?.nearest ?? [],
    });
    return "done";
  }
}
