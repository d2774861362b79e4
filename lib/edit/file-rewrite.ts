/** A file written as a whole, old or new: what fences, XML tags, JSON calls and patches that add a file have in common. */
import { type BlockContext, fail, succeed } from "./block.ts";
import { DraftLines } from "./draft-lines.ts";
import { mayHavePlaceholders } from "./placeholder.ts";
import { RegionWriter } from "./region-writer.ts";
import { failWaiting } from "./settle.ts";
import { resolveTarget } from "./target-path.ts";
import type { Edit, Reason } from "./types.ts";

/** Less of a file than this is a piece of it. */
const MIN_SHARE = 0.6;

export class FileRewrite {
  readonly id: number;
  path: string | null = null;
  private readonly context: BlockContext;
  private readonly rawPath: string;
  private writer: RegionWriter | null = null;
  private lines: DraftLines | null = null;
  private readonly mayBePiece: boolean;
  private existed = false;
  private oldChars = 0;
  private freshChars = 0;
  private refusal: Reason | null = null;
  private refusedText = "";

  /** `mayBePiece`: nothing says that this is the whole file. It may then not leave out much of one that exists. */
  constructor(context: BlockContext, rawPath: string, mayBePiece = false) {
    this.context = context;
    this.rawPath = rawPath;
    this.mayBePiece = mayBePiece;
    this.id = context.nextId();
  }

  /** Opens the region; called once, before the first line. */
  *open(): Generator<Edit, void, undefined> {
    const { context, id } = this;
    const { workspace } = context;
    const target = resolveTarget(context, this.rawPath);
    if (!target.ok) {
      this.refusal = target.reason;
      return;
    }
    const { path } = target;
    this.path = path;
    yield* failWaiting(context, path);
    const text = workspace.read(path);
    const end = text?.length ?? 0;
    this.existed = end > 0;
    this.oldChars = end;
    yield { type: "start", id, path, start: 0, end, whole: true };
    this.writer = new RegionWriter({ id, path, start: 0, end, workspace, mayWait: false });
    this.lines = new DraftLines(this.writer);
  }

  /** Did the file hold text before? */
  isReplaced(): boolean {
    return this.existed;
  }

  *line(line: string): Generator<Edit, void, undefined> {
    this.freshChars += line.length + 1;
    if (this.lines) yield* this.lines.line(line, this.existed && mayHavePlaceholders(this.path ?? ""));
    else this.refusedText += `${line}\n`;
  }

  /** `literal`: no marker can begin in this line. */
  *partial(more: string, literal = false): Generator<Edit, void, undefined> {
    if (this.lines) yield* this.lines.partial(more, literal);
  }

  *close(): Generator<Edit, void, undefined> {
    const { writer, path } = this;
    if (!writer || !path) return yield* this.giveUp("bad-path");
    if (this.mayBePiece && this.freshChars < this.oldChars * MIN_SHARE)
      return yield* this.giveUp("placeholder");
    yield* writer.finish();
    if (writer.broken) return yield* this.giveUp(writer.broken);
    const { added, removed } = writer;
    const notes = added + removed === 0 && this.existed ? ["unchanged"] : [];
    yield* succeed(this.context, { id: this.id, path, kind: "file", tier: 0, added, removed, notes });
  }

  *giveUp(reason: Reason): Generator<Edit, void, undefined> {
    yield* fail(this.context, {
      id: this.id,
      path: this.path ?? this.rawPath,
      reason: this.refusal ?? reason,
      search: "",
      text: this.lines?.text ?? this.refusedText,
      nearest: [],
    });
  }
}
