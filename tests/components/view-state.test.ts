import { beforeEach, expect, test, vi } from "vitest";
import { frameAt, registerFrame } from "#components/studio/frames.ts";
import {
  closeCode,
  closeDialog,
  comparePair,
  cycleWidth,
  focusOn,
  largeOf,
  openCode,
  openDialog,
  resetView,
  setPicked,
  setTargets,
  setView,
  setWidth,
  showTab,
  swapSides,
  toggleChrome,
  toggleCode,
  togglePick,
  toggleRail,
  toggleScrollInStep,
  viewState,
} from "#components/studio/view-state.ts";
import type { VariantId } from "#lib/project/ids.ts";

const variantId = "variant" as VariantId;

beforeEach(resetView);

test("leaving Focus and coming back shows the same variant large", () => {
  focusOn(2);
  expect(largeOf(viewState.get())).toBe(2);
  setView("three");
  expect(largeOf(viewState.get())).toBeNull();
  setView("focus");
  expect(largeOf(viewState.get())).toBe(2);
  expect(viewState.get().tab).toBe(2);
});

test("the code of a variant opens and closes with one key, a place in it opens always", () => {
  toggleCode(variantId);
  expect(viewState.get().code).toEqual({ variantId });
  toggleCode(variantId);
  expect(viewState.get().code).toBeNull();
  openCode({ variantId, path: "/src/App.tsx", line: 3 });
  openCode({ variantId, path: "/src/App.tsx", line: 4 });
  expect(viewState.get().code?.line).toBe(4);
  closeCode();
  expect(viewState.get().code).toBeNull();
});

test("D walks through the known widths, from a dragged one to the first", () => {
  const seen = [0, 1, 2, 3, 4].map(() => {
    cycleWidth();
    return viewState.get().width;
  });
  expect(seen).toEqual(["fit", 390, 768, 1024, 1280]);
  setWidth(611);
  cycleWidth();
  expect(viewState.get().width).toBe(390);
});

test("X swaps the sides of Compare", () => {
  comparePair(0, 2);
  swapSides();
  expect(viewState.get().pair).toEqual([2, 0]);
});

test("whoever watches hears each change once, and nothing after leaving", () => {
  const heard = vi.fn();
  const leave = viewState.subscribe(heard);
  togglePick();
  setPicked([{ variantId, path: "/a", start: 0, end: 1, selector: "h1", text: "Hi" }]);
  setTargets([variantId]);
  showTab(1);
  toggleChrome();
  toggleRail();
  toggleScrollInStep();
  openDialog("palette");
  closeDialog();
  leave();
  togglePick(false);
  expect(heard).toHaveBeenCalledTimes(9);
  expect(viewState.get()).toMatchObject({ isPicking: false, tab: 1, showsRail: false, showsChrome: false });
});

test("a frame is found by its position until another one stands there", () => {
  const handle = {
    reload: vi.fn(),
    restart: vi.fn(),
    pause: vi.fn(),
    tell: vi.fn(),
    hasFocus: () => false,
    isPointedAt: () => false,
  };
  const next = { ...handle };
  const leave = registerFrame(1, handle);
  registerFrame(1, next);
  leave();
  expect(frameAt(1)).toBe(next);
  expect(frameAt(0)).toBeNull();
});
