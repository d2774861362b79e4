/** New words for a variant that is being written: into the running answer, in its place, or behind it. */
import type { TurnId, VariantId } from "#lib/project/ids.ts";
import type { Turn } from "#lib/project/rows.ts";
import { STEERED } from "#lib/project/steered.ts";
import { describePicked } from "#lib/prompt/describe-picked.ts";
import type { Taken } from "#lib/wire/events.ts";
import { type Job, type JobQueues, withPicked } from "./turn-job.ts";
import type { Asked, TurnRunnerOptions } from "./turn-options.ts";

export type Said = { turn: Turn; taken: Taken };

/** What the runner of the turns does for it. */
export type SteeredTurns = {
  isKnown(id: TurnId): boolean;
  start(asked: Asked): Turn[];
  /** A turn behind the one that runs, before others that wait. */
  next(asked: Asked, running: Job, id: TurnId): Job;
  addWords(job: Job, text: string): void;
};

const GAVE_WAY = { state: "stopped" as const, message: STEERED };

export class Steering {
  private readonly options: TurnRunnerOptions;
  private readonly jobs: JobQueues;
  private readonly turns: SteeredTurns;
  /** Ids of prompts that a running answer took up: sent twice, they are said once. */
  private readonly takenUp = new Map<TurnId, Promise<Said>>();

  constructor(options: TurnRunnerOptions, jobs: JobQueues, turns: SteeredTurns) {
    this.options = options;
    this.jobs = jobs;
    this.turns = turns;
  }

  say(asked: Asked): Promise<Said[]> {
    return Promise.all([...asked.turnIds].map(([variantId, id]) => this.sayTo(asked, variantId, id)));
  }

  private sayTo(asked: Asked, variantId: VariantId, id: TurnId): Promise<Said> {
    const known = this.takenUp.get(id);
    if (known) return known;
    const running = this.jobs.running(variantId);
    const mode = modeOf(asked, running);
    if (running && !this.turns.isKnown(id) && mode !== "queue") {
      const answer = mode === "now" ? this.replace(asked, running, id) : this.steer(asked, running, id);
      this.takenUp.set(id, answer);
      return answer;
    }
    const [turn] = this.turns.start({ ...asked, turnIds: new Map([[variantId, id]]) });
    const taken = running && running.turn.id !== id ? "queued" : "started";
    return Promise.resolve({ turn: turn as Turn, taken });
  }

  /** Into the same answer where the wire can; else it is stopped, and a new turn goes on from its text. */
  private async steer(asked: Asked, running: Job, id: TurnId): Promise<Said> {
    const { driver } = this.options.answering.of(running.answerer);
    if (!running.isWriting) return this.takeUp(asked, running);
    // The designer has written its page before anyone has steered it: it goes on first.
    if (driver.builtIn) return { turn: this.turns.next(asked, running, id).turn, taken: "queued" };
    const words = driver.steer ? await this.steeringWords(asked, running) : asked.text;
    const isTaken = (await driver.steer?.(words, running.responseId).catch(() => false)) ?? false;
    if (isTaken && this.jobs.running(running.turn.variantId) === running) {
      running.steered.push(asked.text);
      return this.takeUp(asked, running);
    }
    const next = this.turns.next(asked, running, id);
    // It goes on from what was asked before: what that was about is still meant.
    next.extras = withPicked(next.extras, running.extras.picked);
    running.successor = next;
    running.because = GAVE_WAY;
    running.abort.abort();
    return { turn: next.turn, taken: "resent" };
  }

  private takeUp(asked: Asked, running: Job): Said {
    running.extras = withPicked(running.extras, asked.picked);
    this.turns.addWords(running, asked.text);
    return { turn: running.turn, taken: "steered" };
  }

  /** The answer that goes on knows the files as they were; what is pointed at now it must be told. */
  private async steeringWords({ text, picked = [] }: Asked, { turn }: Job): Promise<string> {
    if (picked.length === 0) return text;
    const { document } = await this.options.live(turn.variantId);
    const { letter } = this.options.variant(turn.variantId);
    return `${text}\n\n${describePicked({ picked, files: document.files(), letter })}`;
  }

  private async replace(asked: Asked, running: Job, id: TurnId): Promise<Said> {
    const next = this.turns.next(asked, running, id);
    running.abort.abort();
    return { turn: next.turn, taken: "resent" };
  }
}

/** A project's first turns belong to whoever comes with it; else one steers only what one has asked for. */
function modeOf({ whileWriting = "queue", person }: Asked, running: Job | null): Asked["whileWriting"] {
  const isMine = running?.person === person || running?.turn.kind === "create";
  return whileWriting === "steer" && !isMine ? "queue" : whileWriting;
}
