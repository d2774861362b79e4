import fc from "fast-check";
import { expect, test } from "vitest";
import { compareFiles, type DiffLine } from "../../lib/client/compare.ts";

const files = (all: Record<string, string>) => new Map(Object.entries(all));
const text = fc
  .array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 30 })
  .map((all) => all.map((each) => `${each}\n`).join(""));

test("files that differ are listed with what was added and removed, in the lines around it", () => {
  const before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
  const after = before.replace("5\n", "five\nfive and a half\n");
  const [changed, ...others] = compareFiles(
    files({ "/a": before, "/b": "same" }),
    files({ "/a": after, "/b": "same" }),
  );
  expect(others).toEqual([]);
  expect(changed).toMatchObject({ path: "/a", kind: "changed", added: 2, removed: 1 });
  expect(changed?.lines.map((line) => line && [line.before, line.after, line.text])).toEqual([
    null,
    [2, 2, "2"],
    [3, 3, "3"],
    [4, 4, "4"],
    [5, null, "5"],
    [null, 5, "five"],
    [null, 6, "five and a half"],
    [6, 7, "6"],
    [7, 8, "7"],
    [8, 9, "8"],
    null,
  ]);
});

test("a new and a deleted file are whole", () => {
  const diffs = compareFiles(files({ "/old": "x\n" }), files({ "/new": "y\nz" }));
  expect(diffs).toMatchObject([
    { path: "/new", kind: "added", added: 2, removed: 0 },
    { path: "/old", kind: "removed", added: 0, removed: 1 },
  ]);
});

test("each line of both versions is in the difference once, in order, unless it is far from every change", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const [diff] = compareFiles(files({ "/a": before }), files({ "/a": after }));
      const shown = (diff?.lines ?? []).filter((line): line is DiffLine => line !== null);
      for (const [side, whole] of [
        ["before", before],
        ["after", after],
      ] as const) {
        const all = whole.split("\n");
        const numbered = shown.filter((line) => line[side] !== null);
        for (const line of numbered) expect(line.text).toBe(all[(line[side] ?? 0) - 1]);
        const numbers = numbered.map((line) => line[side] ?? 0);
        expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
      }
    }),
  );
});
