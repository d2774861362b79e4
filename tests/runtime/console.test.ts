/** What a page logs, on a clock that is turned by hand. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type ConsoleLine, createBatches } from "../../lib/runtime/console.ts";

let batches: ConsoleLine[][] = [];
let add: (line: ConsoleLine) => void;

beforeEach(() => {
  vi.useFakeTimers();
  batches = [];
  add = createBatches((lines) => batches.push(lines));
});
afterEach(() => {
  vi.useRealTimers();
});

const log = (text: string) => add({ level: "log", text });
const texts = () => batches.flat().map(({ text }) => text);

test("lines arrive in order, together", () => {
  for (const text of ["one", "two", "three"]) log(text);
  expect(batches).toEqual([]);
  vi.advanceTimersByTime(50);
  expect(batches).toHaveLength(1);
  expect(texts()).toEqual(["one", "two", "three"]);
});

test("of a million lines the last 500 come, and one line says how many are missing", () => {
  for (let line = 0; line < 1_000_000; line++) log(`line ${line}`);
  vi.advanceTimersByTime(60_000);
  expect(texts()).toHaveLength(501);
  expect(texts()[0]).toBe("line 999500");
  expect(texts().at(-1)).toBe("999,500 lines are missing here: the page logs more than can be shown.");
});

test("a page that logs without end sends at most 60 messages and 64 KB in any second of the clock", () => {
  for (let tick = 0; tick < 500; tick++) {
    for (let line = 0; line < 20; line++) log("x".repeat(1_000));
    vi.advanceTimersByTime(10);
    if (tick % 100 !== 99) continue;
    expect(batches.length).toBeLessThanOrEqual(60);
    expect(texts().join("").length).toBeLessThanOrEqual(64 * 1024);
    expect(batches.length).toBeGreaterThan(0);
    batches = [];
  }
});
