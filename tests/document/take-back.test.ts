import fc from "fast-check";
import { expect, test } from "vitest";
import { takeBack } from "../../lib/document/take-back.ts";

function applied(now: string, { splices }: ReturnType<typeof takeBack>): string {
  let text = now;
  for (const { start, end, text: put } of [...splices].reverse())
    text = text.slice(0, start) + put + text.slice(end);
  return text;
}

const lines = fc
  .array(fc.constantFrom("a\n", "b\n", "c\n", "d\n", "e\n"), { maxLength: 12 })
  .map((all) => all.join(""));

test("with nothing written since, taking back gives the bytes from before", () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const back = takeBack(before, after, after);
      expect(back.places).toEqual([]);
      expect(applied(after, back)).toBe(before);
    }),
  );
});

test("what was written elsewhere since stays, above and below", () => {
  const before = "one\ntwo\nthree\n";
  const after = "one\nTWO\nthree\n";
  const back = takeBack(before, after, "zero\none\nTWO\nthree\nfour\n");
  expect(applied("zero\none\nTWO\nthree\nfour\n", back)).toBe("zero\none\ntwo\nthree\nfour\n");
});

test("a place that somebody has written over is left alone and counted", () => {
  const before = "one\ntwo\nthree\nfour\n";
  const after = "ONE\ntwo\nTHREE\nfour\n";
  const now = "ONE by hand\ntwo\nTHREE\nfour\n";
  const back = takeBack(before, after, now);
  expect(back.places).toEqual([0]);
  expect(applied(now, back)).toBe("ONE by hand\ntwo\nthree\nfour\n");
});

test("nothing that anyone wrote since is ever removed", () => {
  fc.assert(
    fc.property(lines, lines, fc.nat(12), (before, after, at) => {
      const all = after.match(/[^\n]*\n/g) ?? [];
      const now = [...all.slice(0, at), "by hand\n", ...all.slice(at)].join("");
      expect(applied(now, takeBack(before, after, now))).toContain("by hand\n");
    }),
  );
});
