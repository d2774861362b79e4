/** A whole file in a fence. The fence that opened it, same character and at least its length, closes it: that is its measure. */
import { type Block, type BlockContext, fail, succeed, type Verdict } from "./block.ts";
import { DraftLines } from "./draft-lines.ts";
import { normalisePath } from "./path.ts";
import { RegionWriter } from "./region-writer.ts";
import type { Edit, Reason, StopReason } from "./types.ts";

export class WholeFile implements Block {
  private readonly context: BlockContext;
  private readonly fence: Fence;
  private readonly id: number;
  private readonly rawPath: string;
  private path: string | null = null;
  private writer: RegionWriter | null = null;
  private lines: DraftLines | null = null;
  private existed = false;
  /** Fences opened inside, as in a README: their closers are not ours. */
  private nested = 0;
  private refusal: Reason | null = null;
  private refusedText = "";

  constructor(context: BlockContext, fence: Fence, rawPath: string) {
    this.context = context;
    this.fence = fence;
    this.rawPath = rawPath;
    this.id = context.nextId();
  }

  /** Opens the region; called once, before the first line. */
  *open(): Generator<Edit, void, undefined> {
    const { target } = this.context;
    const path = normalisePath(this.rawPath, target.paths());
    if (!path.ok || isUnsupported(path.path)) {
      this.refusal = path.ok ? "unsupported-file" : "bad-path";
      return;
    }
    const text = target.read(path.path);
    this.path = path.path;
    this.existed = text !== null && text !== "";
    yield { type: "start", id: this.id, path: path.path, start: 0, end: text?.length ?? 0, whole: true };
    this.writer = new RegionWriter({
      id: this.id,
      path: path.path,
      start: 0,
      end: text?.length ?? 0,
      text,
      target,
    });
    this.lines = new DraftLines(this.writer);
  }

  *line(line: string): Generator<Edit, Verdict, undefined> {
    if (this.closes(line)) {
      yield* this.close();
      return "done";
    }
    if (this.lines) yield* this.lines.line(line, this.existed);
    else this.refusedText += `${line}\n`;
    return "more";
  }

  *partial(text: string): Generator<Edit, void, undefined> {
    if (this.lines) yield* this.lines.partial(text);
  }

  *end(_stop: StopReason): Generator<Edit, void, undefined> {
    yield* this.giveUp(this.refusal ?? "truncated");
  }

  private closes(line: string): boolean {
    const fence = readFence(line);
    if (!fence || fence.character !== this.fence.character || fence.length < this.fence.length) return false;
    if (fence.info !== "") {
      if (this.path?.endsWith(".md")) this.nested++;
      return false;
    }
    if (this.nested > 0) {
      this.nested--;
      return false;
    }
    return true;
  }

  private *close(): Generator<Edit, void, undefined> {
    const { writer, path } = this;
    if (!writer || !path) return yield* this.giveUp(this.refusal ?? "bad-path");
    yield* writer.finish();
    if (writer.broken) return yield* this.giveUp(writer.broken);
    const { added, removed } = writer;
    const notes = added + removed === 0 && this.existed ? ["unchanged"] : [];
    yield* succeed(this.context, { id: this.id, path, kind: "file", tier: 0, added, removed, notes });
  }

  private *giveUp(reason: Reason): Generator<Edit, void, undefined> {
    const text = this.lines?.text ?? this.refusedText;
    yield* fail(this.context, {
      id: this.id,
      path: this.path ?? this.rawPath,
      reason,
      search: "",
      text,
      nearest: [],
    });
  }
}

export type Fence = { character: string; length: number; info: string };

/** "```tsx src/App.tsx" → its parts; null when the line is no fence. */
export function readFence(line: string): Fence | null {
  const match = /^\s{0,3}(`{3,}|~{3,})\s*([^`]*)$/.exec(line);
  if (!match) return null;
  const mark = match[1] ?? "";
  return { character: mark[0] ?? "`", length: mark.length, info: (match[2] ?? "").trim() };
}

/** The path in a fence's info string: "tsx src/App.tsx", "tsx path=…", "tsx {path=…}", "tsx:src/App.tsx", `title="…"`. */
export function pathInInfo(info: string): string | null {
  const named = /(?:path|title|file(?:name)?)\s*=\s*["']?([^\s"'}]+)/.exec(info);
  if (named?.[1]) return named[1];
  const word = info.split(/[\s:]+/).find((part) => /^[\w@()[\].\-/]+\.[A-Za-z0-9]{1,8}$/.test(part));
  return word ?? null;
}

/** Locks and binary files are not written by models. */
function isUnsupported(path: string): boolean {
  return /(?:^|\/)(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml)$|\.(?:png|jpe?g|gif|webp|avif|ico|woff2?|ttf|otf|zip|pdf|mp[34]|wasm)$/i.test(
    path,
  );
}
