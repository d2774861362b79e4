/**
 * V4A patches as Codex and GPT models write them, bare, in a fence or in a heredoc (edits.md §2, §7). Each file section is
 * applied or undone as a whole.
 */
import type { Block, BlockContext, Format, Verdict } from "./block.ts";
import { deleteFile, failDelete } from "./delete-file.ts";
import { readFence } from "./fence.ts";
import { FileRewrite } from "./file-rewrite.ts";
import { HunkFile } from "./hunk-file.ts";
import { HunkPartial } from "./hunk-partial.ts";
import type { Edit, Reason, StopReason } from "./types.ts";

const BEGIN = /^\s*\*\*\* Begin Patch\s*$/;
const END = /^\s*\*\*\* End Patch\s*$/;
const HEADER = /^\s*\*\*\* (Add|Update|Delete) File: (.+?)\s*$/;
const MOVE = /^\s*\*\*\* Move to: (.+?)\s*$/;
const END_OF_FILE = /^\s*\*\*\* End of File\s*$/;
/** The command before a patch in a heredoc. */
const HEREDOC = /^\s*apply_patch\b.*<<\s*-?["']?\w+["']?\s*$/;
const HEREDOC_END = /^(?:EOF|PATCH|END)\s*$/;
const RANGES = /^-\d[\d,]* \+\d[\d,]* @@ ?/;

export const v4a: Format = {
  opens: ({ line }) => BEGIN.test(line) || HEADER.test(line) || HEREDOC.test(line),
  opensInChat: (line) => BEGIN.test(line),
  create: (context, { line }) => new Patch(context, line),
  wantsPath: false,
};

type Section =
  | { type: "add"; file: FileRewrite }
  | { type: "update"; file: HunkFile; to: string | null; hasLines: boolean }
  | { type: "delete"; rawPath: string };

class Patch implements Block {
  returned: readonly string[] = [];
  private readonly context: BlockContext;
  private readonly head: string;
  private section: Section | null = null;
  /** A section that failed: its other lines say nothing. */
  private skipping = false;
  private began = false;
  /** Behind the end mark: the end of a heredoc may follow. */
  private ended = false;
  /** Blank lines count only when the hunk goes on. */
  private blanks = 0;
  private readonly unfinished = new HunkPartial();

  constructor(context: BlockContext, head: string) {
    this.context = context;
    this.head = head;
  }

  *open(): Generator<Edit, Verdict, undefined> {
    return BEGIN.test(this.head) || HEREDOC.test(this.head) ? "more" : yield* this.line(this.head);
  }

  *line(line: string): Generator<Edit, Verdict, undefined> {
    this.unfinished.reset();
    if (this.ended) return this.behindEnd(line);
    if (END.test(line)) {
      this.ended = true;
      yield* this.closeSection();
      return "more";
    }
    const header = this.isIndentedContext(line) ? null : HEADER.exec(line);
    if (header) {
      yield* this.begin(header[1] ?? "", header[2] ?? "");
      return "more";
    }
    if (BEGIN.test(line) || (!this.began && line.trim() === "")) return "more";
    if (readFence(line) || HEREDOC_END.test(line)) return yield* this.closeBefore(line);
    yield* this.sectionLine(line);
    return "more";
  }

  *partial(more: string): Generator<Edit, void, undefined> {
    const text = this.unfinished.take(more);
    const { section } = this;
    if (text === "" || !section || section.type === "delete" || this.skipping) return;
    yield* section.file.partial(text, true);
  }

  /** A forgotten end is accepted when the answer ended by itself. */
  *end(stop: StopReason): Generator<Edit, void, undefined> {
    if (this.ended) return;
    if (stop === "stop") {
      if (this.section) this.context.warnings.push("a patch had no *** End Patch");
      yield* this.closeSection();
    } else yield* this.giveUp("truncated");
  }

  private behindEnd(line: string): Verdict {
    if (!HEREDOC_END.test(line)) this.returned = [line];
    return "done";
  }

  /** A header that stands in the text of a file, as a line that stays. */
  private isIndentedContext(line: string): boolean {
    return this.section?.type === "update" && this.section.hasLines && line.startsWith(" ");
  }

  private *closeBefore(line: string): Generator<Edit, Verdict, undefined> {
    this.context.warnings.push("a patch had no *** End Patch");
    this.returned = HEREDOC_END.test(line) ? [] : [line];
    yield* this.closeSection();
    return "done";
  }

  private *begin(what: string, rawPath: string): Generator<Edit, void, undefined> {
    const before = this.section;
    this.began = true;
    // Deleted and added again is one file written anew.
    if (what === "Add" && before?.type === "delete" && before.rawPath === rawPath) this.section = null;
    yield* this.closeSection();
    this.skipping = false;
    if (what === "Delete") this.section = { type: "delete", rawPath };
    else if (what === "Update")
      this.section = { type: "update", file: new HunkFile(this.context, rawPath), to: null, hasLines: false };
    else {
      const file = new FileRewrite(this.context, rawPath);
      this.section = { type: "add", file };
      yield* file.open();
      if (file.isReplaced()) this.context.warnings.push(`${rawPath} existed and was replaced`);
    }
  }

  private *sectionLine(line: string): Generator<Edit, void, undefined> {
    const { section } = this;
    if (!section || this.skipping) return;
    if (section.type === "update") return yield* this.updateLine(line, section);
    if (section.type === "add" && line.startsWith("+")) return yield* section.file.line(line.slice(1));
    if (line.trim() !== "") yield* this.giveUp("malformed-patch");
  }

  private *updateLine(
    line: string,
    section: Extract<Section, { type: "update" }>,
  ): Generator<Edit, void, undefined> {
    const move = section.hasLines ? null : MOVE.exec(line);
    if (move) {
      section.to = move[1] ?? "";
      return;
    }
    if (line.trim() === "" && line.length < 2) {
      this.blanks++;
      return;
    }
    const { file } = section;
    if (line.startsWith("@@")) {
      this.blanks = 0;
      section.hasLines = true;
      return yield* file.begin(
        line
          .slice(2)
          .trim()
          .replace(RANGES, "")
          .replace(/\s*@@$/, "") || null,
      );
    }
    if (END_OF_FILE.test(line)) return yield* file.endOfFile();
    yield* this.hunkLine(line, section);
  }

  private *hunkLine(
    line: string,
    section: Extract<Section, { type: "update" }>,
  ): Generator<Edit, void, undefined> {
    const kind = line[0] === "+" ? "add" : line[0] === "-" ? "remove" : line[0] === " " ? "keep" : null;
    if (kind === null) return yield* this.giveUp("malformed-patch");
    section.hasLines = true;
    for (; this.blanks > 0; this.blanks--) yield* section.file.line({ kind: "keep", text: "" });
    yield* section.file.line({ kind, text: line.slice(1) });
  }

  private *closeSection(): Generator<Edit, void, undefined> {
    const { section } = this;
    this.section = null;
    this.blanks = 0;
    if (!section || this.skipping) return;
    if (section.type === "delete") yield* deleteFile(this.context, section.rawPath);
    else if (section.type === "add") yield* section.file.close();
    else yield* section.file.finish(section.to);
  }

  private *giveUp(reason: Reason): Generator<Edit, void, undefined> {
    const { section } = this;
    this.skipping = true;
    if (section && section.type !== "delete") yield* section.file.giveUp(reason);
    else if (section) yield* failDelete(this.context, section.rawPath, reason);
  }
}
