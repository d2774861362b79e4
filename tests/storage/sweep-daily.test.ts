/** When history is tidied; what goes and what stays is tests/storage/storage.test.ts. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sweepDaily } from "#lib/storage/sweep-daily.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("what nothing leads to is swept once it is a day old, ten minutes after the start and every day after, until it is stopped", async () => {
  const asked: number[] = [];
  const started = Date.now();
  const stop = sweepDaily({
    sweep: async (before) => {
      asked.push(before);
      return { commits: 0, blobs: 0 };
    },
  });
  await vi.advanceTimersByTimeAsync(48 * 3_600_000 + 11 * 60_000);
  const [minute, day] = [60_000, 24 * 3_600_000];
  expect(asked.map((before) => before - started)).toEqual([
    10 * minute - day,
    10 * minute,
    10 * minute + day,
  ]);
  stop();
  await vi.advanceTimersByTimeAsync(48 * 3_600_000);
  expect(asked).toHaveLength(3);
});

test("a sweep that fails is told, and the next day it is tried again", async () => {
  const told: string[] = [];
  let tries = 0;
  const stop = sweepDaily(
    {
      sweep: async () => {
        tries++;
        throw new Error("no disk");
      },
    },
    (what) => told.push(what),
  );
  await vi.advanceTimersByTimeAsync(25 * 3_600_000);
  stop();
  expect([tries, told]).toEqual([2, ["tidying the history", "tidying the history"]]);
});
