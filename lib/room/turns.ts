/** The turns of a room: started, queued behind a variant that is writing, stopped, ended with a commit. */
import type { DraftFact, TurnUndo } from "#lib/document/edit-session.ts";
import type { EditTarget } from "#lib/edit/types.ts";
import type { Lanes } from "#lib/model/types.ts";
import type { CommitId, ProjectId, PromptId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Lane, Turn, Variant } from "#lib/project/rows.ts";
import { buildPrompt } from "#lib/prompt/build-prompt.ts";
import type { PromptRequest } from "#lib/prompt/types.ts";
import type { Storage } from "#lib/storage/types.ts";
import { runTurn } from "#lib/turn/run-turn.ts";
import type { TurnOutcome, TurnProgress } from "#lib/turn/types.ts";
import type { DraftState } from "#lib/wire/events.ts";
import type { LiveDocument } from "./live-document.ts";

export type TurnRunnerOptions = {
  projectId: ProjectId;
  storage: Storage;
  lanes: Lanes;
  accepts: NonNullable<EditTarget["accepts"]>;
  now: () => number;
  newCommitId: () => CommitId;
  variant(id: VariantId): Variant;
  variantsOfSet(setNumber: number): Variant[];
  live(id: VariantId): Promise<LiveDocument>;
  emit: {
    start(turn: Turn): void;
    /** Text of a model has come: what is emitted in this task stems from it. */
    text(): void;
    progress(progress: {
      turnId: TurnId;
      tokens: number;
      edits: number;
      tokensPerSecond: number;
      firstTextMs: number | null;
      answer: string;
    }): void;
    end(turn: Turn): void;
    drafts(slot: number, turnId: TurnId, facts: DraftFact[]): void;
    committed(variantId: VariantId, commitId: CommitId): void;
    named(variantId: VariantId, name: string): void;
  };
  onError(what: string, error: unknown): void;
};

type Running = { turn: Turn; abort: AbortController; ended: Promise<void>; drafts: Map<number, DraftState> };

/** Undo by steps pins the text that was deleted: so many turns of a room can be taken back so. */
const KEPT_UNDOS = 20;
const MAX_WARNINGS = 20;
const PROGRESS_MS = 500;
const DIRECTION = /^\s*Direction:\s*([^\n.]{1,40})/;

export class TurnRunner {
  readonly turns: Turn[] = [];
  private readonly options: TurnRunnerOptions;
  private readonly running = new Map<VariantId, Running>();
  private readonly queues = new Map<VariantId, Turn[]>();
  private readonly undos = new Map<TurnId, TurnUndo>();
  /** Ended turns that are being stored: closing waits for them. */
  private readonly writes = new Set<Promise<void>>();
  private closing = false;

  constructor(options: TurnRunnerOptions, turns: Turn[]) {
    this.options = options;
    this.turns = turns;
  }

  isRunning(variantId: VariantId): boolean {
    return this.running.has(variantId);
  }

  get runningCount(): number {
    return this.running.size;
  }

  /** One turn per variant, at once or behind the one that writes. The same ids again give the same turns. */
  start(prompt: {
    promptId: PromptId;
    turnIds: Map<VariantId, TurnId>;
    lane: Lane;
    text: string;
    kind: Turn["kind"];
  }): Turn[] {
    return [...prompt.turnIds].map(([variantId, id]) => {
      const known = this.turns.find((turn) => turn.id === id);
      if (known) return known;
      const { name } = this.options.lanes[prompt.lane];
      const turn = newTurn({ ...prompt, id, variantId, model: name, startedAt: this.options.now() });
      this.turns.push(turn);
      this.options.emit.start(turn);
      if (this.running.has(variantId))
        this.queues.set(variantId, [...(this.queues.get(variantId) ?? []), turn]);
      else this.run(turn);
      return turn;
    });
  }

  /** Nothing of the turn is applied after this. False when it is not running or waiting. */
  stop(turnId: TurnId): boolean {
    const running = [...this.running.values()].find(({ turn }) => turn.id === turnId);
    if (running) {
      running.abort.abort();
      return true;
    }
    for (const [variantId, queue] of this.queues) {
      const waiting = queue.find((turn) => turn.id === turnId);
      if (!waiting) continue;
      this.queues.set(
        variantId,
        queue.filter((turn) => turn !== waiting),
      );
      this.finish(
        { ...waiting, state: "stopped", message: "Stopped before it began.", endedAt: this.options.now() },
        "",
      );
      return true;
    }
    return false;
  }

  /** Takes a turn back by its own steps. False when they are not known any more: a restart, or long ago. */
  undo(turnId: TurnId): boolean {
    const known = this.undos.get(turnId);
    known?.undo();
    known?.forget();
    return this.undos.delete(turnId);
  }

  private keepUndo(turnId: TurnId, undo: TurnUndo): void {
    this.undos.set(turnId, undo);
    const [oldest] = this.undos;
    if (this.undos.size <= KEPT_UNDOS || !oldest) return;
    oldest[1].forget();
    this.undos.delete(oldest[0]);
  }

  /** What a late joiner needs of the drafts that are open now. */
  draftsOf(variantId: VariantId): DraftState[] {
    return [...(this.running.get(variantId)?.drafts.values() ?? [])];
  }

