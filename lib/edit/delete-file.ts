/** A file that a model takes away. */
import { type BlockContext, fail, succeed } from "./block.ts";
import { splitLines } from "./lines.ts";
import { failWaiting } from "./settle.ts";
import { resolveTarget } from "./target-path.ts";
import type { Edit, Reason } from "./types.ts";

export function* deleteFile(context: BlockContext, rawPath: string): Generator<Edit, void, undefined> {
  const target = resolveTarget(context, rawPath);
  if (!target.ok) return yield* failDelete(context, rawPath, target.reason);
  const { path } = target;
  yield* failWaiting(context, path);
  const text = context.workspace.read(path);
  if (text === null) return yield* failDelete(context, path, "no-file");
  const id = context.nextId();
  yield { type: "delete", id, path };
  const removed = splitLines(text).length;
  yield* succeed(context, { id, path, kind: "delete", tier: 0, added: 0, removed, notes: [] });
}

/** Nothing is taken away. */
export function* failDelete(
  context: BlockContext,
  path: string,
  reason: Reason,
): Generator<Edit, void, undefined> {
  yield* fail(context, { id: context.nextId(), path, reason, search: "", text: "", nearest: [] });
}
