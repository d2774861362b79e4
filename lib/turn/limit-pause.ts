/** A provider said that its limit is used up: how long its lane waits before the same turn is sent again (models.md §7). */
import { fnv1a } from "#lib/project/fnv.ts";
import type { TurnOutcome } from "./types.ts";

/** So often one turn is sent again; after that a person decides. */
const MOST_PAUSES = 4;
/** Longer than this nobody waits in front of a page: the turn ends and says when. */
const LONGEST_MS = 15 * 60_000;
const FIRST_MS = 2_000;

/** Null: no pause, the turn has ended as it is. Only before the first text: later edits would be made twice. */
export function limitPauseMs(
  { failure, rawOutput, retryAfterMs }: Pick<TurnOutcome, "failure" | "rawOutput" | "retryAfterMs">,
  pauses: number,
  seed: string,
): number | null {
  if (failure !== "rate-limited" || rawOutput !== "" || pauses >= MOST_PAUSES) return null;
  if (retryAfterMs !== null) return retryAfterMs <= LONGEST_MS ? retryAfterMs : null;
  // Doubling, with a share that differs between turns, so that three variants do not come back at once.
  const share = (fnv1a(`${seed} ${pauses}`) % 1_000) / 1_000;
  return Math.round(FIRST_MS * 2 ** pauses * (1 + share / 2));
}
