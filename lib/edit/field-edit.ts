/**
 * One edit whose parts arrive by name, in any order, each as streamed text: what JSON calls and XML tags have in common. The
 * new text enters while it arrives as soon as what stood before it says where.
 */
import { type BlockContext, fail } from "./block.ts";
import { closesFence, type Fence, readFence } from "./fence.ts";
import type { Field } from "./fields.ts";
import { FileRewrite } from "./file-rewrite.ts";
import { LineSplitter } from "./line-splitter.ts";
import { TextReplacement } from "./text-replacement.ts";
import type { Edit, EditParser, Reason, StopReason } from "./types.ts";

type TextField = "path" | "old" | "fresh" | "content" | "patch";

export class FieldEdit {
  replaceAll = false;
  lineHint: number | null = null;
  private readonly context: BlockContext;
  private readonly inherited: () => string | null;
  private readonly values: Partial<Record<TextField, string>> = {};
  private open: TextField | null = null;
  private replacement: TextReplacement | null = null;
  private content: ContentLines | null = null;
  private patch: EditParser | null = null;
  private isFinished = false;

  /** `inherited`: the path of what this edit stands in, as far as it is known. */
  constructor(context: BlockContext, inherited: () => string | null) {
    this.context = context;
    this.inherited = inherited;
  }

  path(): string | null {
    const own = this.open === "path" ? undefined : this.values.path;
    return own?.trim() ?? this.inherited();
  }

  /** Has both texts, or a whole file: another one belongs to the next edit. */
  isComplete(): boolean {
    return this.open === null && (this.values.fresh !== undefined || this.values.content !== undefined);
  }

  isEmpty(): boolean {
    const { old, fresh, content, patch } = this.values;
    return [old, fresh, content, patch].every((value) => value === undefined);
  }

  *begin(field: Field): Generator<Edit, void, undefined> {
    if (!isTextField(field)) return;
    this.open = field;
    this.values[field] = "";
    if (field === "patch") this.patch = this.context.openNested(this.path());
    else if (field === "fresh" && this.values.old !== undefined && this.path() !== null)
      yield* this.beginReplacement();
    else if (field === "content" && this.path() !== null) yield* this.beginContent();
  }

  *more(text: string): Generator<Edit, void, undefined> {
    if (this.open === null) return;
    this.values[this.open] += text;
    if (this.open === "fresh" && this.replacement) yield* this.replacement.push(text);
    else if (this.open === "content" && this.content) yield* this.content.push(text);
    else if (this.open === "patch" && this.patch) yield* this.patch.push(text);
  }

  /** The value is complete. */
  *close(): Generator<Edit, void, undefined> {
    const { open, patch } = this;
    this.open = null;
    if (open === "patch" && patch) yield* patch.end("stop");
  }

  /** All parts have come. */
  *finish(): Generator<Edit, void, undefined> {
    if (this.isFinished || this.open !== null) return;
    this.isFinished = true;
    const { old, fresh, content } = this.values;
    if (fresh !== undefined && (old !== undefined || content === undefined))
      return yield* this.finishReplacement(fresh);
    if (content !== undefined) return yield* this.finishContent(content);
    if (old !== undefined) yield* this.fail("malformed-patch");
  }

  /** The answer ended in the middle of it. */
  *cut(stop: StopReason): Generator<Edit, void, undefined> {
    if (this.isFinished) return;
    this.isFinished = true;
    if (this.replacement) yield* this.replacement.giveUp("truncated");
    else if (this.content) yield* this.content.giveUp("truncated");
    else if (this.patch) yield* this.patch.end(stop === "stop" ? "length" : stop);
    else if (!this.isEmpty()) yield* this.fail("truncated");
  }

  private *beginReplacement(): Generator<Edit, TextReplacement, undefined> {
    const { old = "" } = this.values;
    const replacement = new TextReplacement(this.context, this.path(), { old, lineHint: this.lineHint });
    this.replacement = replacement;
    yield* replacement.begin();
    return replacement;
  }

  private *finishReplacement(fresh: string): Generator<Edit, void, undefined> {
    const begun = this.replacement;
    const replacement = begun ?? (yield* this.beginReplacement());
    if (!begun) yield* replacement.push(fresh);
    yield* replacement.close(this.replaceAll);
  }

  private *beginContent(): Generator<Edit, ContentLines, undefined> {
    const path = this.path() ?? "";
    const lines = new ContentLines(new FileRewrite(this.context, path), !/\.mdx?$/.test(path));
    this.content = lines;
    yield* lines.open();
    return lines;
  }

  private *finishContent(content: string): Generator<Edit, void, undefined> {
    const begun = this.content;
    if (!begun && this.path() === null) return yield* this.fail("no-path");
    const lines = begun ?? (yield* this.beginContent());
    if (!begun) yield* lines.push(content);
    yield* lines.close();
  }

  private *fail(reason: Reason): Generator<Edit, void, undefined> {
    const { old = "", fresh, content = "" } = this.values;
    const id = this.context.nextId();
    yield* fail(this.context, {
      id,
      path: this.path(),
      reason,
      search: old,
      text: fresh ?? content,
      nearest: [],
    });
  }
}

/** The text of a whole file → its lines. A fence around all of it is only a wrapper. */
class ContentLines {
  private readonly file: FileRewrite;
  private readonly unwraps: boolean;
  private readonly splitter = new LineSplitter();
  private isFirst = true;
  private fence: Fence | null = null;
  /** A line that would be the closing fence, if no other follows. */
  private heldLines: string[] = [];

  constructor(file: FileRewrite, unwraps: boolean) {
    this.file = file;
    this.unwraps = unwraps;
  }

  open(): Generator<Edit, void, undefined> {
    return this.file.open();
  }

  push(text: string): Generator<Edit, void, undefined> {
    return this.splitter.push(text, this);
  }

  *line(line: string): Generator<Edit, void, undefined> {
    const fence = this.isFirst && this.unwraps ? readFence(line) : null;
    this.isFirst = false;
    if (fence) {
      this.fence = fence;
      return;
    }
    const isHeld =
      this.fence !== null && (closesFence(line, this.fence) || (this.heldLines.length > 0 && line === ""));
    if (!isHeld) yield* this.release();
    if (isHeld) this.heldLines.push(line);
    else yield* this.file.line(line);
  }

  *partial(more: string): Generator<Edit, void, undefined> {
    // The first line may be a fence, and in a fence each line may close it.
    const isPlain = !this.isFirst && this.fence === null;
    if (this.heldLines.length === 0) yield* this.file.partial(more, isPlain || !this.unwraps);
  }

  *close(): Generator<Edit, void, undefined> {
    const rest = this.splitter.takeRest();
    if (rest !== "") yield* this.line(rest);
    yield* this.file.close();
  }

  *giveUp(reason: Reason): Generator<Edit, void, undefined> {
    const rest = this.splitter.takeRest();
    if (rest !== "") yield* this.file.line(rest);
    yield* this.file.giveUp(reason);
  }

  private *release(): Generator<Edit, void, undefined> {
    const lines = this.heldLines;
    this.heldLines = [];
    for (const line of lines) yield* this.file.line(line);
  }
}

function isTextField(field: Field): field is TextField {
  return ["path", "old", "fresh", "content", "patch"].includes(field);
}
