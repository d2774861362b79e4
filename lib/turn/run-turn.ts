/**
 * One prompt on one variant: model → edits → document. The whole server flow in one function; everything hangs off it.
 * The turn ends by itself, is stopped, is cut, or reaches a cap; in each case the files are whole and the raw text is kept.
 */
import type { DraftFact, EditSession, TurnUndo } from "#lib/document/edit-session.ts";
import { openEditSession } from "#lib/document/edit-session.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import { createEditParser } from "#lib/edit/parser.ts";
import type { Edit, EditParser, EditResult, EditTarget, StopReason } from "#lib/edit/types.ts";
import { sentenceOf } from "#lib/model/sentences.ts";
import type { Model, ModelFact, ModelFailure, ModelFailureCode } from "#lib/model/types.ts";
import type { TurnId } from "#lib/project/ids.ts";
import { limits } from "#lib/project/limits.ts";
import type { RepairNote, Timings, TurnState, Usage } from "#lib/project/rows.ts";
import { buildRepair } from "#lib/prompt/build-repair.ts";
import type { Prompt } from "#lib/prompt/types.ts";

export type TurnProgress = { tokens: number; edits: number; answer: string; firstTextMs: number | null };

export type TurnHooks = {
  /** Text of the model has come; what it does to files follows in the same task. */
  onText?(): void;
  onDraft(facts: DraftFact[]): void;
  onProgress(progress: TurnProgress): void;
};

export type TurnOptions = {
  model: Model;
  prompt: Prompt;
  document: VariantDocument;
  turnId: TurnId;
  accepts?: NonNullable<EditTarget["accepts"]>;
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
  /** The failed edits were asked for once more; null when they were not. */
  repair: RepairNote | null;
  /** Takes the whole turn back, or lets go of what that needs. */
  undo: TurnUndo;
};

const CHARS_PER_TOKEN = 4;
/** Between the two answers in a turn's raw output. */
const REPAIR_MARK = "\n\n[Triptych asked for the failed edits again]\n\n";

export async function runTurn(options: TurnOptions): Promise<TurnOutcome> {
  const session = openEditSession(options.document, { kind: "model", turnId: options.turnId });
  const log = new TurnLog(options.now, options.beganAt);
  const result = await answer(options, session, log, options.prompt);
  const repair = mayRepair(options, log, result) ? await repairOnce(options, session, result) : null;
  return { ...log.outcome(repair?.result ?? result, options.signal, repair), undo: session.close() };
}

/** One answer of the model, applied while it arrives. */
async function answer(
  options: TurnOptions,
  session: EditSession,
  log: TurnLog,
  prompt: Prompt,
): Promise<EditResult> {
  const { model, document, signal, hooks } = options;
  const parser = createEditParser(targetOf(document, session, log.firstId, options.accepts));
  const apply = (edits: ReturnType<EditParser["push"]>) => {
    for (const edit of edits) {
      const facts = session.apply({ ...edit, id: edit.id + log.firstId });
      log.sawEdit(edit);
      if (facts.length > 0) hooks.onDraft(facts);
    }
  };
  try {
    for await (const text of model(prompt, signal, log.note)) {
      if (signal.aborted) break;
      hooks.onText?.();
      log.sawText(text);
      apply(parser.push(text));
      log.answer += parser.takeProse();
      hooks.onProgress(log.progress());
      if (log.isOverLimit()) break;
    }
  } catch (error) {
    log.failure = asFailure(error);
  }
  // A stopped turn changes nothing more: what is open is taken back, not finished.
  if (signal.aborted) hooks.onDraft(session.abandon("stopped"));
  apply(parser.end(log.stopReason(signal)));
  hooks.onDraft(session.abandon("cut"));
  log.answer += parser.takeProse();
  return parser.result();
}

/** Only what failed in an answer that ended by itself; never after a stop, a limit or a lost connection (edits.md §9). */
function mayRepair({ signal, repairs }: TurnOptions, log: TurnLog, { stop, failed }: EditResult): boolean {
  return repairs && !signal.aborted && log.failure === null && stop === "stop" && failed.length > 0;
}

export type Repair = { result: EditResult; asked: number; log: TurnLog };

