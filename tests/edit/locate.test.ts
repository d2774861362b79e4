import fc from "fast-check";
import { expect, test } from "vitest";
import { locate } from "../../lib/edit/locate.ts";
import { runModelText, runToolCalls } from "./apply.ts";

const List = `function list() {
  open();
  <li>one</li>;
  <li>same</li>;
  close();
}
function other() {
  open();
  <li>same</li>;
  close();
}
`;

test("[M9] the region is shown as soon as only one place is left, before the search ends", () => {
  const run = (search: string) =>
    runModelText({ "/a.txt": List }, [`a.txt\n<<<<<<< SEARCH\n${search}`], { stop: "user" });
  const starts = (search: string) => run(search).edits.filter(({ type }) => type === "start");
  expect(starts("  open();\n")).toEqual([]);
  expect(starts("  open();\n  <li>one</li>;\n")).toMatchObject([
    { path: "/a.txt", start: List.indexOf("  open"), end: List.indexOf("  <li>same") },
  ]);
  expect(starts("function other() {\n")).toHaveLength(1);
});

test("[M9] a region that was shown and turns out wrong ends with its block", () => {
  const answer = "a.txt\n<<<<<<< SEARCH\nfunction other() {\n  nothing();\n=======\nx\n>>>>>>> REPLACE\n";
  const { edits, result } = runModelText({ "/a.txt": List }, [answer]);
  expect(edits.map(({ type }) => type)).toEqual(["start", "fail"]);
  expect(result.failed).toMatchObject([{ reason: "no-match" }]);
});

test("[M9] what a person types while SEARCH arrives is seen", () => {
  let typed = false;
  const answer =
    "a.txt\n<<<<<<< SEARCH\nfunction other() {\n  open();\n=======\nfunction another() {\n  open();\n>>>>>>> REPLACE\n";
  const run = runModelText({ "/a.txt": List }, answer.split(/(?<=\n)/), {
    eachPiece: (document) => {
      if (!typed) document.splice("/a.txt", 0, 0, "// mine\n", { kind: "person", clientId: "p" });
      typed = true;
    },
  });
  expect(run.files.get("/a.txt")).toBe(`// mine\n${List.replace("other", "another")}`);
});

test("[M10] dots stand for lines only in pairs, and the lines stay as they are", () => {
  const search = ["function list() {", "  ...", "  <li>same</li>;", "..."];
  expect(locate(List, search)).toMatchObject({
    ok: true,
    tier: 7,
    gaps: [["  open();", "  <li>one</li>;"], []],
  });
  expect(locate(List, ["...", "  <li>same</li>;"])).toMatchObject({ ok: false, reason: "ambiguous" });
  expect(locate("a\n...\nb\n", ["a", "...", "b"])).toMatchObject({ ok: true, tier: 1 });
});

test("[M10] escapes are undone only when the text as written stands nowhere", () => {
  expect(locate("a &lt; b\na < b\n", ["a &lt; b"])).toMatchObject({ tier: 1, start: 0 });
  const undone = locate("x\na < b\n", ["a &lt; b"]);
  expect(undone).toMatchObject({ ok: true, tier: 8 });
  expect(undone.ok && undone.rewrite?.("c &amp;&amp; d")).toEqual(["c && d"]);
  const twice = runToolCalls(
    { "/a.txt": 'say("x");\nend\n' },
    [
      {
        name: "edit",
        pieces: [
          JSON.stringify({
            path: "a.txt",
            old_string: 'say(\\"x\\");\\nend',
            new_string: 'say(\\"y\\");\\nend',
          }),
        ],
      },
    ],
    "stop",
  );
  expect(twice.files.get("/a.txt")).toBe('say("y");\nend\n');
});

test("[M2] lines that stand once are found exactly where a slow search finds them", () => {
  const line = fc.constantFrom("a", " a", "a ", "b", "", "\tb", "“c”", '"c"');
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 12 }),
      fc.array(line, { minLength: 1, maxLength: 3 }),
      fc.constantFrom("\n", "\r\n"),
      (file, search, end) => {
        if (search.every((each) => each.trim() === "")) return;
        const text = file.map((each) => each + end).join("");
        const slow = file.flatMap((_line, at) =>
          search.every((each, offset) => file[at + offset] === each) ? [at] : [],
        );
        const found = locate(text, search);
        if (slow.length === 1) {
          const start = file.slice(0, slow[0]).reduce((sum, each) => sum + each.length + end.length, 0);
          expect(found).toMatchObject({ ok: true, tier: 1, start });
        } else if (slow.length > 1) expect(found).toMatchObject({ ok: false, reason: "ambiguous" });
      },
    ),
    { numRuns: 1_000 },
  );
});

test("[M2] a search that ends with a blank line does not also fit the end of the file", () => {
  expect(locate("a\n\na\n", ["a", ""])).toMatchObject({ ok: true, tier: 1, start: 0 });
});
