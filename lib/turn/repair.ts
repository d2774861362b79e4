/**
 * Failed edits are asked for once more, and only them: each with why, what was searched and the real lines around. What
 * fails again stays failed: it is never asked a third time (edits.md §9).
 */
import type { EditResult } from "#lib/edit/types.ts";
import { buildRepair } from "#lib/prompt/build-repair.ts";
import type { Prompt } from "#lib/prompt/types.ts";
import { TurnLog } from "./turn-log.ts";
import type { TurnOptions } from "./types.ts";

export type Repair = { result: EditResult; asked: number; log: TurnLog };

/** What no second try can mend. */
const FINAL = new Set(["locked", "limit", "person-edited", "unsupported-file"]);

/** Only what failed in an answer that ended by itself; never after a stop, a limit or a lost connection. */
export function mayRepair({ signal, repairs }: TurnOptions, log: TurnLog, result: EditResult): boolean {
  const endedWell = !signal.aborted && log.failure === null && result.stop === "stop";
  return repairs && endedWell && mendable(result).length > 0;
}

export async function repairOnce(
  options: TurnOptions,
  first: EditResult,
  answer: (prompt: Prompt, log: TurnLog) => Promise<EditResult>,
): Promise<Repair> {
  const lastId = Math.max(...[...first.applied, ...first.failed].map(({ id }) => id));
  const log = new TurnLog(options.now, options.now(), lastId + 1);
  const failed = mendable(first);
  const prompt = buildRepair(options.prompt, failed, (path) => options.document.read(path));
  const second = await answer(prompt, log);
  const mended = new Set(second.applied.map(({ path }) => path));
  const stillFailed = first.failed.filter(({ path }) => path === null || !mended.has(path));
  const result = {
    ...first,
    applied: [...first.applied, ...second.applied],
    failed: [...stillFailed, ...second.failed.filter(({ path }) => path !== null && mended.has(path))],
    warnings: [...first.warnings, ...second.warnings],
  };
  return { result, asked: failed.length, log };
}

function mendable({ failed }: EditResult): EditResult["failed"] {
  return failed.filter(({ reason }) => !FINAL.has(reason));
}
