/**
 * One token's way, followed: a model's text at the server, the frame it left in, this page, the lane, the compile, the
 * pixels. It is fed from the paths that every token takes, so it only notes numbers; quantiles are counted when someone looks.
 */
import type { FrameTimes } from "#lib/wire/events.ts";

/** In the order of the way; together they are the whole of it. */
export const stages = ["apply", "network", "hand", "wait", "compile", "paint"] as const;
export type Stage = (typeof stages)[number];
/** Milliseconds. */
export type Spread = { p50: number; p95: number };

export type TurnTrace = {
  /** Frames with text of the turn that came to this page, those of them that are in pixels, and the paints that took. */
  frames: number;
  shown: number;
  paints: number;
  /** Null while nothing was painted. */
  way: { stages: Record<Stage, Spread>; toPixel: Spread } | null;
};

export type Trace = {
  /** A frame with text of a turn came at `receivedMs`; what it brought goes into the lane next. */
  received(variantId: string, turnId: string, times: FrameTimes & { receivedMs: number }): void;
  /** Everything up to `seq` left for the preview's frame. */
  handed(variantId: string, seq: number): void;
  /** The frame ran a state; `isWhole` false: it could not, so the text in it waits for the text that completes it. */
  compiled(variantId: string, run: { seq: number; isWhole: boolean; ms: number; at: number }): void;
  /** Latest wins: what is painted covers everything before it. Not seen (a hidden tab): it counts for nothing. */
  painted(variantId: string, paint: { seq: number; at: number; isSeen: boolean }): void;
  /** One question for the server's time: asked and answered by this page's clock, `serverMs` by the server's. */
  clock(askedMs: number, serverMs: number, answeredMs: number): void;
  /** Null: this page saw nothing of the turn, or a later one of its variant. */
  read(turnId: string): TurnTrace | null;
  /** Called at each paint: do little. */
  subscribe(listener: () => void): () => void;
};

/** Samples kept of a turn, and frames of a variant that may be on their way. */
const MAX_SAMPLES = 2_000;
const MAX_PENDING = 500;
/** Clocks drift apart: an answer says nothing of a turn so long after it. */
const CLOCK_HOLDS_MS = 120_000;

/** Server times by the server's clock, the others by this page's; NaN: not yet. */
type Sample = {
  tokenMs: number;
  sentMs: number;
  receivedMs: number;
  handedMs: number;
  compilesMs: number;
  compiledMs: number;
  paintedMs: number;
};

type Mark = Sample & { turn: TurnRecord; seq: number };

type TurnRecord = {
  turnId: string;
  firstMs: number;
  frames: number;
  shown: number;
  paints: number;
  samples: Sample[];
  /** How far this page's clock is ahead of the server's, at most and by asking. */
  aheadAtMostMs: number;
  aheadMs: number;
  known: TurnTrace | null;
};

