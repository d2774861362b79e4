/** What one answer has shown so far: its text, its times, how it ended. Edits of a repair are numbered behind the first ones. */
import type { Edit, StopReason } from "#lib/edit/types.ts";
import type { ModelFact, ModelFailure } from "#lib/model/types.ts";
import { type AnswerCaps, createAnswerCaps } from "./answer-caps.ts";
import type { TurnProgress } from "./types.ts";

const CHARS_PER_TOKEN = 4;

export class TurnLog {
  readonly firstId: number;
  answer = "";
  /** Words behind it that most likely belong to it. */
  heldAnswer = "";
  edits = 0;
  failure: ModelFailure | null = null;
  rawOutput = "";
  end: Extract<ModelFact, { type: "end" }> | null = null;
  readonly steeredAtMs: number[] = [];
  private readonly startedAt: number;
  private readonly now: () => number;
  private readonly caps: AnswerCaps = createAnswerCaps();
  private firstTextAt: number | null = null;
  private firstEditAt: number | null = null;
  /** Of the response that is written now; a steered one has a successor. */
  responseId: string | null = null;
  private starts = 0;
  private isSteered = false;

  constructor(now: () => number, startedAt: number, firstId = 0) {
    this.firstId = firstId;
    this.now = now;
    this.startedAt = startedAt;
  }

  readonly note = (fact: ModelFact): void => {
    if (fact.type === "end") this.end = fact;
    if (fact.type !== "start") return;
    this.responseId = fact.responseId ?? null;
    if (++this.starts === 1) return;
    this.isSteered = true;
    this.steeredAtMs.push(this.totalMs);
  };

  /** Once for each time: the text that comes next answers what a person said meanwhile. */
  takeSteered(): boolean {
    const was = this.isSteered;
    this.isSteered = false;
    return was;
  }

  get tokens(): number {
    return Math.round(this.rawOutput.length / CHARS_PER_TOKEN);
  }

  get totalMs(): number {
    return this.now() - this.startedAt;
  }

  get firstTextMs(): number | null {
    return this.since(this.firstTextAt);
  }

  get firstEditMs(): number | null {
    return this.since(this.firstEditAt);
  }

  progress(): TurnProgress {
    const { tokens, edits, answer, heldAnswer, firstTextMs } = this;
    return { tokens, edits, answer: answer + heldAnswer, firstTextMs };
  }

  sawText(text: string): void {
    this.firstTextAt ??= this.now();
    this.rawOutput += text;
    this.caps.sawText(text);
  }

  sawEdit({ type }: Edit): void {
    this.firstEditAt ??= this.now();
    if (type === "end") this.edits++;
  }

  /** The cap that the answer reached; null while all is well. */
  capReached(): string | null {
    return this.caps.reached({ edits: this.edits, ms: this.totalMs });
  }

  isOverCap(): boolean {
    return this.capReached() !== null;
  }

  stopReason(signal: AbortSignal): StopReason {
    if (signal.aborted) return "user";
    if (this.failure || this.end?.reason === "incomplete") return "network";
    if (this.isOverCap()) return "limit";
    return this.end?.reason === "length" ? "length" : "stop";
  }

  private since(at: number | null): number | null {
    return at === null ? null : at - this.startedAt;
  }
}

/** Drivers throw `ModelFailure`; anything else is a broken driver and is told as a lost connection, with its words. */
export function asFailure(error: unknown): ModelFailure {
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
