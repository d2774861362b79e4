/**
 * One prompt on one variant: model → edits → document. The whole server flow in one function; everything hangs off it.
 * The turn ends by itself, is stopped, is cut, or reaches a cap; in each case the files are whole and the raw text is kept.
 */
import type { DraftFact, EditSession } from "#lib/document/edit-session.ts";
import { openEditSession } from "#lib/document/edit-session.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import { createEditParser } from "#lib/edit/parser.ts";
import type { EditParser, EditResult, EditTarget, StopReason } from "#lib/edit/types.ts";
import { sentenceOf } from "#lib/model/sentences.ts";
import type { Model, ModelFact, ModelFailure, ModelFailureCode } from "#lib/model/types.ts";
import type { TurnId } from "#lib/project/ids.ts";
import { limits } from "#lib/project/limits.ts";
import type { Timings, TurnState, Usage } from "#lib/project/rows.ts";
import type { Prompt } from "#lib/prompt/types.ts";

export type TurnHooks = {
  onDraft(facts: DraftFact[]): void;
  onProgress(progress: { tokens: number; edits: number; answer: string }): void;
};

export type TurnOptions = {
  model: Model;
  prompt: Prompt;
  document: VariantDocument;
  turnId: TurnId;
  accepts?: NonNullable<EditTarget["accepts"]>;
  signal: AbortSignal;
  now: () => number;
  hooks: TurnHooks;
};

export type TurnOutcome = {
  state: Exclude<TurnState, "running">;
  message: string | null;
  answer: string;
  result: EditResult;
  rawOutput: string;
  usage: Usage | null;
  timings: Timings;
  failure: ModelFailureCode | null;
};

const CHARS_PER_TOKEN = 4;

export async function runTurn(options: TurnOptions): Promise<TurnOutcome> {
  const { model, prompt, document, turnId, signal, now, hooks } = options;
  const session = openEditSession(document, { kind: "model", turnId });
  const parser = createEditParser(targetOf(document, session, options.accepts));
  const turn = new TurnLog(now);
  const apply = (edits: ReturnType<EditParser["push"]>) => {
    for (const edit of edits) {
      const facts = session.apply(edit);
      turn.sawEdit(edit.type);
      if (facts.length > 0) hooks.onDraft(facts);
    }
  };
  try {
    for await (const text of model(prompt, signal, turn.note)) {
      if (signal.aborted) break;
      turn.sawText(text);
      apply(parser.push(text));
      turn.answer += parser.takeProse();
      hooks.onProgress({ tokens: turn.tokens, edits: turn.edits, answer: turn.answer });
      if (turn.isOverLimit()) break;
    }
  } catch (error) {
    turn.failure = asFailure(error);
  }
  // A stopped turn changes nothing more: what is open is taken back, not finished.
  if (signal.aborted) hooks.onDraft(session.abandon("stopped"));
  apply(parser.end(turn.stopReason(signal)));
  hooks.onDraft(session.abandon("cut"));
  session.close();
  return turn.outcome(parser, signal);
}

function targetOf(
  document: VariantDocument,
  session: EditSession,
  accepts: EditTarget["accepts"],
): EditTarget {
  return {
    read: (path) => document.read(path),
    paths: () => document.paths(),
    region: (id) => session.region(id),
    ...(accepts ? { accepts } : {}),
  };
}

/** What a turn has seen so far. */
class TurnLog {
  answer = "";
  edits = 0;
  failure: ModelFailure | null = null;
  private rawOutput = "";
  private readonly startedAt: number;
  private readonly now: () => number;
  private firstTextAt: number | null = null;
  private firstEditAt: number | null = null;
  private end: Extract<ModelFact, { type: "end" }> | null = null;

  constructor(now: () => number) {
    this.now = now;
    this.startedAt = now();
  }

  readonly note = (fact: ModelFact): void => {
    if (fact.type === "end") this.end = fact;
  };

  get tokens(): number {
    return Math.round(this.rawOutput.length / CHARS_PER_TOKEN);
  }

  sawText(text: string): void {
    this.firstTextAt ??= this.now();
    this.rawOutput += text;
  }

  sawEdit(type: string): void {
    this.firstEditAt ??= this.now();
    if (type === "end") this.edits++;
  }

  isOverLimit(): boolean {
    const isLong =
      this.rawOutput.length > limits.turnOutputChars || this.now() - this.startedAt > limits.turnMs;
    return isLong || this.edits >= limits.turnEdits;
  }

  stopReason(signal: AbortSignal): StopReason {
    if (signal.aborted) return "user";
    if (this.failure || this.end?.reason === "incomplete") return "network";
    if (this.isOverLimit()) return "limit";
    return this.end?.reason === "length" ? "length" : "stop";
  }

  outcome(parser: EditParser, signal: AbortSignal): TurnOutcome {
    this.answer += parser.takeProse();
    const result = parser.result();
    const state = this.state(result);
    return {
      state: signal.aborted ? "stopped" : state,
      message: this.message(signal.aborted ? "stopped" : state, result),
      answer: this.answer.trim().slice(0, limits.answerChars),
      result,
      rawOutput: this.rawOutput,
      usage: this.end?.usage ?? null,
      timings: this.timings(),
      failure: this.failure?.code ?? null,
    };
  }

  private state(result: EditResult): TurnOutcome["state"] {
    if (this.failure) return this.rawOutput === "" ? "failed" : "cut";
    if (result.stop === "network" || result.stop === "limit" || result.stop === "length") return "cut";
    return this.rawOutput.trim() === "" ? "failed" : "done";
  }

  private message(state: TurnOutcome["state"], { stop, applied }: EditResult): string | null {
    const after = `Stopped after ${applied.length} ${applied.length === 1 ? "edit" : "edits"}`;
    if (state === "stopped") return `${after}; what was whole is kept.`;
    if (this.failure) return `${state === "cut" ? `${after}. ` : ""}${sentenceOf(this.failure)}`;
    if (stop === "length") return `${after}: the model reached its length limit. Ask it to go on.`;
    if (stop === "limit") return `${after}: the answer reached a limit of Triptych. Ask for smaller steps.`;
    if (stop === "network") return `${after}: the model's answer ended in the middle. Send the prompt again.`;
    return state === "failed"
      ? "The model answered nothing; no file was changed. Say it in other words."
      : null;
  }

  private timings(): Timings {
    const since = (at: number | null) => (at === null ? null : at - this.startedAt);
    return {
      firstTextMs: since(this.firstTextAt),
      firstEditMs: since(this.firstEditAt),
      totalMs: this.now() - this.startedAt,
      tokens: this.end?.usage?.outputTokens ?? this.tokens,
    };
  }
}

/** Drivers throw `ModelFailure`; anything else is a broken driver and is told as a lost connection, with its words. */
function asFailure(error: unknown): ModelFailure {
  const isFailure = error instanceof Error && "code" in error && "retryAfterMs" in error;
  if (isFailure) return error as ModelFailure;
  const detail = error instanceof Error ? error.message : String(error);
  return Object.assign(new Error(detail), {
    code: "cut" as const,
    retryAfterMs: null,
    detail,
    name: "ModelFailure",
  });
}
