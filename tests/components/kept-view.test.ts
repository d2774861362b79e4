/** How the table stood is remembered for each project, and stands so again. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepView, parseView } from "#components/studio/kept-view.ts";
import {
  comparePair,
  focusOn,
  resetView,
  setCompare,
  setView,
  setWidth,
  toggleRail,
  viewState,
} from "#components/studio/view-state.ts";

const stored = new Map<string, string>();
const setItem = vi.fn((key: string, text: string) => void stored.set(key, text));
let leave: () => void = () => {};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("localStorage", { getItem: (key: string) => stored.get(key) ?? null, setItem });
  vi.stubGlobal("addEventListener", (_name: string, listener: () => void) => {
    leave = listener;
  });
  vi.stubGlobal("removeEventListener", () => {});
  stored.clear();
  setItem.mockClear();
  resetView();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** As a page that is closed and opened again. */
function reopened(id: string) {
  resetView();
  const stop = keepView(id);
  const now = viewState.get();
  stop();
  return now;
}

test("view, large one, pair, width and way to compare are there again; another project has its own", () => {
  const stop = keepView("/p/one");
  expect(viewState.get().isRestored).toBe(true);
  focusOn(2);
  comparePair(2, 0);
  setCompare("side");
  setWidth(768);
  stop();
  expect(reopened("/p/one")).toMatchObject({
    ...{ view: "focus", focused: 2, tab: 2, pair: [2, 0], compare: "side", width: 768, isRestored: true },
  });
  expect(reopened("/p/two")).toMatchObject({ view: "three", focused: 0, width: 1280, isRestored: true });
});

test("a drag is written once it rests, a page that goes writes at once, and what is not kept writes nothing", () => {
  const stop = keepView("/p/one");
  for (let width = 400; width < 500; width++) setWidth(width);
  expect(setItem).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(setItem).toHaveBeenCalledTimes(1);
  setView("compare");
  leave();
  expect(setItem).toHaveBeenCalledTimes(2);
  toggleRail();
  vi.runAllTimers();
  stop();
  expect(setItem).toHaveBeenCalledTimes(2);
  expect(reopened("/p/one")).toMatchObject({ view: "compare", width: 499 });
});

test.each([
  null,
  {},
  { view: "grid" },
  { view: "focus", focused: 9 },
  { view: "three", focused: 0, tab: 0, compare: "swipe", pair: [1, 1], width: 390 },
  { view: "three", focused: 0, tab: 0, compare: "swipe", pair: [0, 1], width: 1e9 },
])("%j is no view", (bad) => {
  expect(parseView(bad)).toBeNull();
});
