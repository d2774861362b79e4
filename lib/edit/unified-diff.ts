/**
 * Unified diffs, from git or from memory: line numbers and counts are hints only, each file section is applied or undone as a
 * whole (edits.md §2, §7).
 */
import type { Block, BlockContext, Format, Opening, Verdict } from "./block.ts";
import { deleteFile } from "./delete-file.ts";
import { type DiffHeader, emptyHeader, readHeaderLine } from "./diff-header.ts";
import { readFence } from "./fence.ts";
import { FileRewrite } from "./file-rewrite.ts";
import { HunkFile } from "./hunk-file.ts";
import { HunkPartial } from "./hunk-partial.ts";
import type { Edit, StopReason } from "./types.ts";

const OLD_FILE = /^--- \S/;
const NEW_FILE = /^\+\+\+ \S/;
const HUNK = /^@@/;
const RANGES = /^@@+ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
const DIFF_INFO = /^(?:diff|patch|udiff)\b/i;

export const unifiedDiff: Format = {
  opens(opening) {
    const { line, fenceInfo, path } = opening;
    if (/^diff --git \S/.test(line) || unifiedDiff.usesPrevious?.(opening)) return true;
    if (fenceInfo === null) return false;
    if (OLD_FILE.test(line) && /[./]/.test(line)) return true;
    return DIFF_INFO.test(fenceInfo) && (HUNK.test(line) || path !== null);
  },
  create: (context, opening) => new UnifiedDiff(context, opening),
  wantsPath: false,
  usesPrevious: ({ line, previous }) => previous !== null && NEW_FILE.test(line) && OLD_FILE.test(previous),
};

type File =
  | { type: "update"; hunks: HunkFile; to: string | null }
  | { type: "add"; rewrite: FileRewrite }
  | { type: "delete" };

class UnifiedDiff implements Block {
  returned: readonly string[] = [];
  private readonly context: BlockContext;
  private readonly opening: Opening;
  private header: DiffHeader = emptyHeader();
  private file: File | null = null;
  /** What the last "@@" line promised; null when it gave no numbers. */
  private remaining: { old: number; fresh: number } | null = null;
  /** "--- " in a hunk: a removed line, or the next file when "+++ " follows. */
  private undecided: string | null = null;
  private blanks = 0;
  private readonly unfinished = new HunkPartial();

  constructor(context: BlockContext, opening: Opening) {
    this.context = context;
    this.opening = opening;
  }

  *open(): Generator<Edit, Verdict, undefined> {
    const { line, previous, path, fenceInfo } = this.opening;
    if (path !== null) {
      this.header.oldPath = path;
      this.header.newPath = path;
    }
    if (fenceInfo === null && unifiedDiff.usesPrevious?.(this.opening)) yield* this.line(previous ?? "");
    return yield* this.line(line);
  }

  *line(line: string): Generator<Edit, Verdict, undefined> {
    this.unfinished.reset();
    const before = this.undecided;
    this.undecided = null;
    if (before !== null && NEW_FILE.test(line)) {
      yield* this.nextFile(before);
      readHeaderLine(line, this.header);
      return "more";
    }
    if (before !== null) yield* this.hunkLine(before);
    if (readFence(line)) return yield* this.closeBefore(line);
    if (line.startsWith("diff --git ")) yield* this.nextFile(line);
    else if (!this.file && readHeaderLine(line, this.header)) return "more";
    else if (HUNK.test(line)) yield* this.hunkHead(line);
    else if (OLD_FILE.test(line)) this.undecided = line;
    else return yield* this.bodyLine(line);
    return "more";
  }

  *partial(more: string): Generator<Edit, void, undefined> {
    const text = this.unfinished.take(more);
    if (text === "" || this.undecided !== null) return;
    if (this.file?.type === "update") yield* this.file.hunks.partial(text);
    else if (this.file?.type === "add") yield* this.file.rewrite.partial(text, true);
  }

  *end(stop: StopReason): Generator<Edit, void, undefined> {
    if (this.undecided !== null) yield* this.hunkLine(this.undecided);
    if (stop === "stop") yield* this.closeFile();
    else if (this.file?.type === "update") yield* this.file.hunks.giveUp("truncated");
    else if (this.file?.type === "add") yield* this.file.rewrite.giveUp("truncated");
  }

