import fc from "fast-check";
import { expect, test } from "vitest";
import { createTrace, stages, type Trace } from "../../lib/client/trace.ts";

/** A clock that stands until it is told. */
function openTrace(): { trace: Trace; at(ms: number): Trace } {
  let time = 0;
  const trace = createTrace(() => time);
  return {
    trace,
    at(ms) {
      time = ms;
      return trace;
    },
  };
}

type Way = { start: number; steps: number[]; seq?: number; turnId?: string; aheadMs?: number };

/** One frame all the way; `steps` are the milliseconds of each stage, `aheadMs` how far the page's clock is ahead. */
function walk(
  at: (ms: number) => Trace,
  { start, steps, seq = start + 1, turnId = "t1", aheadMs = 0 }: Way,
): void {
  const [apply = 0, network = 0, hand = 0, wait = 0, compile = 0, paint = 0] = steps;
  const sentMs = start + apply;
  const receivedMs = sentMs + network + aheadMs;
  const handedMs = receivedMs + hand;
  const compiledMs = handedMs + wait + compile;
  at(receivedMs).received("a", turnId, { oldestTokenMs: start, sentMs, receivedMs });
  at(handedMs).handed("a", seq);
  at(compiledMs).compiled("a", { seq, isWhole: true, ms: compile, at: compiledMs });
  at(compiledMs + paint).painted("a", { seq, at: compiledMs + paint, isSeen: true });
}

test("each stage has its own time, and together they are the whole way", () => {
  const { trace, at } = openTrace();
  trace.clock(0, 1, 2);
  for (let frame = 0; frame < 20; frame++) walk(at, { start: 100 * (frame + 1), steps: [8, 3, 1, 5, 4, 6] });
  const way = trace.read("t1")?.way;
  expect(stages.map((stage) => way?.stages[stage].p50)).toEqual([8, 3, 1, 5, 4, 6]);
  expect(way?.toPixel).toEqual({ p50: 27, p95: 27 });
  expect(trace.read("t1")).toMatchObject({ frames: 20, shown: 20, paints: 20 });
});

test("p50 and p95 are what half and what 19 of 20 stay below", () => {
  const { trace, at } = openTrace();
  trace.clock(0, 0, 0);
  for (let frame = 0; frame < 100; frame++)
    walk(at, { start: 1_000 * (frame + 1), steps: [frame, 0, 0, 0, 0, 0] });
  expect(trace.read("t1")?.way?.stages.apply).toEqual({ p50: 50, p95: 95 });
});

test("clocks that differ by hours do not show, and no time is negative", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e7, max: 1e7 }),
      fc.array(fc.integer({ min: 0, max: 80 }), { minLength: 1, maxLength: 40 }),
      fc.option(fc.integer({ min: 0, max: 200 }), { nil: null }),
      (aheadMs, networks, roundMs) => {
        const { trace, at } = openTrace();
        // The answer may have been slow on either side: asking alone can be wrong by half of the round trip.
        if (roundMs !== null) trace.clock(aheadMs, 0, aheadMs + roundMs);
        for (const [frame, network] of networks.entries())
          walk(at, { start: 1_000 * (frame + 1), steps: [8, network, 1, 5, 4, 6], aheadMs });
        const way = trace.read("t1")?.way;
        for (const stage of stages) expect(way?.stages[stage].p50).toBeGreaterThanOrEqual(0);
        const sorted = [...networks].sort((a, b) => a - b);
        const trueP50 = sorted[Math.floor(sorted.length / 2)] ?? 0;
        expect(way?.stages.network.p50).toBeLessThanOrEqual(trueP50 + (roundMs ?? 0) / 2);
        expect(way?.stages.network.p50).toBeGreaterThanOrEqual(trueP50 - (sorted[0] ?? 0) - (roundMs ?? 0));
      },
    ),
  );
});

test("the quickest answer about the clock counts: a long way is not taken for a wrong clock", () => {
  const { trace, at } = openTrace();
  const aheadMs = 5_000;
  trace.clock(aheadMs, 40, aheadMs + 80);
  trace.clock(aheadMs + 100, 800, aheadMs + 900);
  for (let frame = 0; frame < 10; frame++)
    walk(at, { start: 1_000 * (frame + 1), steps: [8, 40, 1, 5, 4, 6], aheadMs });
  expect(trace.read("t1")?.way?.stages.network.p50).toBe(40);
});

