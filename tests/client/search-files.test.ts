import fc from "fast-check";
import { expect, test } from "vitest";
import { type Query, searchFiles } from "../../lib/client/search-files.ts";
import { textEdits } from "../../lib/client/text-edits.ts";

const now = () => 0;
const files = new Map([
  ["/src/b.ts", "const Card = 1;\nconst card = Card;\n"],
  ["/src/a.css", ".card {\n}\n"],
  ["/src/logo.png", "data:image/png;base64,Card"],
]);
const query = (text: string, more: Partial<Query> = {}): Query => ({
  text,
  isRegex: false,
  matchesCase: false,
  ...more,
});

test("text is found in all files, in order, with line and column; pictures are no text", () => {
  const found = searchFiles(files, query("card"), now);
  expect(found).toMatchObject({ ok: true, count: 4, isCut: false });
  expect(
    found.ok &&
      found.files.map(({ path, matches }) => [path, matches.map(({ line, column }) => [line, column])]),
  ).toEqual([
    ["/src/a.css", [[1, 2]]],
    [
      "/src/b.ts",
      [
        [1, 7],
        [2, 7],
        [2, 14],
      ],
    ],
  ]);
  expect(searchFiles(files, query("Card", { matchesCase: true }), now)).toMatchObject({ count: 2 });
  expect(searchFiles(files, query("nothing"), now)).toMatchObject({ count: 0 });
  expect(searchFiles(files, query(""), now)).toMatchObject({ count: 0 });
});

test("a pattern is one only when it is said to be; one that is none is explained", () => {
  expect(searchFiles(files, query("c.rd"), now)).toMatchObject({ count: 0 });
  expect(searchFiles(files, query("c.rd|const", { isRegex: true }), now)).toMatchObject({ count: 6 });
  expect(searchFiles(files, query("(", { isRegex: true }), now)).toMatchObject({
    ok: false,
    message: expect.stringMatching(/no regular expression \(.+\)/),
  });
  expect(searchFiles(files, query("x*", { isRegex: true }), now)).toMatchObject({ count: 0 });
});

test("any text is found exactly where it stands", () => {
  const line = fc.string({ maxLength: 20 }).map((text) => text.replaceAll("\n", " "));
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.nat(), fc.nat(), (lines, at, from) => {
      const chosen = lines[at % lines.length] ?? "";
      const needle = chosen.slice(from % (chosen.length + 1));
      const found = searchFiles(
        new Map([["/a.txt", lines.join("\n")]]),
        query(needle, { matchesCase: true }),
        now,
      );
      if (!found.ok || needle === "") return;
      expect(found.count).toBeGreaterThan(0);
      for (const { line, column, length } of found.files[0]?.matches ?? [])
        expect(lines[line - 1]?.slice(column - 1, column - 1 + length)).toBe(needle);
    }),
  );
});

test("too many places, or too much time: what was found is shown, and said to be a part", () => {
  const many = new Map([["/a.txt", "x\n".repeat(5_000)]]);
  expect(searchFiles(many, query("x"), now)).toMatchObject({ count: 1_000, isCut: true });
  let clock = 0;
  expect(searchFiles(many, query("x"), () => (clock += 1))).toMatchObject({ isCut: true });
});

test("a text becomes another by edits that touch only what differs", () => {
  const text = fc
    .array(fc.constantFrom("ab", "abc", "", "d"), { maxLength: 12 })
    .map((all) => all.join("\n"));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const edits = textEdits(before, after);
      let [result, at] = ["", 0];
      for (const { from, to, insert } of edits) {
        expect(from).toBeGreaterThanOrEqual(at);
        expect(before.slice(from, to)).not.toBe(insert);
        result += before.slice(at, from) + insert;
        at = to;
      }
      expect(result + before.slice(at)).toBe(after);
    }),
  );
  expect(textEdits("const a = 'x'\nb\n", "const a = 'x';\nb\n")).toEqual([{ from: 13, to: 13, insert: ";" }]);
});
