/** What a browser remembers by id: bounded, shared by tabs, and never in the way when it cannot be kept. */
import { expect, test } from "vitest";
import { createKept } from "../../lib/client/kept.ts";

const numberOf = (stored: unknown) => (typeof stored === "number" ? stored : null);

function shelf(first: string | null = null) {
  const at = new Map<string, string>(first === null ? [] : [["place", first]]);
  return {
    getItem: (key: string) => at.get(key) ?? null,
    setItem: (key: string, text: string) => void at.set(key, text),
  };
}

test("the ones written longest ago are forgotten, and another tab's are not overwritten", () => {
  const one = shelf();
  const [here, there] = [1, 2].map(() => createKept("place", numberOf, 3, () => one));
  here?.set("a", 1);
  there?.set("b", 2);
  here?.set("c", 3);
  here?.set("a", 4);
  there?.set("d", 5);
  expect(["a", "b", "c", "d"].map((id) => here?.get(id))).toEqual([4, null, 3, 5]);
});

test.each(["{", '{"a":1}', '[["a"],7,["a","x"]]', '[["a",null]]'])(
  "%s is no memory, and is written over",
  (bad) => {
    const kept = createKept("place", numberOf, 3, () => at);
    const at = shelf(bad);
    expect(kept.get("a")).toBeNull();
    kept.set("a", 1);
    expect(kept.get("a")).toBe(1);
  },
);

test("without storage nothing is kept and nothing breaks", () => {
  const kept = createKept("place", numberOf, 3, () => {
    throw new Error("private mode");
  });
  kept.set("a", 1);
  expect(kept.get("a")).toBeNull();
});
