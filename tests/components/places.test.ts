import { expect, test } from "vitest";
import { pairIn, panesOf, placeOf } from "#components/studio/places.ts";
import { moved } from "#components/studio/variant-actions.ts";
import type { ViewState } from "#components/studio/view-state.ts";
import type { VariantId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";

const shape = { view: "three", focused: 1, pair: [0, 1], compare: "swipe" } as const;
const variantsOf = (letters: string) =>
  [...letters].map((letter) => ({ id: letter as VariantId, letter })) as Variant[];
const lettersIn = (panes: readonly (Variant | null)[]) =>
  panes.map((variant) => variant?.letter ?? "-").join("");

test("each view has a place for every sheet", () => {
  const places = (change: Partial<ViewState>) =>
    [0, 1, 2].map((position) => placeOf(position, 3, { ...shape, ...change }));
  expect(places({})).toEqual(["column", "column", "column"]);
  expect(places({ view: "focus" })).toEqual(["thumb", "large", "thumb"]);
  expect(places({ view: "compare", pair: [2, 0] })).toEqual(["right", "away", "left"]);
  expect(places({ view: "compare", compare: "code" })).toEqual(["away", "away", "away"]);
});

test("in a set with fewer sheets something is still large, and two different ones are compared", () => {
  expect(placeOf(0, 1, { ...shape, view: "focus", focused: 2 })).toBe("large");
  expect(pairIn(2, { pair: [2, 1] })).toEqual([0, 1]);
  expect(pairIn(2, { pair: [1, 2] })).toEqual([1, 0]);
  expect(pairIn(3, { pair: [1, 1] })).toEqual([1, 0]);
});

test("a variant keeps its pane in another order, and when one is deleted and put back", () => {
  const first = panesOf([], variantsOf("ABC"), 3);
  expect(lettersIn(first)).toBe("ABC");
  expect(lettersIn(panesOf(first, variantsOf("CAB"), 3))).toBe("ABC");
  const without = panesOf(first, variantsOf("AC"), 3);
  expect(lettersIn(without)).toBe("A-C");
  expect(lettersIn(panesOf(without, variantsOf("ABC"), 3))).toBe("ABC");
  // Another set: from the left.
  expect(lettersIn(panesOf(without, variantsOf("XYZ"), 3))).toBe("XYZ");
});

test("one item moves, the others stay in their order", () => {
  expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
  expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
  expect(moved(["a", "b", "c"], 5, 0)).toEqual(["a", "b", "c"]);
});

test("on a tablet two stand in columns and the others small beside them; Focus and Compare are as everywhere", () => {
  const on = (count: number, change: Partial<ViewState> = {}) =>
    Array.from({ length: count }, (_, position) =>
      placeOf(position, count, { ...shape, ...change, isMedium: true }),
    );
  expect(on(2)).toEqual(["column", "column"]);
  expect(on(4)).toEqual(["column", "column", "thumb", "thumb"]);
  // Beside open code there is room for one: the one that is read.
  const beside = (reading: number) =>
    [0, 1, 2].map((position) => placeOf(position, 3, { ...shape, isMedium: true, reading }));
  expect([beside(2), beside(0)]).toEqual([
    ["thumb", "thumb", "column"],
    ["column", "thumb", "thumb"],
  ]);
  expect(placeOf(2, 3, { ...shape, reading: 0 })).toBe("column");
  expect(on(3, { view: "focus", focused: 1 })).toEqual(["thumb", "large", "thumb"]);
});