test("latest wins: one paint covers every frame before it", () => {
  const { trace, at } = openTrace();
  for (const [seq, ms] of [
    [1, 10],
    [2, 20],
    [3, 30],
  ] as const) {
    at(ms).received("a", "t1", { oldestTokenMs: ms, sentMs: ms, receivedMs: ms });
    at(ms).handed("a", seq);
  }
  at(40).compiled("a", { seq: 2, isWhole: true, ms: 1, at: 40 });
  at(50).painted("a", { seq: 2, at: 50, isSeen: true });
  expect(trace.read("t1")).toMatchObject({ frames: 3, shown: 2, paints: 1 });
  at(60).compiled("a", { seq: 3, isWhole: true, ms: 1, at: 60 });
  at(70).painted("a", { seq: 3, at: 70, isSeen: true });
  expect(trace.read("t1")).toMatchObject({ frames: 3, shown: 3, paints: 2 });
  // Painted 40, 30 and 40 ms after they came.
  expect(trace.read("t1")?.way?.toPixel).toEqual({ p50: 40, p95: 40 });
});

test("text that could not run yet is on its way until a state with it is painted", () => {
  const { trace, at } = openTrace();
  at(10).received("a", "t1", { oldestTokenMs: 10, sentMs: 10, receivedMs: 10 });
  at(10).handed("a", 1);
  at(20).compiled("a", { seq: 1, isWhole: false, ms: 1, at: 20 });
  at(30).painted("a", { seq: 1, at: 30, isSeen: true });
  expect(trace.read("t1")).toMatchObject({ frames: 1, shown: 0, paints: 0, way: null });
  at(100).compiled("a", { seq: 2, isWhole: true, ms: 2, at: 100 });
  at(110).painted("a", { seq: 2, at: 110, isSeen: true });
  expect(trace.read("t1")?.way?.toPixel.p50).toBe(100);
  expect(trace.read("t1")?.way?.stages.wait.p50).toBe(88);
});

test("what nobody saw being painted counts for nothing", () => {
  const { trace, at } = openTrace();
  at(10).received("a", "t1", { oldestTokenMs: 10, sentMs: 10, receivedMs: 10 });
  at(10).handed("a", 1);
  at(20).compiled("a", { seq: 1, isWhole: true, ms: 1, at: 20 });
  at(270).painted("a", { seq: 1, at: 270, isSeen: false });
  at(280).painted("a", { seq: 1, at: 280, isSeen: true });
  expect(trace.read("t1")).toMatchObject({ shown: 0, paints: 0, way: null });
});

test("a frame that lies about its times cannot leave what the page itself saw", () => {
  const { trace, at } = openTrace();
  at(10).received("a", "t1", { oldestTokenMs: 10, sentMs: 10, receivedMs: 10 });
  at(12).handed("a", 1);
  at(20).compiled("a", { seq: 1, isWhole: true, ms: 1e9, at: -1e9 });
  at(30).painted("a", { seq: 1, at: 1e12, isSeen: true });
  const way = trace.read("t1")?.way;
  expect(way?.toPixel.p50).toBe(20);
  for (const stage of stages) expect(way?.stages[stage].p50).toBeGreaterThanOrEqual(0);
});

test("a long turn keeps its newest 2,000 samples, and what never arrives is let go", () => {
  const { trace, at } = openTrace();
  trace.clock(0, 0, 0);
  for (let frame = 0; frame < 6_000; frame++)
    walk(at, { start: 10 * (frame + 1), steps: [frame < 4_000 ? 100 : 1, 0, 0, 0, 0, 0] });
  expect(trace.read("t1")?.shown).toBe(6_000);
  expect(trace.read("t1")?.way?.stages.apply).toEqual({ p50: 1, p95: 1 });
  for (let frame = 0; frame < 5_000; frame++)
    at(1e6).received("a", "t2", { oldestTokenMs: 1e6, sentMs: 1e6, receivedMs: 1e6 });
  at(1e6).handed("a", 1e6);
  at(1e6).compiled("a", { seq: 1e6, isWhole: true, ms: 0, at: 1e6 });
  at(1e6).painted("a", { seq: 1e6, at: 1e6, isSeen: true });
  expect(trace.read("t2")).toMatchObject({ frames: 5_000, shown: 500 });
});

test("the last turn of a variant stays, the one before and those of other sessions are not known", () => {
  const { trace, at } = openTrace();
  walk(at, { start: 10, steps: [1, 1, 1, 1, 1, 1], turnId: "t1" });
  expect(trace.read("t1")?.shown).toBe(1);
  walk(at, { start: 100, steps: [1, 1, 1, 1, 1, 1], turnId: "t2" });
  expect(trace.read("t1")).toBeNull();
  expect(trace.read("t2")?.shown).toBe(1);
  expect(trace.read("of another session")).toBeNull();
});

test("looking again without news counts nothing anew", () => {
  const { trace, at } = openTrace();
  let heard = 0;
  const stop = trace.subscribe(() => heard++);
  walk(at, { start: 10, steps: [1, 1, 1, 1, 1, 1] });
  expect(heard).toBe(1);
  expect(trace.read("t1")).toBe(trace.read("t1"));
  const before = trace.read("t1");
  stop();
  walk(at, { start: 100, steps: [1, 1, 1, 1, 1, 1] });
  expect(heard).toBe(1);
  expect(trace.read("t1")).not.toBe(before);
});
