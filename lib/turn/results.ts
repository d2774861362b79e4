/** Results of the texts of one turn, joined: an answer that was steered, or one that was asked to mend its edits. */
import type { EditResult } from "#lib/edit/types.ts";

export function joinResults(before: EditResult | null, now: EditResult): EditResult {
  if (before === null) return now;
  return {
    ...now,
    applied: [...before.applied, ...now.applied],
    failed: [...before.failed, ...now.failed],
    warnings: [...before.warnings, ...now.warnings],
  };
}

/** What was cut off on purpose has not failed. */
export function withoutTruncated(result: EditResult): EditResult {
  return { ...result, failed: result.failed.filter(({ reason }) => reason !== "truncated") };
}
