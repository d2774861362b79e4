import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createPresence } from "../../lib/room/presence.ts";
import type { Place, Presence } from "../../lib/wire/events.ts";

const place = (path: string): Place => ({ variantId: null, path, anchor: null, head: null });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("[P1] many moves are one message, what was not told is told soon after, and what may have been lost is told again", () => {
  const told: string[] = [];
  let isBusy = false;
  const board = createPresence((all: Presence[]) => {
    if (!isBusy) told.push(all.map(({ path }) => path).join());
    return !isBusy;
  });
  for (let at = 0; at < 10; at++) board.put("one", "mira", place(`/${at}`));
  board.put("two", "jo", place("/jo"));
  vi.advanceTimersByTime(60);
  expect(told).toEqual(["/9,/jo"]);
  isBusy = true;
  board.leave("two");
  vi.advanceTimersByTime(2_000);
  expect(told).toHaveLength(1);
  isBusy = false;
  vi.advanceTimersByTime(600);
  expect(told).toEqual(["/9,/jo", "/9"]);
  vi.advanceTimersByTime(5_100);
  expect(told).toEqual(["/9,/jo", "/9", "/9"]);
  // Nobody is there: nothing is told, and no timer is left.
  board.leave("one");
  vi.advanceTimersByTime(60);
  expect(told.at(-1)).toBe("");
  expect(vi.getTimerCount()).toBe(0);
  board.put("one", "mira", place("/"));
  board.close();
  expect(vi.getTimerCount()).toBe(0);
});
