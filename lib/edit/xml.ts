/**
 * The XML-like forms: old_text/new_text pairs, file actions of artifacts, write and replace tags of chat tools (edits.md §2).
 * Not XML: content is literal, a wrong closer is taken as the end, and only the tags named here mean anything.
 */
import type { Block, BlockContext, Format, Opening, Verdict } from "./block.ts";
import { deleteFile } from "./delete-file.ts";
import { FieldEdit } from "./field-edit.ts";
import { type Field, fieldOf } from "./fields.ts";
import { HunkFile } from "./hunk-file.ts";
import type { Edit, StopReason } from "./types.ts";
import { readTag, roleOf, type Tag } from "./xml-tags.ts";
import { XmlText } from "./xml-text.ts";

export const xml: Format = {
  opens({ line }) {
    const tag = readTag(line.trimStart());
    return tag !== null && !tag.closes && roleOf(tag, false) !== null;
  },
  create: (context, opening) => new XmlBlock(context, opening),
  wantsPath: true,
};

/** A tag that holds others; `edit` is what its fields belong to. */
type Open = { name: string; path: string | null; edit: FieldEdit | null };

class XmlBlock implements Block {
  returned: readonly string[] = [];
  private readonly context: BlockContext;
  private readonly opening: Opening;
  private readonly stack: Open[] = [];
  /** A pair without a tag around it. */
  private pair: FieldEdit | null = null;
  /** The value that is open, and whose it is. */
  private value: { text: XmlText; edit: FieldEdit | null; ends: "value" | "edit" } | null = null;
  /** Text between tags, from its "<" on. */
  private between = "";
  private fedChars = 0;
  private heldReturn = "";
  private isOver = false;

  constructor(context: BlockContext, opening: Opening) {
    this.context = context;
    this.opening = opening;
  }

  open(): Generator<Edit, Verdict, undefined> {
    return this.line(this.opening.line.trimStart());
  }

  *line(line: string): Generator<Edit, Verdict, undefined> {
    yield* this.feed(`${line.slice(this.fedChars)}\n`);
    this.fedChars = 0;
    this.heldReturn = "";
    if (!this.isOver) return "more";
    const rest = this.between.trim();
    this.returned = rest === "" ? [] : [rest];
    return "done";
  }

  *partial(more: string): Generator<Edit, void, undefined> {
    // A lone CR may be the first half of a line end.
    const whole = this.heldReturn + more;
    this.heldReturn = whole.endsWith("\r") ? "\r" : "";
    const text = this.heldReturn === "" ? whole : whole.slice(0, -1);
    this.fedChars += text.length;
    yield* this.feed(text);
  }

  *end(stop: StopReason): Generator<Edit, void, undefined> {
    if (this.value) yield* this.value.edit?.cut(stop) ?? [];
    else if (!this.isOver) yield* this.finishPair();
    for (const { edit } of this.stack.reverse()) {
      if (this.value || stop !== "stop") yield* edit?.cut(stop) ?? [];
      else yield* edit?.finish() ?? [];
    }
  }

  private *feed(text: string): Generator<Edit, void, undefined> {
    let rest = text;
    while (rest !== "" && !this.isOver) {
      rest = this.value ? yield* this.feedValue(rest, this.value) : yield* this.feedBetween(rest);
    }
    if (this.isOver) this.between += rest;
  }

  private *feedValue(
    text: string,
    value: NonNullable<XmlBlock["value"]>,
  ): Generator<Edit, string, undefined> {
    const { content, rest, isClosed } = value.text.push(text);
    if (content !== "") yield* value.edit?.more(content) ?? [];
    if (!isClosed) return "";
    yield* value.edit?.close() ?? [];
    this.value = null;
    if (value.ends === "edit") yield* value.edit?.finish() ?? [];
    else if (value.edit === this.pair && value.edit?.isComplete()) yield* this.finishPair();
    this.isOver = this.stack.length === 0 && this.pair === null;
    return rest;
  }

