/** What a turn is given, what it tells while it runs, and what it ends with. */
import type { DraftFact, TurnUndo } from "#lib/document/edit-session.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import type { EditResult, EditTarget } from "#lib/edit/types.ts";
import type { Model, ModelFact, ModelFailureCode } from "#lib/model/types.ts";
import type { TurnId } from "#lib/project/ids.ts";
import type { RepairNote, Timings, TurnState, Usage } from "#lib/project/rows.ts";
import type { Prompt } from "#lib/prompt/types.ts";

export type TurnProgress = { tokens: number; edits: number; answer: string; firstTextMs: number | null };

export type TurnHooks = {
  /** Text of the model has come; what it does to files follows in the same task. */
  onText?(): void;
  onDraft(facts: DraftFact[]): void;
  onProgress(progress: TurnProgress): void;
  /** What the model's driver tells beside the text, as soon as it is known. */
  onFact?(fact: ModelFact): void;
};

export type TurnOptions = {
  model: Model;
  prompt: Prompt;
  document: VariantDocument;
  turnId: TurnId;
  accepts?: NonNullable<EditTarget["accepts"]>;
  /** Files whose bytes stay as they are, whatever the model writes. */
  locked?: ReadonlySet<string>;
  /** Failed edits are asked for once more: for language models, which can do better the second time. */
  repairs: boolean;
  signal: AbortSignal;
  now: () => number;
  /** When the turn began to run: its times count from here. Behind another turn it waits before that. */
  beganAt: number;
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
  /** Words were given to it that it made room for and never answered: they are to be sent as a new turn. */
  isUnanswered: boolean;
  /** What the provider said when its limit is used up. */
  retryAfterMs: number | null;
  /** The failed edits were asked for once more; null when they were not. */
  repair: RepairNote | null;
  /** Takes the whole turn back, or lets go of what that needs. */
  undo: TurnUndo;
};