  private *nextFile(line: string): Generator<Edit, void, undefined> {
    yield* this.closeFile();
    readHeaderLine(line, this.header);
  }

  /** A line that is no header: of the hunk, or the first behind the diff. */
  private *bodyLine(line: string): Generator<Edit, Verdict, undefined> {
    if (line.trim() === "" && line.length < 2) {
      this.blanks++;
      return "more";
    }
    if (line.startsWith("\\")) return "more";
    const isHunkLine = /^[-+ ]/.test(line) && !this.isBehindHunk();
    if (isHunkLine) yield* this.hunkLine(line);
    else if (this.opening.fenceInfo === null) return yield* this.closeBefore(line);
    else yield* this.refuse();
    return "more";
  }

  /** A line of a fenced diff that is none: what it would change is not known. */
  private *refuse(): Generator<Edit, void, undefined> {
    yield* this.openFile();
    if (this.file?.type === "update") this.file.hunks.refuse("malformed-patch");
  }

  /** Outside of a fence, a blank line behind a hunk that has all its lines ends the diff: a list may follow. */
  private isBehindHunk(): boolean {
    const { remaining } = this;
    const isComplete = remaining !== null && remaining.old <= 0 && remaining.fresh <= 0;
    return this.opening.fenceInfo === null && isComplete && this.blanks > 0;
  }

  private *hunkHead(line: string): Generator<Edit, void, undefined> {
    const ranges = RANGES.exec(line);
    const [old, fresh] = [Number(ranges?.[2] ?? 1), Number(ranges?.[4] ?? 1)];
    this.remaining = ranges ? { old, fresh } : null;
    this.blanks = 0;
    yield* this.openFile();
    const anchor = ranges
      ? null
      : line
          .replace(/^@@+|@@+\s*$/g, "")
          .replace(/^\s*\.{3}\s*$/, "")
          .trim() || null;
    if (this.file?.type === "update") yield* this.file.hunks.begin(anchor, ranges ? Number(ranges[1]) : null);
  }

  private *openFile(): Generator<Edit, void, undefined> {
    if (this.file) return;
    const { oldPath, newPath, isNew, isDeleted } = this.header;
    const path = (isNew ? newPath : oldPath) ?? newPath ?? this.context.lastPath ?? "";
    if (isDeleted) this.file = { type: "delete" };
    else if (isNew) {
      const rewrite = new FileRewrite(this.context, path);
      this.file = { type: "add", rewrite };
      yield* rewrite.open();
    } else {
      const to = newPath !== null && newPath !== path ? newPath : null;
      this.file = { type: "update", hunks: new HunkFile(this.context, path), to };
    }
  }

  private *hunkLine(line: string): Generator<Edit, void, undefined> {
    yield* this.openFile();
    const { file } = this;
    for (; this.blanks > 0; this.blanks--)
      if (file?.type === "update") yield* file.hunks.line({ kind: "keep", text: "" });
    const kind = line[0] === "+" ? "add" : line[0] === "-" ? "remove" : "keep";
    if (this.remaining && kind !== "add") this.remaining.old--;
    if (this.remaining && kind !== "remove") this.remaining.fresh--;
    const text = line.slice(1);
    if (file?.type === "update") yield* file.hunks.line({ kind, text });
    else if (file?.type === "add" && kind !== "remove") yield* file.rewrite.line(text);
  }

  private *closeBefore(line: string): Generator<Edit, Verdict, undefined> {
    this.returned = [...Array<string>(this.blanks).fill(""), line];
    yield* this.closeFile();
    return "done";
  }

  private *closeFile(): Generator<Edit, void, undefined> {
    const { header } = this;
    if (!this.file && (header.isRenamed || header.isDeleted)) yield* this.openFile();
    const { file } = this;
    this.file = null;
    this.header = emptyHeader();
    this.remaining = null;
    this.blanks = 0;
    if (file?.type === "update") yield* file.hunks.finish(file.to);
    else if (file?.type === "add") yield* file.rewrite.close();
    else if (file) yield* deleteFile(this.context, header.oldPath ?? header.newPath ?? "");
  }
}
