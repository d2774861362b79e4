/** What is given up under load, in which order, and that a calm time gives it back. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { limits } from "../../lib/project/limits.ts";
import { createLoad, type Level, type Load, levels } from "../../lib/room/load.ts";

const ALL_OWN = { busyShare: 1, ownShare: 1 };
let late = 0;
let shares = ALL_OWN;
let seen: Level[] = [];
let load: Load;

beforeEach(() => {
  vi.useFakeTimers();
  late = 0;
  shares = ALL_OWN;
  seen = [];
  load = createLoad({
    sample: () => ({ lateMs: late, ...shares }),
    sampleMs: 250,
    onChange: (level) => seen.push(level),
  });
});
afterEach(() => {
  load.close();
  vi.useRealTimers();
});

const after = (ms: number, lateMs: number) => {
  late = lateMs;
  vi.advanceTimersByTime(ms);
};

test("[W13] frames grow first, then presence goes, then slow viewers, joins and the model's pace", () => {
  const given = () => [load.frameMs(), load.tellsPresence(), load.staleBytes(), load.takesJoins()];
  const stale = limits.staleViewerBytes;
  const steps: [number, unknown[]][] = [
    [0, [16, true, stale, true]],
    [30, [32, true, stale, true]],
    [60, [64, true, stale, true]],
    [100, [64, false, stale, true]],
    [200, [64, false, stale / 4, true]],
    [500, [64, false, stale / 4, false]],
    [900, [64, false, stale / 4, false]],
  ];
  for (const [lateMs, expected] of steps) {
    after(250, lateMs);
    expect(given(), `${lateMs} ms late`).toEqual(expected);
  }
  expect(seen).toEqual(levels.slice(1));
});

test("[W13] one long task alone closes no door: a level is entered a sample", () => {
  after(250, 900);
  expect(load.level()).toBe("wider");
  after(250, 900);
  expect(load.level()).toBe("widest");
  expect(load.takesJoins()).toBe(true);
});

test("[W13] turns that others on the machine make late are no load: a level needs a busy loop and four tenths of a core", () => {
  shares = { busyShare: 1, ownShare: 0.39 };
  after(2_000, 900);
  expect(load.level()).toBe("calm");
  shares = { busyShare: 0.94, ownShare: 1 };
  after(2_000, 900);
  expect(load.level()).toBe("calm");
  shares = { busyShare: 0.95, ownShare: 0.4 };
  after(250, 900);
  expect(load.level()).toBe("wider");
  // And what was entered is left when it is not our own doing any more.
  shares = { busyShare: 1, ownShare: 0.39 };
  after(2_000, 900);
  expect(load.level()).toBe("calm");
});

test("[W13] a calm time gives back one level after another", () => {
  after(6 * 250, 900);
  expect(load.level()).toBe("no-reading");
  after(1_750, 0);
  expect(load.level()).toBe("no-reading");
  after(250, 0);
  expect(load.level()).toBe("no-joins");
  after(6 * 2_000, 0);
  expect(load.level()).toBe("calm");
});

test("[W13] a model is read on as soon as the load allows it, and when its turn or the server stops", async () => {
  await load.mayRead();
  after(6 * 250, 900);
  let isRead = false;
  const reading = load.mayRead().then(() => {
    isRead = true;
  });
  await Promise.resolve();
  expect(isRead).toBe(false);
  after(2_000, 0);
  await reading;
  after(250, 900);
  const stop = new AbortController();
  const stopped = load.mayRead(stop.signal);
  stop.abort();
  await stopped;
  const closed = load.mayRead();
  load.close();
  await Promise.all([closed, load.mayRead()]);
});
