/** Edits that only together leave a file that parses: one often opens a tag and a later one closes it (edits.md §5.7). */
import { type BlockContext, fail, type Outcome, succeed } from "./block.ts";
import type { Edit } from "./types.ts";

/**
 * The edit is complete. If nothing of its file waits it has succeeded; else all that waits enters the document in one splice
 * as soon as the file parses with it. `draftChars`: what of this edit's draft then stands in the document.
 */
export function* settle(
  context: BlockContext,
  outcome: Outcome,
  draftChars: number,
): Generator<Edit, void, undefined> {
  const { id, path } = outcome.applied;
  if (!context.workspace.waits(path)) return yield* succeed(context, outcome.applied);
  const outcomes = [...(context.waiting.get(path) ?? []), outcome];
  const change = context.workspace.settled(path);
  context.lastPath = path;
  if (!change) {
    context.waiting.set(path, outcomes);
    return;
  }
  forget(context, path);
  const at = change.start + change.text.length;
  yield { type: "splice", id, path, ...change, used: draftChars, at };
  for (const { applied } of outcomes) yield* succeed(context, applied);
}

/** What still waits when the answer ends, or when the file is replaced as a whole, has failed. */
export function* failWaiting(context: BlockContext, path?: string): Generator<Edit, void, undefined> {
  const paths = path === undefined ? [...context.waiting.keys()] : [path];
  for (const each of paths) {
    const outcomes = context.waiting.get(each) ?? [];
    forget(context, each);
    // The last written is undone first.
    for (const { failed } of outcomes.reverse()) yield* fail(context, failed);
  }
}

function forget(context: BlockContext, path: string): void {
  context.workspace.forget(path);
  context.waiting.delete(path);
}