  /** Ends every turn; what was whole stays. */
  async close(): Promise<void> {
    this.closing = true;
    this.queues.clear();
    for (const { abort } of this.running.values()) abort.abort();
    await Promise.all([...this.running.values()].map(({ ended }) => ended));
    await Promise.all(this.writes);
  }

  private run(turn: Turn): void {
    const abort = new AbortController();
    const drafts = new Map<number, DraftState>();
    const ended = this.perform(turn, abort.signal, drafts)
      .catch((error: unknown) => this.break(turn, error))
      .finally(() => {
        this.running.delete(turn.variantId);
        const [next, ...rest] = this.queues.get(turn.variantId) ?? [];
        this.queues.set(turn.variantId, rest);
        if (next && !this.closing) this.run(next);
      });
    this.running.set(turn.variantId, { turn, abort, ended, drafts });
  }

  private async perform(turn: Turn, signal: AbortSignal, drafts: Map<number, DraftState>): Promise<void> {
    const { options } = this;
    const beganAt = options.now();
    // Stored beside the first request to the model, not before it.
    const stored = options.storage
      .startTurn(turn)
      .catch((error: unknown) => options.onError("storing a turn", error));
    const live = await options.live(turn.variantId);
    // What people wrote until now is not the turn's: going back before it keeps their text.
    const before = live.commit(options.newCommitId(), "person", null, options.now());
    const outcome = await runTurn({
      model: options.lanes[turn.lane as Lane].model,
      prompt: buildPrompt(this.requestOf(turn, live)),
      document: live.document,
      turnId: turn.id,
      accepts: options.accepts,
      repairs: !options.lanes[turn.lane as Lane].builtIn,
      signal,
      now: options.now,
      beganAt,
      hooks: {
        onText: options.emit.text,
        onDraft: (facts) => {
          for (const fact of facts) keepDraft(drafts, turn.id, fact);
          options.emit.drafts(live.slot, turn.id, facts);
        },
        onProgress: this.progressOf(turn, beganAt),
      },
    });
    await Promise.all([stored, before]);
    this.keepUndo(turn.id, outcome.undo);
    const commitId = await live.commit(options.newCommitId(), "model", turn.id, options.now());
    options.emit.committed(turn.variantId, commitId);
    const ended = endedTurn(turn, outcome, commitId, this.closing, options.now());
    this.finish(
      { ...ended, timings: { ...outcome.timings, waitedMs: beganAt - turn.startedAt } },
      outcome.rawOutput,
    );
  }

  private requestOf(turn: Turn, live: LiveDocument): PromptRequest {
    const variant = this.options.variant(turn.variantId);
    const before = this.turns.filter(
      (each) => each.variantId === turn.variantId && each !== turn && each.endedAt !== null,
    );
    return {
      text: turn.prompt,
      kind: turn.kind === "create" ? "create" : "change",
      files: live.document.files(),
      letter: variant.letter,
      position: variant.position,
      variantCount: this.options.variantsOfSet(variant.setNumber).length,
      seed: this.options.projectId,
      history: before.map(({ prompt, answer, state }) => ({
        prompt,
        result: answer.split("\n")[0] || state,
      })),
    };
  }

  private progressOf(turn: Turn, beganAt: number): (progress: TurnProgress) => void {
    const { now, emit } = this.options;
    let toldAt = now();
    let isNamed = turn.kind !== "create";
    return ({ tokens, edits, answer, firstTextMs }) => {
      const name = isNamed ? undefined : DIRECTION.exec(answer)?.[1]?.trim();
      if (name) {
        isNamed = true;
        emit.named(turn.variantId, name);
      }
      if (now() - toldAt < PROGRESS_MS) return;
      toldAt = now();
      // The speed of writing: waiting behind another turn, and for the first text, is told on its own.
      const writingMs = Math.max(1, toldAt - beganAt - (firstTextMs ?? 0));
      const tokensPerSecond = Math.round((tokens * 1_000) / writingMs);
      const said = answer.slice(0, 500);
      emit.progress({ turnId: turn.id, tokens, edits, tokensPerSecond, firstTextMs, answer: said });
    };
  }

  /** Our own mistake, not the model's: said, logged, and the files stay as they are. */
  private break(turn: Turn, error: unknown): void {
    this.options.onError("a turn", error);
    const message = "Something went wrong on the server; what was whole is kept. Send the prompt again.";
    this.finish({ ...turn, state: "failed", message, endedAt: this.options.now() }, "");
  }

  private finish(turn: Turn, rawOutput: string): void {
    const at = this.turns.findIndex((each) => each.id === turn.id);
    this.turns[at] = turn;
    const write: Promise<void> = this.options.storage
      .endTurn(turn, rawOutput)
      .catch((error: unknown) => this.options.onError("storing a turn", error))
      .finally(() => this.writes.delete(write));
    this.writes.add(write);
    this.options.emit.end(turn);
  }
}

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

function endedTurn(
  turn: Turn,
  outcome: TurnOutcome,
  commitId: CommitId,
  closing: boolean,
  now: number,
): Turn {
  const { state, message, answer, result, usage, timings, repair } = outcome;
  return {
    ...turn,
    state: closing && state === "stopped" ? "cut" : state,
    message:
      closing && state === "stopped"
        ? "The server stopped while this was written; what was whole is kept."
        : message,
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
