import fc from "fast-check";
import { expect, test } from "vitest";
import { takeBackFiles } from "../../lib/document/take-back-files.ts";

const files = (all: Record<string, string>) => new Map(Object.entries(all));
const some = fc
  .dictionary(
    fc.constantFrom("/a", "/b", "/c"),
    fc.array(fc.constantFrom("1\n", "2\n", "3\n", "4\n"), { maxLength: 8 }).map((lines) => lines.join("")),
  )
  .map(files);

test("with nobody's changes since, taking a turn back gives the bytes from before", () => {
  fc.assert(
    fc.property(some, some, (before, after) => {
      const { files: back, stayed } = takeBackFiles(before, after, after);
      expect([...back].sort()).toEqual([...before].sort());
      expect(stayed).toEqual([]);
    }),
  );
});

test("files that the turn did not touch stay as they are now", () => {
  fc.assert(
    fc.property(some, some, some, (before, after, now) => {
      const { files: back } = takeBackFiles(before, after, now);
      for (const path of ["/a", "/b", "/c"])
        if (before.get(path) === after.get(path)) expect(back.get(path)).toBe(now.get(path));
    }),
  );
});

test("a file that the turn made goes, one that it deleted comes back; what was changed since stays and is named", () => {
  const before = files({ "/kept": "1\n2\n3\n", "/deleted": "old\n" });
  const after = files({ "/kept": "one\n2\nthree\n", "/made": "new\n" });
  expect(takeBackFiles(before, after, after).files).toEqual(before);
  const now = files({ "/kept": "one\n2\nTHREE\n", "/made": "new, and more\n", "/deleted": "by hand\n" });
  const { files: back, stayed } = takeBackFiles(before, after, now);
  expect(back).toEqual(
    files({ "/kept": "1\n2\nTHREE\n", "/made": "new, and more\n", "/deleted": "by hand\n" }),
  );
  expect(stayed).toEqual([
    { path: "/deleted", line: 1 },
    { path: "/kept", line: 3 },
    { path: "/made", line: 1 },
  ]);
});
