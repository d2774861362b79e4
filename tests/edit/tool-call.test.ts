import fc from "fast-check";
import { expect, test } from "vitest";
import type { StopReason } from "../../lib/edit/types.ts";
import { piecesOf, type Run, runToolCalls } from "./apply.ts";

const App = `import { useState } from "react";

export default function App() {
  const [open, setOpen] = useState(false);
  return (
    <main className="p-4">
      <h1>Old "title"</h1>
      <p>same</p>
      <p>same</p>
    </main>
  );
}
`;
const files = { "/src/App.tsx": App, "/src/data.ts": "export const rows = [1, 2, 3];\n" };

/** Every length of piece must end the same. */
function call(
  name: string,
  argumentsText: string,
  stop: StopReason = "stop",
  given: Record<string, string> = files,
): Run {
  const whole = runToolCalls(given, [{ name, pieces: [argumentsText] }], stop);
  for (const length of [1, 2, 5]) {
    const cut = runToolCalls(given, [{ name, pieces: [...piecesOf(argumentsText, length)] }], stop);
    expect([cut.files, cut.result]).toEqual([whole.files, whole.result]);
  }
  return whole;
}

const replaced = App.replace('<h1>Old "title"</h1>', "<h1>\n        New “title” 🙂\\d\n      </h1>");
const oldText = '      <h1>Old "title"</h1>';
const newText = "      <h1>\n        New “title” 🙂\\d\n      </h1>";

test.each([
  ["str_replace", { path: "src/App.tsx", old_string: oldText, new_string: newText }],
  ["Edit", { file_path: "/src/App.tsx", old_string: oldText, new_string: newText, replace_all: false }],
  ["edit", { filePath: "src/App.tsx", oldString: oldText, newString: newText }],
  [
    "str_replace_based_edit_tool",
    { command: "str_replace", path: "src/App.tsx", old_str: oldText, new_str: newText },
  ],
  ["multi_edit", { path: "src/App.tsx", edits: [{ old_text: oldText, new_text: newText }] }],
  ["multi_edit", { edits: [{ old_text: oldText, new_text: newText }], path: "src/App.tsx" }],
  ["multi_edit", { path: "src/App.tsx", edits: JSON.stringify([{ search: oldText, replace: newText }]) }],
  ["edit", { new_string: newText, old_string: oldText, path: "src/App.tsx" }],
  ["write_file", { path: "src/App.tsx", content: replaced }],
  ["write_file", { contents: replaced, filename: "src/App.tsx" }],
  ["create", { path: "src/App.tsx", content: `\`\`\`tsx\n${replaced}\`\`\`\n` }],
  ["str_replace_editor", { command: "create", path: "src/App.tsx", file_text: replaced }],
  ["tool", { arguments: { path: "src/App.tsx", code: replaced } }],
  [
    "apply_patch",
    {
      input: `*** Begin Patch\n*** Update File: src/App.tsx\n@@\n-${oldText}\n+${newText.replaceAll("\n", "\n+")}\n*** End Patch`,
    },
  ],
  [
    "apply_patch",
    { patch: `<<<<<<< SEARCH\n${oldText}\n=======\n${newText}\n>>>>>>> REPLACE\n`, path: "src/App.tsx" },
  ],
])("[F8] the tool call %s %j is applied", (name, values) => {
  const { result, files: after } = call(name, JSON.stringify(values));
  expect(result.failed).toEqual([]);
  expect(result.applied).toHaveLength(1);
  expect(after.get("/src/App.tsx")).toBe(replaced);
});

test("[F8] a patch may come as plain argument text, and arguments encoded twice are decoded twice", () => {
  const patch = "*** Begin Patch\n*** Add File: src/a.ts\n+a();\n*** End Patch";
  expect(call("apply_patch", patch).files.get("/src/a.ts")).toBe("a();\n");
  const twice = JSON.stringify(JSON.stringify({ path: "src/a.ts", content: "b();\n" }));
  expect(call("write_file", twice).files.get("/src/a.ts")).toBe("b();\n");
});

test("[F8] strings are decoded as they come: escapes, surrogate pairs, and what is no escape", () => {
  const { files: after } = call(
    "write_file",
    '{"path":"a.txt","content":"x(\\"\\u00e9\\ud83d\\ude42\\",\\n /\\d+\\/\\t/)"}',
  );
  expect(after.get("/a.txt")).toBe('x("é🙂",\n /\\d+/\t/)\n');
});

test("[F8] the new text enters while it arrives", () => {
  const paragraphs = Array.from({ length: 8 }, (_, index) => `      <p>line ${index}</p>`).join("\n");
  const text = JSON.stringify({ path: "src/App.tsx", old_string: oldText, new_string: paragraphs });
  const run = runToolCalls(files, [{ name: "edit", pieces: [...piecesOf(text, 4)] }], "stop");
  expect(run.states).toBeGreaterThan(4);
  expect(run.visible.some((draft) => draft.includes("line 4"))).toBe(true);
});

