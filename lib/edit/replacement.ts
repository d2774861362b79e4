/**
 * One old text that becomes one new text in one file: what SEARCH/REPLACE, XML pairs and JSON edits have in common. Give the
 * search lines, `begin`, the new lines, `close`.
 */
import { AppliedWatch } from "./applied-watch.ts";
import { type Applied, type BlockContext, type Failed, fail, succeed } from "./block.ts";
import { DraftLines } from "./draft-lines.ts";
import { locate, type Place } from "./locate.ts";
import { Narrowing } from "./narrow.ts";
import { isPlaceholder, mayHavePlaceholders } from "./placeholder.ts";
import { RegionWriter } from "./region-writer.ts";
import { settle } from "./settle.ts";
import { resolveTarget } from "./target-path.ts";
import type { Edit, Near, Note, Reason } from "./types.ts";

export class Replacement {
  /** 1-based: decides between several places. */
  lineHint: number | null = null;
  private readonly context: BlockContext;
  private readonly id: number;
  private readonly rawPath: string | null;
  private search: string[] = [];
  private path: string | null = null;
  private narrowing: Narrowing | null = null;
  private shown: { start: number; end: number } | null = null;
  private place: Place | null = null;
  private writer: RegionWriter | null = null;
  private lines: DraftLines | null = null;
  private refusal: { reason: Reason; nearest: Near[] } | null = null;
  private refusedText = "";
  private usedGaps = 0;
  private wroteLines = false;
  /** A first line that is blank: if it stays the only one, the model means to delete. */
  private blank: string | null = null;

  constructor(context: BlockContext, rawPath: string | null) {
    this.context = context;
    this.rawPath = rawPath;
    this.id = context.nextId();
  }

  /** What to call the file in a warning. */
  name(): string {
    return this.path ?? this.rawPath ?? "a file";
  }

  isPlaced(): boolean {
    return this.lines !== null;
  }

  /** All lines of the old text at once. */
  setSearch(lines: string[]): void {
    this.search = lines;
  }

  /** The present text of the file, when its name is known. */
  read(): string | null {
    const path = this.pathAtOnce();
    return path === null ? null : this.context.workspace.read(path);
  }

  /** A line of the old text. Shows the region as soon as only one place is left for it. */
  *searchLine(line: string): Generator<Edit, void, undefined> {
    this.search.push(line);
    const path = this.pathAtOnce();
    const text = path === null ? null : this.context.workspace.read(path);
    if (path === null || text === null) return;
    const place = this.narrow(text, line);
    if (!place || this.shown) return;
    this.shown = place;
    yield this.startEdit(path, place);
  }

  /** The old text is complete: finds its place, or remembers why there is none. */
  *begin(): Generator<Edit, void, undefined> {
    if (this.refusal) return;
    const path = this.resolvePath();
    if (path === null) return;
    this.path = path;
    const text = this.context.workspace.read(path);
    if (this.search.every((line) => line.trim() === "")) {
      if (text) return this.refuse("empty-search");
      return yield* this.openRegion({ ok: true, start: 0, end: 0, tier: 0, rewrite: null, gaps: [] });
    }
    if (text === null) return this.refuse("no-file");
    const after = this.context.cursors.get(path);
    const hints = { line: this.lineHint, ...(after === undefined ? {} : { after }) };
    const place = locate(text, this.search, hints);
    if (!place.ok) return this.refuse(place.reason, place.nearest);
    yield* this.openRegion(place);
  }

  /** The place is known otherwise. */
  *beginAt(place: Place): Generator<Edit, void, undefined> {
    this.path ??= this.pathAtOnce();
    if (this.path !== null) yield* this.openRegion(place);
  }

  *line(line: string): Generator<Edit, void, undefined> {
    if (!this.wroteLines && this.blank === null && line.trim() === "") {
      this.blank = line;
      return;
    }
    yield* this.flushBlank();
    yield* this.write(line);
  }

  private *flushBlank(): Generator<Edit, void, undefined> {
    const blank = this.blank;
    this.blank = null;
    this.wroteLines = true;
    if (blank !== null) yield* this.write(blank);
  }

  private *write(line: string): Generator<Edit, void, undefined> {
    if (!this.lines) {
      this.refusedText += `${line}\n`;
      return;
    }
    const gap = isPlaceholder(line) ? this.place?.gaps[this.usedGaps] : undefined;
    const refuses = mayHavePlaceholders(this.path ?? "") && !this.isSearched(line);
    if (gap === undefined) yield* this.lines.line(line, refuses);
    else {
      this.usedGaps++;
      this.lines.text += `${line}\n`;
      for (const each of gap) yield* this.lines.write(each + (this.writer?.endFor(each) ?? "\n"));
    }
  }

  /** `literal`: no marker can begin in this line. */
  *partial(more: string, literal = false): Generator<Edit, void, undefined> {
    if (this.lines && this.blank === null && this.place?.gaps.length === 0)
      yield* this.lines.partial(more, literal);
  }