/** Asks once more, for the failed edits alone. What fails again stays failed: it is never asked a third time. */
async function repairOnce(options: TurnOptions, session: EditSession, first: EditResult): Promise<Repair> {
  const lastId = Math.max(...[...first.applied, ...first.failed].map(({ id }) => id));
  const log = new TurnLog(options.now, options.now(), lastId);
  const prompt = buildRepair(options.prompt, first.failed, (path) => options.document.read(path));
  const second = await answer(options, session, log, prompt);
  const mended = new Set(second.applied.map(({ path }) => path));
  const stillFailed = first.failed.filter(({ path }) => path === null || !mended.has(path));
  const result = {
    ...first,
    applied: [...first.applied, ...second.applied],
    failed: [...stillFailed, ...second.failed.filter(({ path }) => path !== null && mended.has(path))],
    warnings: [...first.warnings, ...second.warnings],
  };
  return { result, asked: first.failed.length, log };
}

function targetOf(
  document: VariantDocument,
  session: EditSession,
  firstId: number,
  accepts: EditTarget["accepts"],
): EditTarget {
  return {
    read: (path) => document.read(path),
    paths: () => document.paths(),
    region: (id) => session.region(id + firstId),
    fits: (path, chars) => fits(document, path, chars),
    ...(accepts ? { accepts } : {}),
  };
}

/** A file, and all files of a variant together, stay below their limits; characters are counted as bytes. */
function fits(document: VariantDocument, path: string, chars: number): boolean {
  const others = document.paths().filter((each) => each !== path);
  if (chars > limits.fileBytes || others.length >= limits.filesPerVariant) return false;
  const total = others.reduce((sum, each) => sum + (document.read(each)?.length ?? 0), chars);
  return total <= limits.variantBytes;
}

/** What one answer has shown so far. Edits of a repair are numbered behind those of the first answer. */
class TurnLog {
  readonly firstId: number;
  answer = "";
  edits = 0;
  failure: ModelFailure | null = null;
  rawOutput = "";
  private readonly startedAt: number;
  private readonly now: () => number;
  private firstTextAt: number | null = null;
  private firstEditAt: number | null = null;
  end: Extract<ModelFact, { type: "end" }> | null = null;

  constructor(now: () => number, startedAt: number, firstId = 0) {
    this.firstId = firstId;
    this.now = now;
    this.startedAt = startedAt;
  }

  readonly note = (fact: ModelFact): void => {
    if (fact.type === "end") this.end = fact;
  };

  get tokens(): number {
    return Math.round(this.rawOutput.length / CHARS_PER_TOKEN);
  }

  progress(): TurnProgress {
    const { tokens, edits, answer, firstTextMs } = this;
    return { tokens, edits, answer, firstTextMs };
  }

  private get firstTextMs(): number | null {
    return this.since(this.firstTextAt);
  }

  private since(at: number | null): number | null {
    return at === null ? null : at - this.startedAt;
  }

  sawText(text: string): void {
    this.firstTextAt ??= this.now();
    this.rawOutput += text;
  }

  sawEdit({ type }: Edit): void {
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

  outcome(result: EditResult, { aborted }: AbortSignal, repair: Repair | null): Omit<TurnOutcome, "undo"> {
    const state = this.state(result);
    return {
      state: aborted ? "stopped" : state,
      message: this.message(aborted ? "stopped" : state, result),
      answer: this.answer.trim().slice(0, limits.answerChars),
      result,
      rawOutput: this.rawOutput + (repair ? `${REPAIR_MARK}${repair.log.rawOutput}` : ""),
      usage: sum(this.end?.usage, repair?.log.end?.usage),
      timings: this.timings(repair),
      repair: repair
        ? { asked: repair.asked, mended: repair.asked - result.failed.length, tokens: repair.log.tokens }
        : null,
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

  private timings(repair: Repair | null): Timings {
    return {
      firstTextMs: this.firstTextMs,
      firstEditMs: this.since(this.firstEditAt),
      totalMs: this.now() - this.startedAt,
      tokens: (this.end?.usage?.outputTokens ?? this.tokens) + (repair?.log.tokens ?? 0),
    };
  }
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
