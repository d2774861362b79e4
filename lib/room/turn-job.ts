/** One turn on its way: taken, waiting for its variant, waiting for its lane, being written. */
import type { TurnId, VariantId } from "#lib/project/ids.ts";
import type { Answerer, Turn } from "#lib/project/rows.ts";
import type { PromptRequest } from "#lib/prompt/types.ts";
import type { DraftState, TurnWait } from "#lib/wire/events.ts";

/** What a turn is asked beside its words. */
export type Extras = Pick<
  PromptRequest,
  "direction" | "plan" | "vary" | "picked" | "others" | "soFar" | "tooAlike" | "reported"
>;

export type Job = {
  turn: Turn;
  person: string;
  answerer: Answerer;
  extras: Extras;
  abort: AbortController;
  /** Leaves the lane it waits for, to go to another. */
  moving: AbortController;
  wait: TurnWait | null;
  /** It is with its model now. */
  isWriting: boolean;
  /** Of the response that is written now, for steering. */
  responseId: string | null;
  /** Words it was given while it was written. */
  steered: string[];
  /** How a stop that no person pressed is told. */
  because: Pick<Turn, "state" | "message"> | null;
  /** Goes on from where this one is stopped. */
  successor: Job | null;
  drafts: Map<number, DraftState>;
};

export function newJob(turn: Turn, person: string, extras: Extras): Job {
  return {
    turn,
    person,
    answerer: turn.lane,
    extras,
    abort: new AbortController(),
    moving: new AbortController(),
    wait: null,
    isWriting: false,
    responseId: null,
    steered: [],
    because: null,
    successor: null,
    drafts: new Map(),
  };
}

/** With what else was pointed at: what was known before stays. */
export function withPicked(extras: Extras, more: Extras["picked"] = []): Extras {
  const known = extras.picked ?? [];
  const key = ({ letter, path, start, end }: (typeof more)[number]) => `${letter} ${path} ${start} ${end}`;
  const keys = new Set(known.map(key));
  const picked = [...known, ...more.filter((each) => !keys.has(key(each)))];
  return picked.length > 0 ? { ...extras, picked } : extras;
}

/** Jobs of each variant, first in first out: the first one runs. */
export class JobQueues {
  private readonly queues = new Map<VariantId, Job[]>();

  of(variantId: VariantId): readonly Job[] {
    return this.queues.get(variantId) ?? [];
  }

  running(variantId: VariantId): Job | null {
    return this.of(variantId)[0] ?? null;
  }

  find(turnId: TurnId): Job | null {
    return this.all().find(({ turn }) => turn.id === turnId) ?? null;
  }

  all(): Job[] {
    return [...this.queues.values()].flat();
  }

  get runningCount(): number {
    return [...this.queues.values()].filter((queue) => queue.length > 0).length;
  }

  add(job: Job): void {
    this.queues.set(job.turn.variantId, [...this.of(job.turn.variantId), job]);
  }

  /** Right behind the one that runs. */
  addNext(job: Job): void {
    const [first, ...rest] = this.of(job.turn.variantId);
    this.queues.set(job.turn.variantId, first ? [first, job, ...rest] : [job]);
  }

  remove(job: Job): void {
    const left = this.of(job.turn.variantId).filter((each) => each !== job);
    if (left.length > 0) this.queues.set(job.turn.variantId, left);
    else this.queues.delete(job.turn.variantId);
  }

  /** What waits is forgotten; what runs is ended by whoever runs it. */
  keepRunning(): void {
    for (const [variantId, queue] of this.queues) this.queues.set(variantId, queue.slice(0, 1));
  }
}
