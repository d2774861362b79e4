/** The turns of a room: taken, queued behind a variant that is writing and in their lane, steered, stopped, ended with a commit. */
import type { DraftFact, TurnUndo } from "#lib/document/edit-session.ts";
import type { EditTarget } from "#lib/edit/types.ts";
import type { CommitId, ProjectId, PromptId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Answerer, Turn, Variant } from "#lib/project/rows.ts";
import { buildPrompt } from "#lib/prompt/build-prompt.ts";
import { estimatePrompt } from "#lib/prompt/estimate.ts";
import { lettersMentioned } from "#lib/prompt/mentions.ts";
import type { Prompt, PromptRequest } from "#lib/prompt/types.ts";
import type { Storage } from "#lib/storage/types.ts";
import type { Answering } from "#lib/turn/answering.ts";
import type { Place } from "#lib/turn/lane-queue.ts";
import { limitPauseMs } from "#lib/turn/limit-pause.ts";
import { runTurn } from "#lib/turn/run-turn.ts";
import { overCapWords, tokensOf } from "#lib/turn/spending.ts";
import type { TurnOutcome, TurnProgress } from "#lib/turn/types.ts";
import type { DraftState, Estimate, Taken, TurnWait } from "#lib/wire/events.ts";
import { requestOf } from "./ask.ts";
import type { LiveDocument } from "./live-document.ts";
import { type Extras, type Job, JobQueues, newJob } from "./turn-job.ts";
import { endedTurn, newTurn } from "./turn-rows.ts";

