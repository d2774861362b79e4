/** How a turn ended, as a state, a sentence and figures. */
import type { EditResult } from "#lib/edit/types.ts";
import { sentenceOf } from "#lib/model/sentences.ts";
import { limits } from "#lib/project/limits.ts";
import type { Timings, Usage } from "#lib/project/rows.ts";
import type { Repair } from "./repair.ts";
import type { TurnLog } from "./turn-log.ts";
import type { TurnOutcome } from "./types.ts";

/** Between the two answers in a turn's raw output. */
const REPAIR_MARK = "\n\n[Triptych asked for the failed edits again]\n\n";

export function outcomeOf(
  log: TurnLog,
  result: EditResult,
  { aborted }: AbortSignal,
  repair: Repair | null,
): Omit<TurnOutcome, "undo"> {
  const state = aborted ? "stopped" : stateOf(log, result);
  return {
    state,
    message: messageOf(log, state, result),
    answer: log.answer.trim().slice(0, limits.answerChars),
    result,
    rawOutput: log.rawOutput + (repair ? `${REPAIR_MARK}${repair.log.rawOutput}` : ""),
    usage: sum(log.end?.usage, repair?.log.end?.usage),
    timings: timingsOf(log, repair),
    repair: repair
      ? { asked: repair.asked, mended: repair.asked - result.failed.length, tokens: repair.log.tokens }
      : null,
    failure: log.failure?.code ?? null,
    isUnanswered: log.end?.reason === "steered",
    retryAfterMs: log.failure?.retryAfterMs ?? null,
  };
}

function stateOf({ failure, rawOutput }: TurnLog, { stop }: EditResult): TurnOutcome["state"] {
  if (failure) return rawOutput === "" ? "failed" : "cut";
  if (stop === "network" || stop === "limit" || stop === "length") return "cut";
  return rawOutput.trim() === "" ? "failed" : "done";
}

function messageOf(log: TurnLog, state: TurnOutcome["state"], { stop, applied }: EditResult): string | null {
  const after = `Stopped after ${applied.length} ${applied.length === 1 ? "edit" : "edits"}`;
  if (state === "stopped") return `${after}; what was whole is kept.`;
  if (log.failure) return `${state === "cut" ? `${after}. ` : ""}${sentenceOf(log.failure)}`;
  if (stop === "length") return `${after}: the model reached its length limit. Continue goes on from there.`;
  if (stop === "limit")
    return `${after}: the answer reached a limit of Triptych (${log.capReached()}). Ask for smaller steps.`;
  if (stop === "network")
    return `${after}: the model's answer ended in the middle. Continue goes on from there.`;
  if (state === "done") return null;
  return log.end?.reason === "refusal"
    ? "The model declined to answer; no file was changed. Say it in other words."
    : "The model answered nothing; no file was changed. Say it in other words.";
}

function timingsOf(log: TurnLog, repair: Repair | null): Timings {
  const { firstTextMs, firstEditMs, totalMs, steeredAtMs } = log;
  return {
    firstTextMs,
    firstEditMs,
    totalMs,
    tokens: (log.end?.usage?.outputTokens ?? log.tokens) + (repair?.log.tokens ?? 0),
    ...(steeredAtMs.length > 0 ? { steeredAtMs: [...steeredAtMs] } : {}),
  };
}

function sum(one: Usage | null | undefined, other: Usage | null | undefined): Usage | null {
  if (!one || !other) return one ?? other ?? null;
  const add = (first: number | null, second: number | null) =>
    first === null && second === null ? null : (first ?? 0) + (second ?? 0);
  return {
    ...one,
    inputTokens: add(one.inputTokens, other.inputTokens),
    outputTokens: add(one.outputTokens, other.outputTokens),
  };
}
