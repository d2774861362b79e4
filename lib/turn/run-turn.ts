/**
 * One prompt on one variant: model → edits → document. The whole server flow in one function; everything hangs off it.
 * The turn ends by itself, is stopped, is cut, or reaches a cap; in each case the files are whole and the raw text is kept.
 */
import { type EditSession, openEditSession } from "#lib/document/edit-session.ts";
import type { EditResult } from "#lib/edit/types.ts";
import type { ModelFact } from "#lib/model/types.ts";
import type { Prompt } from "#lib/prompt/types.ts";
import { openEditReader } from "./edit-reader.ts";
import { mayRepair, repairOnce } from "./repair.ts";
import { outcomeOf } from "./turn-end.ts";
import { asFailure, TurnLog } from "./turn-log.ts";
import type { TurnOptions, TurnOutcome } from "./types.ts";

export async function runTurn(options: TurnOptions): Promise<TurnOutcome> {
  const { document, turnId, now, beganAt, signal } = options;
  const session = openEditSession(document, { kind: "model", turnId });
  const log = new TurnLog(now, beganAt);
  const first = await answer(options, session, log, options.prompt);
  const repair = mayRepair(options, log, first)
    ? await repairOnce(options, first, (prompt, repairLog) => answer(options, session, repairLog, prompt))
    : null;
  return { ...outcomeOf(log, repair?.result ?? first, signal, repair), undo: session.close() };
}

/** One answer of the model, applied while it arrives. */
async function answer(
  options: TurnOptions,
  session: EditSession,
  log: TurnLog,
  prompt: Prompt,
): Promise<EditResult> {
  const { model, signal, hooks } = options;
  const reader = openEditReader(options, session, log);
  // A model that thinks for ever says no text after which it could be stopped.
  const overCap = new AbortController();
  const note = (fact: ModelFact) => {
    log.note(fact);
    if (log.isOverCap()) overCap.abort();
    hooks.onFact?.(fact);
  };
  try {
    for await (const text of model(prompt, AbortSignal.any([signal, overCap.signal]), note)) {
      if (signal.aborted) break;
      hooks.onText?.();
      // A person said more: what was open is taken back, and the answer to that begins.
      if (log.takeSteered()) reader.beginAnew();
      log.sawText(text);
      reader.push(text);
      hooks.onProgress(log.progress());
      if (log.isOverCap()) break;
    }
  } catch (error) {
    log.failure = asFailure(error);
  }
  return reader.end(log.stopReason(signal));
}
