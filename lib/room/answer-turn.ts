/** One answer of a model to one turn: asked, written into the document while it comes, told to everyone. */
import type { DraftFact } from "#lib/document/edit-session.ts";
import type { CommitId, TurnId } from "#lib/project/ids.ts";
import type { Turn } from "#lib/project/rows.ts";
import { lettersMentioned } from "#lib/prompt/mentions.ts";
import { runTurn } from "#lib/turn/run-turn.ts";
import type { TurnOutcome, TurnProgress } from "#lib/turn/types.ts";
import type { DraftState } from "#lib/wire/events.ts";
import type { TurnCosts } from "./turn-costs.ts";
import type { Extras, Job } from "./turn-job.ts";
import type { TurnRunnerOptions } from "./turn-options.ts";

const PROGRESS_MS = 500;
const DIRECTION = /^\s*Direction:\s*([^\n.]{1,40})/;

export type AnswerTurn = {
  options: TurnRunnerOptions;
  costs: TurnCosts;
  job: Job;
  /** The turn's row: its end is not told before it. */
  stored: Promise<void>;
};
export type AnsweredTurn = TurnOutcome & { beganAt: number };

export async function answerTurn({ options, costs, job, stored }: AnswerTurn): Promise<AnsweredTurn> {
  const { driver } = options.answering.of(job.answerer);
  const beganAt = options.now();
  const live = await options.live(job.turn.variantId);
  // What people wrote until now is not the turn's: going back before it keeps their text.
  const before = live.commit(options.newId() as CommitId, "person", null, options.now());
  const extras = { ...job.extras, ...(await othersOf(options, job.turn)) };
  const prompt = costs.promptOf(job.turn, job.answerer, extras, live);
  const outcome = await runTurn({
    model: driver.model,
    prompt,
    document: live.document,
    turnId: job.turn.id,
    accepts: options.accepts,
    locked: new Set(job.extras.vary?.locked),
    repairs: !driver.builtIn,
    signal: job.abort.signal,
    now: options.now,
    beganAt,
    hooks: {
      onText: options.emit.text,
      onFact: (fact) => {
        if (fact.type === "start") job.responseId = fact.responseId ?? null;
      },
      onDraft: (facts) => {
        for (const fact of facts) keepDraft(job.drafts, job.turn.id, fact);
        options.emit.drafts(live.slot, job.turn.id, facts);
      },
      onProgress: progressOf(options, job.turn, beganAt),
    },
  });
  job.isWriting = false;
  costs.measure(job, prompt, outcome);
  await Promise.all([stored, before]);
  return { ...outcome, beganAt };
}

/** The variants of its set that the words speak of, as they are now. */
async function othersOf(
  { variant, variantsOfSet, live }: TurnRunnerOptions,
  { variantId, prompt }: Turn,
): Promise<Extras> {
  const letters = lettersMentioned(prompt);
  const meant = variantsOfSet(variant(variantId).setNumber).filter(
    ({ id, letter }) => id !== variantId && letters.includes(letter),
  );
  if (meant.length === 0) return {};
  const files = await Promise.all(meant.map(async ({ id }) => (await live(id)).document.files()));
  return { others: meant.map(({ letter }, index) => ({ letter, files: files[index] ?? new Map() })) };
}

function progressOf(
  { now, emit }: TurnRunnerOptions,
  turn: Turn,
  beganAt: number,
): (progress: TurnProgress) => void {
  let toldAt = now();
  let hasWords = false;
  let isNamed = turn.kind !== "create";
  return ({ tokens, edits, answer, firstTextMs }) => {
    const name = isNamed ? undefined : DIRECTION.exec(answer)?.[1]?.trim();
    if (name) {
      isNamed = true;
      emit.named(turn.variantId, name);
    }
    // The first words are told at once: they are the first that is seen of an answer.
    const isFirst = !hasWords && answer.trim() !== "";
    if (now() - toldAt < PROGRESS_MS && !isFirst) return;
    hasWords ||= isFirst;
    toldAt = now();
    // The speed of writing: waiting behind another turn, and for the first text, is told on its own.
    const writingMs = toldAt - beganAt - (firstTextMs ?? 0);
    const tokensPerSecond = writingMs < PROGRESS_MS / 2 ? 0 : Math.round((tokens * 1_000) / writingMs);
    const said = answer.slice(0, 500);
    emit.progress({ turnId: turn.id, tokens, edits, tokensPerSecond, firstTextMs, answer: said });
  };
}

function keepDraft(drafts: Map<number, DraftState>, turnId: TurnId, fact: DraftFact): void {
  const draft = drafts.get(fact.editId);
  if (fact.type === "draft-start") {
    const { editId, path, start, end } = fact;
    drafts.set(editId, { turnId, editId, path, start, end, text: "" });
  } else if (fact.type === "draft-end") drafts.delete(fact.editId);
  else if (draft && fact.type === "draft-delta") draft.text += fact.text;
  else if (draft && fact.type === "draft-splice") {
    draft.text = draft.text.slice(fact.used);
    draft.start = fact.start;
    draft.end = fact.end;
  }
}