  /** Looks for the next tag; other text between tags says nothing. */
  private *feedBetween(text: string): Generator<Edit, string, undefined> {
    const known = this.between.length;
    this.between += text;
    const start = this.between.indexOf("<");
    if (start < 0) {
      this.between = "";
      return "";
    }
    const end = this.between.indexOf(">", Math.max(start, known));
    if (end < 0) {
      this.between = this.between.slice(start);
      return "";
    }
    const tag = readTag(this.between.slice(start, end + 1));
    const rest = this.between.slice(end + 1);
    this.between = "";
    if (tag) yield* this.takeTag(tag);
    return rest;
  }

  private *takeTag(tag: Tag): Generator<Edit, void, undefined> {
    if (tag.closes) return yield* this.closeTag(tag.name);
    const role = roleOf(tag, this.stack.length > 0);
    switch (role) {
      case null:
        return;
      case "group":
      case "edit":
        return this.openContainer(tag, role === "edit");
      case "file":
        return yield* this.openFile(tag);
      case "delete":
      case "rename":
        return yield* this.act(tag, role);
      case "ignored":
        this.value = { text: new XmlText([tag.name]), edit: null, ends: "value" };
        return;
      default:
        return yield* this.openField(tag, role);
    }
  }

  private openContainer(tag: Tag, isEdit: boolean): void {
    const path = tag.path;
    if (tag.isEmpty) return;
    const open: Open = { name: tag.name, path, edit: null };
    if (isEdit) open.edit = this.newEdit(path);
    this.stack.push(open);
  }

  private newEdit(path: string | null): FieldEdit {
    const named = path ?? this.outerPath();
    return new FieldEdit(this.context, () => named);
  }

  private outerPath(): string | null {
    return this.stack.findLast(({ path }) => path !== null)?.path ?? this.opening.path;
  }

  /** The content is the file, or the blocks for it. */
  private *openFile(tag: Tag): Generator<Edit, void, undefined> {
    const edit = this.newEdit(tag.path ?? this.outerPath());
    yield* edit.begin(tag.holdsPatch ? "patch" : "content");
    this.value = { text: new XmlText([tag.name]), edit, ends: "edit" };
  }

  private *openField(tag: Tag, field: Field): Generator<Edit, void, undefined> {
    const edit = yield* this.editFor(field);
    if (tag.line !== null) edit.lineHint = tag.line;
    yield* edit.begin(field);
    this.value = { text: new XmlText(closersOf(tag.name)), edit, ends: "value" };
  }

  /** Where a field belongs: a second pair in one tag is a second edit. */
  private *editFor(field: Field): Generator<Edit, FieldEdit, undefined> {
    const open = this.stack.at(-1);
    if (open?.edit) {
      if (!open.edit.isComplete() || field === "path") return open.edit;
      yield* open.edit.finish();
      const path = open.edit.path();
      open.edit = this.newEdit(path);
      return open.edit;
    }
    this.pair ??= this.newEdit(null);
    return this.pair;
  }

  private *act(tag: Tag, role: "delete" | "rename"): Generator<Edit, void, undefined> {
    if (role === "delete") yield* deleteFile(this.context, tag.path ?? this.outerPath() ?? "");
    else yield* new HunkFile(this.context, tag.from ?? "").finish(tag.to ?? "");
    if (!tag.isEmpty) this.value = { text: new XmlText([tag.name]), edit: null, ends: "value" };
    this.isOver = this.stack.length === 0 && this.value === null;
  }

  private *finishPair(): Generator<Edit, void, undefined> {
    const { pair } = this;
    this.pair = null;
    yield* pair?.finish() ?? [];
  }

  private *closeTag(name: string): Generator<Edit, void, undefined> {
    const at = this.stack.findLastIndex((open) => open.name === name);
    if (at < 0) return;
    yield* this.finishPair();
    for (const { edit } of this.stack.splice(at).reverse()) if (edit && !edit.isEmpty()) yield* edit.finish();
    this.isOver = this.stack.length === 0;
  }
}

/** What ends a value besides its own closer: models mix up the two of a pair, and the tags of tool calls. */
function closersOf(name: string): string[] {
  const field = fieldOf(name);
  const closers = [name, "parameter", "invoke"];
  if (field === "old") return [...closers, name.replace("old", "new")];
  return field === "fresh" ? [...closers, name.replace("new", "old")] : closers;
}