export function createTrace(now: () => number): Trace {
  const records = new Map<string, TurnRecord>();
  const pending = new Map<string, Mark[]>();
  const listeners = new Set<() => void>();
  let clock: { roundMs: number; aheadMs: number; atMs: number } | null = null;

  function recordOf(variantId: string, turnId: string, atMs: number): TurnRecord {
    const known = records.get(variantId);
    if (known?.turnId === turnId) return known;
    const record = newRecord(turnId, atMs);
    if (clock && atMs - clock.atMs < CLOCK_HOLDS_MS) record.aheadMs = clock.aheadMs;
    records.set(variantId, record);
    return record;
  }

  return {
    received(variantId, turnId, { oldestTokenMs, sentMs, receivedMs }) {
      const turn = recordOf(variantId, turnId, receivedMs);
      turn.frames++;
      turn.known = null;
      turn.aheadAtMostMs = Math.min(turn.aheadAtMostMs, receivedMs - sentMs);
      const marks = pending.get(variantId) ?? [];
      pending.set(variantId, marks);
      marks.push({ turn, seq: Number.NaN, tokenMs: oldestTokenMs, sentMs, receivedMs, ...NOT_YET });
      if (marks.length > MAX_PENDING) marks.shift();
    },
    handed(variantId, seq) {
      const atMs = now();
      for (const mark of pending.get(variantId) ?? []) {
        if (!Number.isNaN(mark.seq)) continue;
        mark.seq = seq;
        mark.handedMs = atMs;
      }
    },
    compiled(variantId, { seq, isWhole, ms, at }) {
      if (!isWhole) return;
      const heardMs = now();
      for (const mark of pending.get(variantId) ?? []) {
        if (!(mark.seq <= seq) || !Number.isNaN(mark.compiledMs)) continue;
        // The frame is not trusted with times: nothing was before we sent it, nor after we heard of it.
        mark.compiledMs = between(mark.handedMs, at, heardMs);
        mark.compilesMs = between(mark.handedMs, mark.compiledMs - ms, mark.compiledMs);
      }
    },
    painted(variantId, { seq, at, isSeen }) {
      const marks = pending.get(variantId) ?? [];
      const isDone = (mark: Mark) => mark.seq <= seq && !Number.isNaN(mark.compiledMs);
      const done = marks.filter(isDone);
      if (done.length === 0) return;
      pending.set(
        variantId,
        marks.filter((mark) => !isDone(mark)),
      );
      if (!isSeen) return;
      const heardMs = now();
      for (const mark of done) keep({ ...mark, paintedMs: between(mark.compiledMs, at, heardMs) });
      for (const turn of new Set(done.map((mark) => mark.turn))) turn.paints++;
      for (const listener of [...listeners]) listener();
    },
    clock(askedMs, serverMs, answeredMs) {
      const roundMs = answeredMs - askedMs;
      const isBetter = !clock || roundMs <= clock.roundMs || answeredMs - clock.atMs > CLOCK_HOLDS_MS;
      if (!isBetter) return;
      clock = { roundMs, aheadMs: (askedMs + answeredMs) / 2 - serverMs, atMs: answeredMs };
      for (const record of records.values()) {
        if (Math.abs(answeredMs - record.firstMs) > CLOCK_HOLDS_MS) continue;
        record.aheadMs = clock.aheadMs;
        record.known = null;
      }
    },
    read(turnId) {
      const record = [...records.values()].find((each) => each.turnId === turnId);
      if (!record) return null;
      record.known ??= summarize(record);
      return record.known;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const NOT_YET = {
  handedMs: Number.NaN,
  compilesMs: Number.NaN,
  compiledMs: Number.NaN,
  paintedMs: Number.NaN,
};

function newRecord(turnId: string, firstMs: number): TurnRecord {
  return {
    turnId,
    firstMs,
    frames: 0,
    shown: 0,
    paints: 0,
    samples: [],
    aheadAtMostMs: Number.POSITIVE_INFINITY,
    aheadMs: Number.POSITIVE_INFINITY,
    known: null,
  };
}

/** The newest samples stay: a ring. */
function keep({ turn, seq: _seq, ...sample }: Mark): void {
  turn.samples[turn.shown % MAX_SAMPLES] = sample;
  turn.shown++;
  turn.known = null;
}

function summarize({ frames, shown, paints, samples, aheadMs, aheadAtMostMs }: TurnRecord): TurnTrace {
  if (samples.length === 0) return { frames, shown, paints, way: null };
  // No frame was here before it left: that bounds what asking can only guess to half a round trip.
  const aheadBy = Math.min(aheadMs, aheadAtMostMs);
  const ways = samples.map((sample) => wayOf(sample, aheadBy));
  const spreads = stages.map((stage) => [stage, spreadOf(ways.map((way) => way[stage]))] as const);
  const totals = ways.map((way) => stages.reduce((sum, stage) => sum + way[stage], 0));
  return {
    frames,
    shown,
    paints,
    way: {
      stages: Object.fromEntries(spreads) as Record<Stage, Spread>,
      toPixel: spreadOf(totals),
    },
  };
}

function wayOf(sample: Sample, aheadBy: number): Record<Stage, number> {
  const { tokenMs, sentMs, receivedMs, handedMs, compilesMs, compiledMs, paintedMs } = sample;
  return {
    apply: Math.max(0, sentMs - tokenMs),
    network: Math.max(0, receivedMs - sentMs - aheadBy),
    hand: Math.max(0, handedMs - receivedMs),
    wait: compilesMs - handedMs,
    compile: compiledMs - compilesMs,
    paint: paintedMs - compiledMs,
  };
}

function spreadOf(values: number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

function between(lowest: number, value: number, highest: number): number {
  return Math.max(lowest, Math.min(value, highest));
}
