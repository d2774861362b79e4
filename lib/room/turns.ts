/** The turns of a room: taken, queued behind a variant that is writing, run, stopped, ended with a commit. */
import { setImmediate } from "node:timers/promises";
import type { CommitId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Answerer, Turn } from "#lib/project/rows.ts";
import { limitPauseMs } from "#lib/turn/limit-pause.ts";
import type { DraftState, TurnWait } from "#lib/wire/events.ts";
import { type AnsweredTurn, answerTurn } from "./answer-turn.ts";
import { KeptUndos } from "./kept-undos.ts";
import { type Said, Steering } from "./steering.ts";
import { TurnCosts } from "./turn-costs.ts";
import { TurnEnds } from "./turn-ends.ts";
import { type Job, JobQueues, newJob, withPicked } from "./turn-job.ts";
import type { Asked, TurnRunnerOptions } from "./turn-options.ts";
import { endedTurn, newTurn } from "./turn-rows.ts";
import { TurnWaits } from "./turn-waits.ts";

const CLOSING = {
  state: "cut" as const,
  message: "The server stopped while this was written; what was whole is kept.",
};
const ELSEWHERE = "Another server process writes this variant just now. Send the prompt again in a moment.";

export class TurnRunner {
  readonly turns: Turn[] = [];
  private readonly options: TurnRunnerOptions;
  private readonly jobs = new JobQueues();
  private readonly ended = new Map<Job, Promise<void>>();
  private readonly steering: Steering;
  private readonly waiting: TurnWaits;
  private readonly undos = new KeptUndos();
  private readonly ends: TurnEnds;
  private readonly endListeners = new Set<(turn: Turn) => void>();
  readonly costs: TurnCosts;
  private closing = false;

  constructor(options: TurnRunnerOptions, turns: Turn[]) {
    this.options = options;
    this.turns = turns;
    this.costs = new TurnCosts(options, turns);
    this.ends = new TurnEnds(options);
    this.waiting = new TurnWaits(options);
    this.steering = new Steering(options, this.jobs, {
      isKnown: (id) => this.turns.some((turn) => turn.id === id),
      start: (asked) => this.start(asked),
      next: (asked, running, id) => this.next(asked, running, id),
      addWords: (job, text) => this.change(job, { prompt: `${job.turn.prompt}\n${text}` }),
    });
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
      else this.waiting.tellQueue(this.jobs.of(variantId));
      return job.turn;
    });
  }

  /** As `start`, and a variant that is being written takes the words as `whileWriting` says. */
  say(asked: Asked): Promise<Said[]> {
    return this.steering.say(asked);
  }

  /** Behind the one that runs, before others that wait. */
  private next(asked: Asked, running: Job, id: TurnId): Job {
    const job = this.take(asked, running.turn.variantId, id);
    this.jobs.addNext(job);
    if (this.jobs.running(running.turn.variantId) === job) this.run(job);
    else this.waiting.tellQueue(this.jobs.of(running.turn.variantId));
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
    return newJob(turn, person, withPicked(asked.extras?.(variantId) ?? {}, asked.picked));
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
    this.waiting.tellQueue(this.jobs.of(job.turn.variantId));
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
    return this.undos.undo(turnId);
  }

  /** What a late joiner needs of the drafts that are open now. */
  draftsOf(variantId: VariantId): DraftState[] {
    return [...(this.jobs.running(variantId)?.drafts.values() ?? [])];
  }

  outputOf(turnId: TurnId): Promise<string | null> {
    return this.ends.outputOf(turnId);
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
    await this.ends.settled();
  }

  private run(job: Job): void {
    const ended = this.perform(job)
      .catch((error: unknown) => this.break(job, error))
      .finally(() => {
        this.jobs.remove(job);
        this.ended.delete(job);
        const next = this.jobs.running(job.turn.variantId);
        if (next && !this.closing) this.run(next);
        this.waiting.tellQueue(this.jobs.of(job.turn.variantId));
      });
    this.ended.set(job, ended);
  }

  /** A place in its lane, an answer; once more after a pause when the provider's limit was used up before it began. */
  private async perform(job: Job): Promise<void> {
    const { answering, now } = this.options;
    if (!(await this.options.hold(job.turn.variantId))) return this.refuse(job, ELSEWHERE);
    const stored = this.store(job);
    for (let pauses = 0; ; pauses++) {
      const place = await this.waiting.placeFor(job, pauses > 0);
      if (!place) return this.endUnbegun(job);
      const overCap = await this.costs.overCap({ lane: job.answerer, text: job.turn.prompt }, [
        job.turn.variantId,
      ]);
      if (overCap) {
        place.release();
        return this.refuse(job, `Your own cap does not allow this turn; nothing was sent. ${overCap}`);
      }
      const { queue } = answering.of(job.answerer);
      const outcome = await answerTurn({ options: this.options, costs: this.costs, job, stored }).finally(
        place.release,
      );
      const pauseMs = job.abort.signal.aborted ? null : limitPauseMs(outcome, pauses, job.turn.id);
      if (pauseMs === null) return this.end(job, outcome);
      outcome.undo.forget();
      queue.pause(now() + pauseMs);
    }
  }

  /**
   * Beside the first request to the model, not before it: an embedded database works in this thread, 3 ms for a row, and would
   * hold up the request, or the designer's first words.
   */
  private async store(job: Job): Promise<void> {
    await setImmediate();
    await this.options.storage
      .startTurn(job.turn)
      .catch((error: unknown) => this.options.onError("storing a turn", error));
  }

  private async end(job: Job, outcome: AnsweredTurn): Promise<void> {
    const { options } = this;
    const live = await options.live(job.turn.variantId);
    this.undos.keep(job.turn.id, outcome.undo);
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

  /** Our own mistake, not the model's: said, logged, and the files stay as they are. */
  private break(job: Job, error: unknown): void {
    this.options.onError("a turn", error);
    const message = "Something went wrong on the server; what was whole is kept. Send the prompt again.";
    this.finish(job, { ...job.turn, state: "failed", message, endedAt: this.options.now() }, "");
  }

  private finish(job: Job, turn: Turn, rawOutput: string): void {
    job.turn = turn;
    this.waiting.tell(job, null);
    const at = this.turns.findIndex((each) => each.id === turn.id);
    this.turns[at] = turn;
    this.options.answering.record.saw(turn);
    this.ends.store(turn, rawOutput);
    this.options.emit.end(turn);
    for (const listener of this.endListeners) listener(turn);
  }
}
