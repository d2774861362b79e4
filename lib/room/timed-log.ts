/** The log of updates, for the figures: appends are counted, and how long each took. */
import type { GroupCommit } from "#lib/storage/group-commit.ts";
import type { Figures } from "./figures.ts";

export function timedLog(updates: GroupCommit, figures: Figures): GroupCommit {
  return {
    ...updates,
    async append(update) {
      const startedAt = performance.now();
      const seq = await updates.append(update);
      figures.stored(update.data.byteLength, performance.now() - startedAt);
      return seq;
    },
  };
}