export type TurnRunnerOptions = {
  projectId: ProjectId;
  storage: Storage;
  answering: Answering;
  accepts: NonNullable<EditTarget["accepts"]>;
  now: () => number;
  newId: () => string;
  variant(id: VariantId): Variant;
  variantsOfSet(setNumber: number): Variant[];
  live(id: VariantId): Promise<LiveDocument>;
  /** Tokens of a language model that planning has cost this project. */
  plansSpent(): number;
  /** Its turns may run here: false while another process writes it. At once when it is held already. */
  hold(id: VariantId): Promise<boolean>;
  emit: {
    start(turn: Turn): void;
    change(turn: Turn): void;
    wait(turnId: TurnId, wait: TurnWait | null): void;
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

export type Asked = {
  promptId: PromptId;
  turnIds: ReadonlyMap<VariantId, TurnId>;
  lane: Answerer;
  /** Where it is not the same for all variants. */
  lanes?: ReadonlyMap<VariantId, Answerer>;
  text: string;
  kind: Turn["kind"];
  person: string;
  whileWriting?: "queue" | "steer" | "now";
  extras?(variantId: VariantId): Extras;
};

/** Undo by steps pins the text that was deleted: so many turns of a room can be taken back so. */
const KEPT_UNDOS = 20;
const PROGRESS_MS = 500;
const DIRECTION = /^\s*Direction:\s*([^\n.]{1,40})/;
const CLOSING = {
  state: "cut" as const,
  message: "The server stopped while this was written; what was whole is kept.",
};
const ELSEWHERE = "Another server process writes this variant just now. Send the prompt again in a moment.";
const STEERED = { state: "stopped" as const, message: "Steered: the next turn goes on from here." };

export class TurnRunner {
  readonly turns: Turn[] = [];
  private readonly options: TurnRunnerOptions;
  private readonly jobs = new JobQueues();
  private readonly ended = new Map<Job, Promise<void>>();
  /** Ids of prompts that a running answer took up: sent twice, they are said once. */
  private readonly takenUp = new Map<TurnId, Promise<{ turn: Turn; taken: Taken }>>();
  private readonly undos = new Map<TurnId, TurnUndo>();
  /** Ended turns that are being stored: closing waits for them. */
  private readonly writes = new Set<Promise<void>>();
  /** Their raw text meanwhile, for whoever goes on at once. */
  private readonly outputs = new Map<TurnId, string>();
  private readonly endListeners = new Set<(turn: Turn) => void>();
  private closing = false;

  constructor(options: TurnRunnerOptions, turns: Turn[]) {
    this.options = options;
    this.turns = turns;
    for (const turn of turns) options.answering.record.saw(turn);
  }

  isRunning(variantId: VariantId): boolean {
    return this.jobs.running(variantId) !== null;
  }

  /** Taken, and not ended yet. */
  isPending(turnId: TurnId): boolean {
    return this.turns.some(({ id, state }) => id === turnId && state === "running");
  }

  /** Another turn of the variant than this one is under way. */
  isWaitingOrWriting(variantId: VariantId, besides: TurnId): boolean {
    return this.jobs.of(variantId).some(({ turn }) => turn.id !== besides && turn.state === "running");
  }

  get runningCount(): number {
    return this.jobs.runningCount;
  }

  /** Tokens that this project has used so far: its turns and its plans. */
  get spent(): number {
    const paid = this.turns.filter((turn) => this.costs(turn.lane));
    return paid.reduce((sum, turn) => sum + tokensOf(turn), this.options.plansSpent());
  }

  onEnd(listener: (turn: Turn) => void): () => void {
    this.endListeners.add(listener);
    return () => this.endListeners.delete(listener);
  }

  /** One turn per variant, at once or behind the one that writes. The same ids again give the same turns. */
  start(asked: Asked): Turn[] {
    return [...asked.turnIds].map(([variantId, id]) => {
      const known = this.turns.find((turn) => turn.id === id);
      if (known) return known;
      const job = this.take(asked, variantId, id);
      this.jobs.add(job);
      if (this.jobs.running(variantId) === job) this.run(job);
      else this.tellQueue(variantId);
      return job.turn;
    });
  }

  /** As `start`, and a variant that is being written takes the words as `whileWriting` says. */
  say(asked: Asked): Promise<{ turn: Turn; taken: Taken }[]> {
    return Promise.all([...asked.turnIds].map(([variantId, id]) => this.sayTo(asked, variantId, id)));
  }

  private sayTo(asked: Asked, variantId: VariantId, id: TurnId): Promise<{ turn: Turn; taken: Taken }> {
    const known = this.takenUp.get(id);
    if (known) return known;
    const running = this.jobs.running(variantId);
    const { whileWriting = "queue", person } = asked;
    // A project's first turns belong to whoever comes with it; else one steers only what one has asked for.
    const isMine = running?.person === person || running?.turn.kind === "create";
    const mode = whileWriting === "steer" && !isMine ? "queue" : whileWriting;
    const isKnown = this.turns.some((turn) => turn.id === id);
    if (running && !isKnown && mode !== "queue") {
      const answer = mode === "now" ? this.replace(asked, running, id) : this.steer(asked, running, id);
      this.takenUp.set(id, answer);
      return answer;
    }
    const [turn] = this.start({ ...asked, turnIds: new Map([[variantId, id]]) });
    const taken = running && running.turn.id !== id ? "queued" : "started";
    return Promise.resolve({ turn: turn as Turn, taken });
  }

  /** Into the same answer where the wire can; else it is stopped, and a new turn goes on from its text. */
  private async steer(asked: Asked, running: Job, id: TurnId): Promise<{ turn: Turn; taken: Taken }> {
    const { driver } = this.options.answering.of(running.answerer);
    if (!running.isWriting) {
      this.addWords(running, asked.text);
      return { turn: running.turn, taken: "steered" };
    }
    // The designer has written its page before anyone has steered it: it goes on first.
    if (driver.builtIn) return { turn: this.next(asked, running, id).turn, taken: "queued" };
    const isTaken = (await driver.steer?.(asked.text, running.responseId).catch(() => false)) ?? false;
    if (isTaken && this.jobs.running(running.turn.variantId) === running) {
      running.steered.push(asked.text);
      this.addWords(running, asked.text);
      return { turn: running.turn, taken: "steered" };
    }
    const next = this.next(asked, running, id);
    running.successor = next;
    running.because = STEERED;
    running.abort.abort();
    return { turn: next.turn, taken: "resent" };
  }

  private async replace(asked: Asked, running: Job, id: TurnId): Promise<{ turn: Turn; taken: Taken }> {
    const next = this.next(asked, running, id);
    running.abort.abort();
    return { turn: next.turn, taken: "resent" };
  }

  /** Behind the one that runs, before others that wait. */
  private next(asked: Asked, running: Job, id: TurnId): Job {
    const job = this.take(asked, running.turn.variantId, id);
    this.jobs.addNext(job);
    if (this.jobs.running(running.turn.variantId) === job) this.run(job);
    else this.tellQueue(running.turn.variantId);
    return job;
  }

  private take(asked: Asked, variantId: VariantId, id: TurnId): Job {
    const { promptId, kind, text, person } = asked;
    const lane = asked.lanes?.get(variantId) ?? asked.lane;
    const { name: model } = this.options.answering.of(lane).driver;
    const startedAt = this.options.now();
    const turn = newTurn({ id, promptId, variantId, kind, lane, model, startedAt, text });
    this.turns.push(turn);
    this.options.emit.start(turn);
    return newJob(turn, person, asked.extras?.(variantId) ?? {});
  }

  private addWords(job: Job, text: string): void {
    this.change(job, { prompt: `${job.turn.prompt}\n${text}` });
  }

  private change(job: Job, change: Partial<Turn>): void {
    const at = this.turns.indexOf(job.turn);
    job.turn = { ...job.turn, ...change };
    if (at >= 0) this.turns[at] = job.turn;
    this.options.emit.change(job.turn);
  }

  /** Nothing of the turn is applied after this. False when it is not running or waiting. */
  stop(turnId: TurnId): boolean {
    const job = this.jobs.find(turnId);
    if (!job) return false;
    job.abort.abort();
    if (this.jobs.running(job.turn.variantId) === job) return true;
    this.jobs.remove(job);
    this.endUnbegun(job);
    this.tellQueue(job.turn.variantId);
    return true;
  }

  /** Only what does not write yet can go to another lane. */
  switchLane(turnId: TurnId, lane: Answerer): boolean {
    const job = this.jobs.find(turnId);
    if (!job || job.isWriting) return false;
    job.answerer = lane;
    this.change(job, { lane, model: this.options.answering.of(lane).driver.name });
    job.moving.abort();
    return true;
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
    return [...(this.jobs.running(variantId)?.drafts.values() ?? [])];
  }

  /** What the model wrote, all of it. */
  async outputOf(turnId: TurnId): Promise<string | null> {
    return this.outputs.get(turnId) ?? this.options.storage.readTurnOutput(turnId);
  }

  waits(): [TurnId, TurnWait][] {
    return this.jobs.all().flatMap(({ turn, wait }) => (wait ? [[turn.id, wait] as [TurnId, TurnWait]] : []));
  }

  /** Ends every turn; what was whole stays. */
  async close(): Promise<void> {
    this.closing = true;
    this.jobs.keepRunning();
    for (const job of this.jobs.all()) {
      job.because = CLOSING;
      job.abort.abort();
    }
    await Promise.all(this.ended.values());
    await Promise.all(this.writes);
  }

  /** What a prompt would cost at most; the built-in designer costs nothing. */
  async estimate(asked: Pick<Asked, "lane" | "text">, variantIds: VariantId[]): Promise<Estimate> {
    const costs = this.costs(asked.lane);
    const { spending } = this.options.answering;
    const sum = { inputTokens: 0, outputTokens: 0 };
    for (const variantId of costs ? variantIds : []) {
      const turn = newTurn({
        ...{ id: "" as TurnId, promptId: "" as PromptId, model: "", startedAt: 0 },
        ...{ variantId, kind: "prompt", lane: asked.lane, text: asked.text },
      });
      const live = await this.options.live(variantId);
      const cost = this.costOf(asked.lane, this.promptOf(turn, asked.lane, {}, live));
      sum.inputTokens += cost.inputTokens;
      sum.outputTokens += cost.outputTokens;
    }
    const { hour, project } = spending.left(this.spent);
    const left = [hour, project].filter((each) => each !== null);
    return { costs, ...sum, turns: variantIds.length, left: left.length > 0 ? Math.min(...left) : null };
  }

  /** A sentence when a cap of this server's owner does not allow it. */
  async overCap(asked: Pick<Asked, "lane" | "text">, variantIds: VariantId[]): Promise<string | null> {
    if (!this.options.answering.spending.hasCaps || !this.costs(asked.lane)) return null;
    const { inputTokens, outputTokens, turns } = await this.estimate(asked, variantIds);
    const over = this.options.answering.spending.check(inputTokens + outputTokens, turns, this.spent);
    return over && overCapWords(over);
  }

  private costs(answerer: Answerer): boolean {
    return !this.options.answering.of(answerer).driver.builtIn;
  }

  private run(job: Job): void {
    // Stored beside the first request to the model, not before it.
    const stored = this.options.storage
      .startTurn(job.turn)
      .catch((error: unknown) => this.options.onError("storing a turn", error));
    const ended = this.perform(job, stored)
      .catch((error: unknown) => this.break(job, error))
      .finally(() => {
        this.jobs.remove(job);
        this.ended.delete(job);
        const next = this.jobs.running(job.turn.variantId);
        if (next && !this.closing) this.run(next);
        this.tellQueue(job.turn.variantId);
      });
    this.ended.set(job, ended);
  }

  /** A place in its lane, an answer; once more after a pause when the provider's limit was used up before it began. */
  private async perform(job: Job, stored: Promise<void>): Promise<void> {
    const { answering, now } = this.options;
    if (!(await this.options.hold(job.turn.variantId))) return this.refuse(job, ELSEWHERE);
    for (let pauses = 0; ; pauses++) {
      const place = await this.placeFor(job, pauses > 0);
      if (!place) return this.endUnbegun(job);
      const overCap = await this.overCap({ lane: job.answerer, text: job.turn.prompt }, [job.turn.variantId]);
      if (overCap) {
        place.release();
        return this.refuse(job, `Your own cap does not allow this turn; nothing was sent. ${overCap}`);
      }
      const { queue } = answering.of(job.answerer);
      const outcome = await this.answer(job, stored).finally(place.release);
      const pauseMs = job.abort.signal.aborted ? null : limitPauseMs(outcome, pauses, job.turn.id);
      if (pauseMs === null) return this.end(job, outcome);
      outcome.undo.forget();
      queue.pause(now() + pauseMs);
    }
  }

  /** Null: it was stopped before there was one. */
  private async placeFor(job: Job, first: boolean): Promise<Place | null> {
    while (!job.abort.signal.aborted) {
      job.moving = new AbortController();
      const place = await this.options.answering.of(job.answerer).queue.enter({
        person: job.person,
        first,
        signal: AbortSignal.any([job.abort.signal, job.moving.signal]),
        onWait: ({ ahead, pausedUntil }) =>
          this.tellWait(
            job,
            pausedUntil === null ? { for: "lane", ahead } : { for: "limit", until: pausedUntil },
          ),
      });
      if (!place) continue;
      job.isWriting = true;
      this.tellWait(job, null);
      return place;
    }
    return null;
  }

  private async answer(job: Job, stored: Promise<void>): Promise<TurnOutcome & { beganAt: number }> {
    const { options } = this;
    const { driver } = options.answering.of(job.answerer);
    const beganAt = options.now();
    const live = await options.live(job.turn.variantId);
    // What people wrote until now is not the turn's: going back before it keeps their text.
    const before = live.commit(options.newId() as CommitId, "person", null, options.now());
    const extras = { ...job.extras, ...(await this.othersOf(job.turn)) };
    const prompt = this.promptOf(job.turn, job.answerer, extras, live);
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
        onProgress: this.progressOf(job.turn, beganAt),
      },
    });
    job.isWriting = false;
    this.measure(job, prompt, outcome);
    await Promise.all([stored, before]);
    return { ...outcome, beganAt };
  }

  private measure({ answerer }: Job, prompt: Prompt, { usage, timings, rawOutput }: TurnOutcome): void {
    const { spending, record, of } = this.options.answering;
    const { driver } = of(answerer);
    if (driver.builtIn || rawOutput === "") return;
    const estimated = this.costOf(answerer, prompt).inputTokens;
    spending.spent((usage?.inputTokens ?? estimated) + (usage?.outputTokens ?? timings.tokens));
    if (usage?.inputTokens) {
      const bytes = estimatePrompt(prompt, 1).inputTokens;
      record.sawTokens(driver.name, bytes, usage.inputTokens);
    }
  }

  private async end(job: Job, outcome: TurnOutcome & { beganAt: number }): Promise<void> {
    const { options } = this;
    const live = await options.live(job.turn.variantId);
    this.keepUndo(job.turn.id, outcome.undo);
    const commitId = await live.commit(options.newId() as CommitId, "model", job.turn.id, options.now());
    options.emit.committed(job.turn.variantId, commitId);
    const ended = endedTurn(job.turn, outcome, commitId, job.because, options.now());
    const waitedMs = outcome.beganAt - job.turn.startedAt;
    this.finish(job, { ...ended, timings: { ...outcome.timings, waitedMs } }, outcome.rawOutput);
    if (job.successor) job.successor.extras = { ...job.successor.extras, soFar: outcome.rawOutput };
    else if (outcome.isUnanswered && job.steered.length > 0) this.sendUnanswered(job, outcome.rawOutput);
  }

  /** The provider made room for words and then never answered them: they are a turn of their own. */
  private sendUnanswered(job: Job, soFar: string): void {
    const { promptId, variantId, lane } = job.turn;
    const text = job.steered.join("\n");
    const asked: Asked = {
      ...{ promptId, lane, text, kind: "prompt", person: job.person, turnIds: new Map() },
      extras: () => ({ ...job.extras, soFar }),
    };
    this.jobs.addNext(this.take(asked, variantId, this.options.newId() as TurnId));
  }

  private refuse(job: Job, message: string): void {
    this.finish(job, { ...job.turn, state: "failed", message, endedAt: this.options.now() }, "");
  }

  private endUnbegun(job: Job): void {
    const stopped = { state: "stopped" as const, message: "Stopped before it began.", ...job.because };
    this.finish(job, { ...job.turn, ...stopped, endedAt: this.options.now() }, "");
  }

  private promptOf(turn: Turn, answerer: Answerer, extras: Extras, live: LiveDocument): Prompt {
    const { answering } = this.options;
    const { driver, inputTokens } = answering.of(answerer);
    const format = answering.record.formatOf(driver.name);
    return buildPrompt(this.requestOf(turn, extras, live), { format, inputTokens });
  }

  /** The variants of its set that the words speak of, as they are now. */
  private async othersOf({ variantId, prompt }: Turn): Promise<Extras> {
    const letters = lettersMentioned(prompt);
    const { variant, variantsOfSet, live } = this.options;
    const meant = variantsOfSet(variant(variantId).setNumber).filter(
      ({ id, letter }) => id !== variantId && letters.includes(letter),
    );
    if (meant.length === 0) return {};
    const files = await Promise.all(meant.map(async ({ id }) => (await live(id)).document.files()));
    return { others: meant.map(({ letter }, index) => ({ letter, files: files[index] ?? new Map() })) };
  }

  private requestOf(turn: Turn, extras: Extras, live: LiveDocument): PromptRequest {
    const { projectId, variant, variantsOfSet } = this.options;
    const of = variant(turn.variantId);
    const count = variantsOfSet(of.setNumber).length;
    return requestOf({ turn, turns: this.turns, variant: of, count, projectId, extras, live });
  }

  private costOf(answerer: Answerer, prompt: Prompt): { inputTokens: number; outputTokens: number } {
    const { record, of } = this.options.answering;
    return estimatePrompt(prompt, record.bytesPerToken(of(answerer).driver.name));
  }

  private progressOf(turn: Turn, beganAt: number): (progress: TurnProgress) => void {
    const { now, emit } = this.options;
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

  private tellWait(job: Job, wait: TurnWait | null): void {
    if (JSON.stringify(job.wait) === JSON.stringify(wait)) return;
    job.wait = wait;
    this.options.emit.wait(job.turn.id, wait);
  }

  private tellQueue(variantId: VariantId): void {
    this.jobs.of(variantId).forEach((job, ahead) => {
      if (ahead > 0) this.tellWait(job, { for: "variant", ahead });
    });
  }

  /** Our own mistake, not the model's: said, logged, and the files stay as they are. */
  private break(job: Job, error: unknown): void {
    this.options.onError("a turn", error);
    const message = "Something went wrong on the server; what was whole is kept. Send the prompt again.";
    this.finish(job, { ...job.turn, state: "failed", message, endedAt: this.options.now() }, "");
  }

  private finish(job: Job, turn: Turn, rawOutput: string): void {
    job.turn = turn;
    this.tellWait(job, null);
    const at = this.turns.findIndex((each) => each.id === turn.id);
    this.turns[at] = turn;
    this.options.answering.record.saw(turn);
    const write: Promise<void> = this.options.storage
      .endTurn(turn, rawOutput)
      .catch((error: unknown) => this.options.onError("storing a turn", error))
      .finally(() => {
        this.writes.delete(write);
        this.outputs.delete(turn.id);
      });
    this.writes.add(write);
    this.outputs.set(turn.id, rawOutput);
    this.options.emit.end(turn);
    for (const listener of this.endListeners) listener(turn);
  }
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
