import fc from "fast-check";
import { expect, test } from "vitest";
import { lineSplices } from "../../lib/document/line-diff.ts";

const text = fc
  .array(fc.constantFrom("a\n", "b\n", "c\n", "\n", "long line\n", "end"), { maxLength: 40 })
  .map((lines) => lines.join(""));

function apply(before: string): (splices: ReturnType<typeof lineSplices>) => string {
  return (splices) =>
    [...splices]
      .reverse()
      .reduce((now, { start, end, text: put }) => now.slice(0, start) + put + now.slice(end), before);
}

test("the splices turn the one text into the other, whatever the two are", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(apply(before)(lineSplices(before, after))).toBe(after);
    }),
    { numRuns: 1_000 },
  );
});

test("splices ascend, do not overlap and begin at the start of a line", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      let last = -1;
      for (const { start, end } of lineSplices(before, after)) {
        expect(start).toBeGreaterThan(last);
        expect(start === 0 || before[start - 1] === "\n" || start === before.length).toBe(true);
        last = Math.max(start, end - 1);
      }
    }),
  );
});

test("a changed line in the middle is the only thing replaced", () => {
  expect(lineSplices("a\nb\nc\nd\n", "a\nB\nc\nd\n")).toEqual([{ start: 2, end: 4, text: "B\n" }]);
});

test("two changes far apart stay two splices", () => {
  expect(lineSplices("a\nb\nc\nd\ne\n", "A\nb\nc\nd\nE\n")).toEqual([
    { start: 0, end: 2, text: "A\n" },
    { start: 8, end: 10, text: "E\n" },
  ]);
});

test("texts that differ in thousands of lines are still turned into each other", () => {
  const lines = (name: string) => Array.from({ length: 6_000 }, (_, index) => `${name}${index}\n`).join("");
  expect(apply(lines("a"))(lineSplices(lines("a"), lines("b")))).toBe(lines("b"));
});
