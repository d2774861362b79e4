/** Turns as rows: begun, ended. Plain functions of what is known. */
import type { CommitId } from "#lib/project/ids.ts";
import type { Turn } from "#lib/project/rows.ts";
import type { TurnOutcome } from "#lib/turn/types.ts";

const MAX_WARNINGS = 20;

export function newTurn(
  fields: Pick<Turn, "id" | "promptId" | "variantId" | "kind" | "lane" | "model" | "startedAt"> & {
    text: string;
  },
): Turn {
  const { id, promptId, variantId, kind, lane, model, startedAt, text } = fields;
  return {
    id,
    promptId,
    variantId,
    kind,
    prompt: text,
    lane,
    model,
    state: "running",
    message: null,
    answer: "",
    appliedEdits: 0,
    changes: [],
    warnings: [],
    failedEdits: [],
    repair: null,
    usage: null,
    timings: null,
    commitId: null,
    startedAt,
    endedAt: null,
  };
}

/** `because` replaces the message of a turn that was stopped for another reason than a person's press. */
export function endedTurn(
  turn: Turn,
  outcome: TurnOutcome,
  commitId: CommitId,
  because: Pick<Turn, "state" | "message"> | null,
  now: number,
): Turn {
  const { state, message, answer, result, usage, timings, repair } = outcome;
  return {
    ...turn,
    state,
    message,
    ...(state === "stopped" ? because : null),
    answer,
    appliedEdits: result.applied.length,
    changes: result.applied.map(({ path, kind, added, removed }) => ({ path, kind, added, removed })),
    warnings: result.warnings.slice(0, MAX_WARNINGS),
    failedEdits: result.failed.map(({ id: _id, ...failed }) => failed),
    repair,
    usage,
    timings,
    commitId,
    endedAt: now,
  };
}
