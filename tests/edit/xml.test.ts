import { expect, test } from "vitest";
import { piecesOf, type RunOptions, runEveryWay, runModelText } from "./apply.ts";

const App = `export default function App() {
  return (
    <main>
      <h1>Old</h1>
      <p>a &lt; b</p>
      <h1>Old</h1>
    </main>
  );
}
`;
const files = { "/src/App.tsx": App, "/src/data.ts": "export const rows = [1, 2, 3];\n" };
const run = (answer: string, options: RunOptions = {}) => runEveryWay(files, answer, options);

const fresh = "export const rows = [];\nexport const more = 1;\n";
const old = "export const rows = [1, 2, 3];";

test.each([
  [
    "a file action",
    `<boltArtifact id="x" title="y">\n<boltAction type="shell">rm -rf src</boltAction>\n<boltAction type="file" filePath="src/data.ts">${fresh}</boltAction>\n</boltArtifact>`,
  ],
  [
    "a write tag",
    `<dyad-write path="src/data.ts" description="x > y">\n${fresh}</dyad-write>`.replace(
      ' description="x > y"',
      "",
    ),
  ],
  ["a write tag around a fence", `<dyad-write path='src/data.ts'>\n\`\`\`ts\n${fresh}\`\`\`\n</dyad-write>`],
  ["a tag of another write tool", `<lov-write file_path="src/data.ts">${fresh}</lov-write>`],
  [
    "tags for path and content",
    `<write_to_file>\n<path>src/data.ts</path>\n<content>\n${fresh}</content>\n</write_to_file>`,
  ],
  [
    "tags in another order",
    `<write_to_file>\n<content>\n${fresh}</content>\n  <path>\n src/data.ts\n</path>\n</write_to_file>`,
  ],
  [
    "blocks in a tag",
    `<replace_in_file>\n<path>src/data.ts</path>\n<diff>\n------- SEARCH\n${old}\n=======\n${fresh}+++++++ REPLACE\n</diff>\n</replace_in_file>`,
  ],
  [
    "blocks in a tag with a path",
    `<dyad-search-replace path="src/data.ts">\n<<<<<<< SEARCH\n${old}\n=======\n${fresh}>>>>>>> REPLACE\n</dyad-search-replace>`,
  ],
  [
    "a pair of texts",
    `<edits path="src/data.ts">\n<old_text>\n${old}\n</old_text>\n<new_text>\n${fresh}</new_text>\n</edits>`,
  ],
  [
    "a pair with its path before",
    `src/data.ts\n<old_text line=1>\n${old}\n</old_text>\n\n<new_text>\n${fresh}</new_text>`,
  ],
  [
    "a pair with swapped closers",
    `<edits path="src/data.ts">\n<old_text>\n${old}\n</new_text>\n<new_text>\n${fresh}</old_text>\n</edits>`,
  ],
  [
    "a tool call in tags",
    `<function_calls>\n<invoke name="str_replace">\n<parameter name="path">src/data.ts</parameter>\n<parameter name="old_str">${old}</parameter>\n<parameter name="new_str">${fresh.trimEnd()}</parameter>\n</invoke>\n</function_calls>`,
  ],
  [
    "a value with a wrong closer",
    `<edit path="src/data.ts">\n<old_string>${old}</old_string>\n<new_string>${fresh.trimEnd()}</parameter></invoke>\n</edit>`,
  ],
])("[F9] %s is read", (_what, answer) => {
  const { result, files: after, prose } = run(`I'll do that.\n\n${answer}\nDone.\n`);
  expect(result.failed).toEqual([]);
  expect(result.applied).toHaveLength(1);
  expect(after.get("/src/data.ts")).toBe(fresh);
  expect(after.get("/src/App.tsx")).toBe(App);
  expect(prose).toMatch(/^I'll do that\.\n\n+Done\.\n$/);
});

test("[F9] several pairs in one tag are several edits, and a line decides between two places", () => {
  const answer = `<edits path="src/App.tsx">
<old_text line="6">
      <h1>Old</h1>
</old_text>
<new_text>
      <h1>Second</h1>
</new_text>
<old_text>
    <main>
</old_text>
<new_text>
    <main className="p-4">
</new_text>
</edits>
`;
  const { result, files: after } = run(answer);
  expect(result.applied).toHaveLength(2);
  expect(after.get("/src/App.tsx")).toBe(
    App.replace("<main>", '<main className="p-4">').replace(/Old(?![\s\S]*Old)/, "Second"),
  );
});

test("[F9] files are deleted and renamed by tags", () => {
  const { result, files: after } = run(
    '<dyad-rename from="src/data.ts" to="src/rows.ts"></dyad-rename>\n<dyad-delete path="src/App.tsx" />\n',
  );
  expect(result.applied.map(({ kind }) => kind)).toEqual(["move", "delete"]);
  expect([...after.keys()]).toEqual(["/src/rows.ts"]);
});

test("[F9] content is literal: entities stay, and tags of the page are no closers", () => {
  const content = 'export default () => <p title="</edit>">a &lt; b</p>;\n';
  const answer = `<dyad-write path="src/p.tsx">\n${content}</dyad-write>\n`;
  expect(run(answer).files.get("/src/p.tsx")).toBe(content);
});

test("[F9] markup in prose is prose", () => {
  const prose = "Use <edit> or\n<file>\n<main>\n<path>src/a.ts</path>\n";
  expect(run(prose)).toMatchObject({ prose, result: { applied: [], failed: [] } });
});

test("[F10] blocks in the model's thinking are prose", () => {
  const block = `src/data.ts\n<<<<<<< SEARCH\n${old}\n=======\n${fresh}>>>>>>> REPLACE\n`;
  for (const tag of ["thinking", "think"]) {
    const { result, files: after, prose } = run(`<${tag}>\n${block}</${tag}>\nNo.\n`);
    expect(result.applied).toEqual([]);
    expect(after.get("/src/data.ts")).toBe(files["/src/data.ts"]);
    expect(prose).toContain("SEARCH");
  }
});

test("[S1] no part of a closer is ever in a draft or a document", () => {
  const answer = `<dyad-write path="src/App.tsx">\n${App.replace("Old", "New")}</dyad-write>\n<edits path="src/data.ts"><old_text>${old}</old_text><new_text>let x = 1;\n</new_text></edits>\n`;
  const cut = runModelText(files, piecesOf(answer, 1), {
    eachPiece: (document) => {
      for (const text of document.files().values()) expect(text).not.toMatch(/<\/(?:dy|ne)|<\/?old/);
    },
  });
  for (const draft of cut.visible) expect(draft).not.toMatch(/<\/(?:d|n|$)/);
  expect(cut.result.failed).toEqual([]);
});

test("[X11] a tag that is cut leaves the file, with and without its name", () => {
  for (const stop of ["stop", "network"] as const) {
    const { result, files: after } = run(`<dyad-write path="src/data.ts">\nexport const ro`, { stop });
    expect(result.failed).toMatchObject([{ reason: "truncated", text: expect.stringContaining("export") }]);
    expect(after.get("/src/data.ts")).toBe(files["/src/data.ts"]);
  }
  const pair = run(`<old_text>\n${old}\n</old_text>\n<new_text>\nlet`, { stop: "length" });
  expect(pair.result.failed).toMatchObject([{ reason: "truncated" }]);
});
