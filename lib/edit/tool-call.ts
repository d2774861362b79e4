/**
 * The arguments of one tool call → edits, while they arrive: `str_replace`, `edit`, `multi_edit`, `write_file`, `apply_patch`
 * and what else they are called. The keys say what is meant, not the tool's name. A patch may also come as plain text.
 */
import type { BlockContext } from "./block.ts";
import { deleteFile } from "./delete-file.ts";
import { FieldEdit } from "./field-edit.ts";
import { type Field, fieldOf } from "./fields.ts";
import { type JsonEvent, JsonReader } from "./json-arguments.ts";
import type { Edit, EditParser, StopReason, ToolCallParser } from "./types.ts";

const DELETES = /^(?:delete|remove)_?file$/i;

export class ToolCall implements ToolCallParser {
  private readonly context: BlockContext;
  private readonly name: string;
  private plain: EditParser | null = null;
  private json: JsonValues | null = null;

  constructor(context: BlockContext, name: string) {
    this.context = context;
    this.name = name;
  }

  *push(text: string): Generator<Edit, void, undefined> {
    const rest = this.plain || this.json ? text : text.trimStart();
    if (rest === "") return;
    if (!this.plain && !this.json) this.begin(rest[0] ?? "");
    if (this.json) yield* this.json.push(rest);
    else yield* this.plain?.push(rest) ?? [];
  }

  *end(stop: StopReason): Generator<Edit, void, undefined> {
    if (this.json) yield* this.json.end(stop);
    else yield* this.plain?.end(stop) ?? [];
  }

  private begin(first: string): void {
    if (/[{["]/.test(first)) this.json = new JsonValues(this.context, () => null, DELETES.test(this.name));
    else this.plain = this.context.openNested(null);
  }
}

/** Objects of edits, and strings that hold such objects encoded once more. */
class JsonValues {
  private readonly context: BlockContext;
  private readonly inherited: () => string | null;
  private readonly deletes: boolean;
  private readonly reader = new JsonReader();
  private readonly edits: FieldEdit[] = [];
  /** Objects that ended before their path was known. */
  private readonly waiting: FieldEdit[] = [];
  private field: Field | null = null;
  /** The open string is JSON itself. Undecided until its first character. */
  private inner: JsonValues | "undecided" | null = null;

  constructor(context: BlockContext, inherited: () => string | null, deletes = false) {
    this.context = context;
    this.inherited = inherited;
    this.deletes = deletes;
  }

  *push(text: string): Generator<Edit, void, undefined> {
    for (const event of this.reader.push(text)) yield* this.take(event);
  }

  *end(stop: StopReason): Generator<Edit, void, undefined> {
    if (this.inner && this.inner !== "undecided") yield* this.inner.end(stop);
    const isWhole = stop === "stop" && this.reader.isBetweenValues();
    while (this.edits.length > 0) yield* isWhole ? this.endObject() : this.cutObject(stop);
  }

  private *take(event: JsonEvent): Generator<Edit, void, undefined> {
    switch (event.type) {
      case "object-start":
        this.edits.push(this.newEdit());
        return;
      case "object-end":
        return yield* this.endObject();
      case "text-start":
        return yield* this.beginText(event.key);
      case "text":
        return yield* this.moreText(event.text);
      case "text-end":
        return yield* this.endText();
      case "scalar":
        return this.takeScalar(event.key, event.value);
      default:
        return event satisfies never;
    }
  }

  private newEdit(): FieldEdit {
    const outer = this.edits.at(-1);
    return new FieldEdit(this.context, () => outer?.path() ?? this.inherited());
  }

  private *beginText(key: string | null): Generator<Edit, void, undefined> {
    this.field = key === null ? null : fieldOf(key);
    const mayHoldJson = this.field === "edits" || this.field === "patch" || this.edits.length === 0;
    this.inner = mayHoldJson ? "undecided" : null;
    if (this.field && !mayHoldJson) yield* this.edits.at(-1)?.begin(this.field) ?? [];
  }

  private *moreText(text: string): Generator<Edit, void, undefined> {
    if (this.inner === "undecided") yield* this.decide(text);
    if (this.inner === "undecided") return;
    if (this.inner) yield* this.inner.push(text);
    else if (this.field) yield* this.edits.at(-1)?.more(text) ?? [];
  }

  /** The first character tells whether a string holds JSON or a patch. */
  private *decide(text: string): Generator<Edit, void, undefined> {
    const first = text.trimStart()[0];
    if (first === undefined) return;
    const edit = this.edits.at(-1);
    this.inner = /[{[]/.test(first)
      ? new JsonValues(this.context, () => edit?.path() ?? this.inherited())
      : null;
    if (this.inner === null && this.field) yield* edit?.begin(this.field) ?? [];
  }

  private *endText(): Generator<Edit, void, undefined> {
    if (this.inner && this.inner !== "undecided") yield* this.inner.end("stop");
    else if (this.inner === null && this.field) yield* this.edits.at(-1)?.close() ?? [];
    this.inner = null;
    this.field = null;
  }

  private takeScalar(key: string | null, value: string): void {
    const edit = this.edits.at(-1);
    const field = key === null ? null : fieldOf(key);
    if (!edit) return;
    if (field === "replace-all") edit.replaceAll = value === "true";
    else if (field === "line" && /^\d+$/.test(value)) edit.lineHint = Number(value);
  }

  private *endObject(): Generator<Edit, void, undefined> {
    const edit = this.edits.pop();
    if (!edit) return;
    const isOutermost = this.edits.length === 0;
    // "path" may stand behind "edits".
    if (edit.path() === null && !isOutermost) this.waiting.push(edit);
    else if (this.deletes && edit.isEmpty() && edit.path() !== null)
      yield* deleteFile(this.context, edit.path() ?? "");
    else yield* edit.finish();
    if (isOutermost) for (const each of this.waiting.splice(0)) yield* each.finish();
  }

  private *cutObject(stop: StopReason): Generator<Edit, void, undefined> {
    for (const each of this.waiting.splice(0)) yield* each.cut(stop);
    yield* this.edits.pop()?.cut(stop) ?? [];
  }
}