test("[F8] several edits of one call fail alone, and a delete tool deletes", () => {
  const edits = [
    { old_string: "nowhere();", new_string: "x" },
    { old_string: "<p>none</p>", new_string: "" },
    { old_string: oldText, new_string: newText },
  ];
  const { result, files: after } = call("multi_edit", JSON.stringify({ path: "src/App.tsx", edits }));
  expect(result.failed.map(({ reason }) => reason)).toEqual(["no-match", "no-match"]);
  expect(after.get("/src/App.tsx")).toBe(replaced);
  expect(call("delete_file", '{"path":"src/data.ts"}').files.has("/src/data.ts")).toBe(false);
});

test.each([
  ["a part of a line", "[1, 2, 3]", "[]", "export const rows = [];\n"],
  ["a part of a line by several lines", "[1, 2, 3]", "[\n  1,\n]", "export const rows = [\n  1,\n];\n"],
  ["a whole line with its end", "export const rows = [1, 2, 3];\n", "a();\nb();\n", "a();\nb();\n"],
  ["a whole line by nothing", "export const rows = [1, 2, 3];", "", ""],
  ["a word by regular expression characters", "rows", "$$1", "export const $$1 = [1, 2, 3];\n"],
])("[M7] a literal string is replaced: %s", (_what, old_string, new_string, expected) => {
  const { result, files: after } = call(
    "edit",
    JSON.stringify({ path: "src/data.ts", old_string, new_string }),
  );
  expect(result.failed).toEqual([]);
  expect(after.get("/src/data.ts")).toBe(expected);
});

test("[M7] text that spans lines in the middle of both is replaced", () => {
  const given = { "/a.ts": "one(1); two(2);\nthree(3); four(4);\n" };
  const { files: after } = call(
    "edit",
    JSON.stringify({ path: "a.ts", old_string: "two(2);\nthree(3);", new_string: "x();\ny();" }),
    "stop",
    given,
  );
  expect(after.get("/a.ts")).toBe("one(1); x();\ny(); four(4);\n");
});

test("[M8] several literal hits are refused with their lines, unless all are meant", () => {
  const values = { path: "src/App.tsx", old_string: "same", new_string: "other" };
  const { result, files: after } = call("edit", JSON.stringify(values));
  expect(result.failed).toMatchObject([{ reason: "ambiguous", nearest: [{ line: 8 }, { line: 9 }] }]);
  expect(after.get("/src/App.tsx")).toBe(App);
  const all = call("edit", JSON.stringify({ ...values, replace_all: true }));
  expect(all.result.applied).toMatchObject([{ added: 2, removed: 2 }]);
  expect(all.files.get("/src/App.tsx")).toBe(App.replaceAll("same", "other"));
  const first = call("edit", JSON.stringify({ replace_all: true, ...values }));
  expect(first.files).toEqual(all.files);
});

test("[M5] a call that was made before changes nothing", () => {
  const values = JSON.stringify({
    path: "src/App.tsx",
    old_string: 'className="p-4"',
    new_string: 'className="p-4" id="a"',
  });
  const calls = [1, 2].map(() => ({ name: "edit", pieces: [values] }));
  const { result, files: after } = runToolCalls(files, calls, "stop");
  expect(result.applied[1]?.notes).toEqual(["already applied"]);
  expect(after.get("/src/App.tsx")).toBe(App.replace('"p-4"', '"p-4" id="a"'));
});

test("[X10] a call that lacks only its closers is accepted at a natural end, a cut string never", () => {
  const text = JSON.stringify({ path: "src/App.tsx", old_string: oldText, new_string: newText });
  expect(call("edit", text.slice(0, -1)).files.get("/src/App.tsx")).toBe(replaced);
  const ends: [string, StopReason][] = [
    [text.slice(0, -1), "length"],
    [text.slice(0, -9), "stop"],
    [text.slice(0, -9), "network"],
    [`${text.slice(0, text.indexOf("New"))}\\u00`, "stop"],
  ];
  for (const [cut, stop] of ends) {
    const { result, files: after } = call("edit", cut, stop);
    expect(result.failed).toMatchObject([{ reason: "truncated" }]);
    expect(after.get("/src/App.tsx")).toBe(App);
  }
});

test("[F8] any pieces of any call give the same files, and garbage never throws", () => {
  const bit = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    '"path"',
    ":",
    '"src/App.tsx"',
    ",",
    '"old_string"',
    '"edits"',
    '"same"',
    "\\u12",
    '"',
    "\\",
    "x",
    "\n",
    "true",
    '"content"',
    '"new_string"',
  );
  fc.assert(
    fc.property(
      fc.array(bit, { maxLength: 40 }),
      fc.constantFrom<StopReason>("stop", "length"),
      (bits, stop) => {
        call("edit", bits.join(""), stop);
      },
    ),
    { numRuns: 300 },
  );
});