  *close(): Generator<Edit, void, undefined> {
    const hasBlankEdge = this.search.at(0)?.trim() === "" || this.search.at(-1)?.trim() === "";
    if (this.blank !== null && (hasBlankEdge || this.search.length === 0)) yield* this.flushBlank();
    const { writer, path, place, lines } = this;
    if (!writer || !path || !place || !lines) return yield* this.closeUnplaced();
    if (this.usedGaps < place.gaps.length) return yield* this.giveUp("placeholder");
    if (yield* lines.finish(place.end)) return yield* this.closeUnneeded();
    yield* writer.finish();
    if (writer.broken) return yield* this.giveUp(writer.broken);
    const { added, removed } = writer;
    this.context.cursors.set(path, writer.place().start);
    const applied = this.appliedWith(path, added + removed === 0 ? ["unchanged"] : [], { added, removed });
    yield* settle(this.context, { applied, failed: this.failedFor("does-not-parse") }, writer.draftChars());
  }

  refuse(reason: Reason, nearest: Near[] = []): void {
    this.refusal ??= { reason, nearest };
  }

  *giveUp(reason: Reason): Generator<Edit, void, undefined> {
    yield* fail(this.context, this.failedFor(this.refusal?.reason ?? reason));
  }

  private narrow(text: string, line: string): { start: number; end: number } | null {
    if (this.narrowing?.isOf(text)) return this.narrowing.line(line);
    // The file changed meanwhile, by a person: begin again with all lines so far.
    const narrowing = new Narrowing(text);
    this.narrowing = narrowing;
    return this.search.map((each) => narrowing.line(each)).at(-1) ?? null;
  }

  private startEdit(path: string, { start, end }: { start: number; end: number }): Edit {
    const { workspace } = this.context;
    const place = { start: workspace.inDocument(path, start), end: workspace.inDocument(path, end) };
    return { type: "start", id: this.id, path, ...place };
  }

  private *openRegion(place: Place): Generator<Edit, void, undefined> {
    const path = this.path as string;
    const { start, end, rewrite } = place;
    this.place = place;
    if (this.shown?.start !== start || this.shown.end !== end) yield this.startEdit(path, place);
    this.writer = new RegionWriter({ id: this.id, path, start, end, workspace: this.context.workspace });
    const text = this.context.workspace.read(path) ?? "";
    const watch = place.gaps.length === 0 && end > start ? new AppliedWatch(text, start) : null;
    this.lines = new DraftLines(this.writer, { rewrite, watch });
  }

  private isSearched(line: string): boolean {
    return this.search.some((each) => each.trim() === line.trim());
  }

  /** The path, when it needs no search through the files. */
  private pathAtOnce(): string | null {
    if (this.rawPath === null || this.refusal) return null;
    if (this.path !== null) return this.path;
    const target = resolveTarget(this.context, this.rawPath);
    if (target.ok) this.path = target.path;
    else this.refuse(target.reason);
    return this.path;
  }

  /** Without a path: the file of the block before, else the only file in which the text stands once. */
  private resolvePath(): string | null {
    const { workspace, lastPath } = this.context;
    if (this.rawPath !== null) return this.pathAtOnce();
    if (lastPath !== null && this.standsIn(lastPath)) return lastPath;
    const fitting = [...workspace.paths()].filter((path) => this.standsIn(path));
    if (fitting.length === 1) return fitting[0] ?? null;
    if (fitting.length === 0 && lastPath !== null && workspace.read(lastPath) !== null) return lastPath;
    this.refuse("no-path");
    return null;
  }

  private standsIn(path: string): boolean {
    return locate(this.context.workspace.read(path) ?? "", this.search).ok;
  }

  /** Nothing to search for was found: perhaps this edit was made before (row 27). */
  private *closeUnplaced(): Generator<Edit, void, undefined> {
    const { path, refusal } = this;
    const replacement = this.refusedText.replace(/\n$/, "").split("\n");
    const text = path === null ? null : this.context.workspace.read(path);
    const wasMade = refusal?.reason === "no-match" && text !== null && locate(text, replacement).ok;
    if (path === null || !wasMade) return yield* this.giveUp("no-match");
    yield* this.closeUnneeded();
  }

  /** The file holds the new text already. */
  *closeUnneeded(): Generator<Edit, void, undefined> {
    const applied = this.appliedWith(this.path ?? "", ["already applied"], { added: 0, removed: 0 });
    yield* succeed(this.context, applied);
  }

  private appliedWith(path: string, notes: Note[], counts: { added: number; removed: number }): Applied {
    const tier = this.place?.tier ?? 0;
    return { id: this.id, path, kind: "block", tier, ...counts, notes };
  }

  private failedFor(reason: Reason): Failed {
    return {
      id: this.id,
      path: this.path ?? this.rawPath,
      reason,
      search: this.search.join("\n"),
      text: this.lines?.text ?? this.refusedText,
      nearest: this.refusal?.nearest ?? [],
    };
  }
}
