/** The 54 bad inputs of edits.md §10: what each leaves in the files, and what is said about it. */
import { expect, test } from "vitest";
import type { Reason, StopReason } from "../../lib/edit/types.ts";
import { type Call, piecesOf, type Run, runModelText, runToolCalls } from "./apply.ts";

const App = `import { useState } from "react";

export default function App() {
  const [open, setOpen] = useState(false);
  return (
    <main className="p-4">
      <h1>Old title</h1>
      <p>same</p>
      <p>same</p>
      <p>same</p>
      <button onClick={() => setOpen(!open)}>Menu</button>
    </main>
  );
}
`;
const base: Record<string, string> = {
  "/src/App.tsx": App,
  "/src/a.ts": "one();\ntwo();\nthree();\n",
  "/src/notes.md": "# Notes\n\nTitle\n=======\n\ntext\n",
};

type Row = {
  row: number;
  what: string;
  answer?: string;
  calls?: Call[];
  files?: Record<string, string>;
  stop?: StopReason;
  /** Files that are other than before; null: gone. */
  after?: Record<string, string | null>;
  failed?: [path: string | null, reason: Reason][];
  notes?: string[];
  warnings?: number;
  tier?: number;
  check?: (run: Run) => void;
};

const block = (search: string, replace: string, path = "src/a.ts\n") =>
  `${path}<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;
const patch = (body: string) => `*** Begin Patch\n${body}*** End Patch\n`;
const call = (name: string, values: unknown): Call[] => [
  { name, pieces: [...piecesOf(typeof values === "string" ? values : JSON.stringify(values), 3)] },
];
const A = "/src/a.ts";
const two = block("two();", "TWO();");
const twoDone = { [A]: "one();\nTWO();\nthree();\n" };
const update = "*** Update File: src/a.ts\n@@\n-two();\n+TWO();\n";

const rows: Row[] = [
  {
    row: 1,
    what: "SEARCH is nowhere",
    answer: block("nothing();", "x();") + two,
    after: twoDone,
    failed: [[A, "no-match"]],
  },
  {
    row: 1,
    what: "SEARCH is nowhere, near lines are named",
    answer: block("      <h1>Old heading</h1>", "x", "src/App.tsx\n"),
    failed: [["/src/App.tsx", "no-match"]],
    check: ({ result }) =>
      expect(result.failed[0]?.nearest[0]).toEqual({ line: 7, text: "      <h1>Old title</h1>" }),
  },
  {
    row: 2,
    what: "SEARCH fits three places",
    answer: block("      <p>same</p>", "      <p>other</p>", "src/App.tsx\n"),
    failed: [["/src/App.tsx", "ambiguous"]],
    check: ({ result }) => expect(result.failed[0]?.nearest.map(({ line }) => line)).toEqual([8, 9, 10]),
  },
  {
    row: 3,
    what: "the answer ends inside SEARCH",
    answer: `${two}src/a.ts\n<<<<<<< SEARCH\none();`,
    stop: "length",
    after: twoDone,
    failed: [[A, "truncated"]],
  },
  {
    row: 4,
    what: "the answer ends inside REPLACE",
    answer: "src/a.ts\n<<<<<<< SEARCH\none();\n=======\nONE();\nmore(",
    stop: "network",
    failed: [[A, "truncated"]],
    check: ({ result }) => expect(result.failed[0]?.text).toBe("ONE();\nmore(\n"),
  },
  {
    row: 4,
    what: "only the final marker is missing",
    answer: "src/a.ts\n<<<<<<< SEARCH\ntwo();\n=======\nTWO();\n",
    after: twoDone,
    warnings: 1,
  },
  {
    row: 4,
    what: "the final marker is missing and the file would not parse",
    answer: "src/a.ts\n<<<<<<< SEARCH\ntwo();\n=======\nTWO(\n",
    failed: [[A, "does-not-parse"]],
    warnings: 1,
  },
  {
    row: 5,
    what: "the answer ends inside a whole file",
    answer: "src/a.ts\n```ts\none();\nother();\nthi",
    failed: [[A, "truncated"]],
    check: ({ result }) => expect(result.failed[0]?.text).toBe("one();\nother();\nthi\n"),
  },
  {
    row: 6,
    what: "a person stops inside a block",
    answer: `${two}src/a.ts\n<<<<<<< SEARCH\none();\n=======\nONE();\n`,
    stop: "user",
    after: twoDone,
    failed: [[A, "truncated"]],
  },
  {
    row: 7,
    what: "the divider is missing",
    answer: `src/a.ts\n<<<<<<< SEARCH\none();\n>>>>>>> REPLACE\n${two}`,
    after: twoDone,
    failed: [[A, "malformed-marker"]],
  },
  {
    row: 8,
    what: "a second divider ends REPLACE",
    answer: `src/a.ts\n<<<<<<< SEARCH\none();\n=======\nONE();\n=======\n${two}`,
    after: { [A]: "ONE();\nTWO();\nthree();\n" },
    warnings: 1,
  },
  {
    row: 8,
    what: "a second divider ends the answer",
    answer: "src/a.ts\n<<<<<<< SEARCH\ntwo();\n=======\nTWO();\n=======\nDone.\n",
    after: twoDone,
    warnings: 1,
    check: ({ prose }) => expect(prose).toContain("Done."),
  },
  ...["<<<<<<< SEARCH>", "<<<<< SEARCH", "<<<<<<<<< SEARCH", "------- SEARCH", "<<<<<<<SEARCH"].map(
    (head): Row => ({
      row: head === "<<<<<<<SEARCH" ? 10 : 9,
      what: `the marker ${head}`,
      answer: `src/a.ts\n${head}\ntwo();\n=======\nTWO();\n>>>>>>> REPLACE\n`,
      after: twoDone,
    }),
  ),
  {
    row: 10,
    what: "a broken marker",
    answer: `src/a.ts\n<<<<<< SEARC\none();\n=======\nONE();\n>>>>>>> REPLACE\n${two}`,
    after: twoDone,
    failed: [["src/a.ts", "malformed-marker"]],
  },
  {
    row: 11,
    what: "markers cut into pieces are never shown",
    answer: two,
    after: twoDone,
    check: ({ visible }) => {
      for (const draft of visible) expect(draft).not.toMatch(/[<>=]{2}|REP/);
    },
  },
  {
    row: 12,
    what: "escaped markers are content",
    answer: block("text", "\\<<<<<<< SEARCH\n\\=======\n\\>>>>>>> REPLACE", "src/notes.md\n"),
    after: { "/src/notes.md": "# Notes\n\nTitle\n=======\n\n<<<<<<< SEARCH\n=======\n>>>>>>> REPLACE\n" },
  },
  {
    row: 12,
    what: "a bare divider in REPLACE is content when the end follows",
    answer: block("text", "Second\n=======\nmore", "src/notes.md\n"),
    after: { "/src/notes.md": "# Notes\n\nTitle\n=======\n\nSecond\n=======\nmore\n" },
  },
  {
    row: 12,
    what: "a bare divider in SEARCH ends it",
    answer: block("Title\n=======\n\ntext", "x", "src/notes.md\n").replace("Title", "Tittle"),
    failed: [["/src/notes.md", "no-match"]],
  },
  {
    row: 13,
    what: "fences inside a fenced file",
    answer: "src/notes.md\n````md\n# Notes\n\n```bash\nnpm i\n```\n````\n",
    after: { "/src/notes.md": "# Notes\n\n```bash\nnpm i\n```\n" },
  },
  {
    row: 13,
    what: "fences inside a fence of the same length",
    answer: "src/notes.md\n```md\n# Notes\n\n```bash\nnpm i\n```\nend\n```\n",
    after: { "/src/notes.md": "# Notes\n\n```bash\nnpm i\n```\nend\n" },
  },
  { row: 14, what: "a fence around a patch", answer: `\`\`\`\n${patch(update)}\`\`\`\n`, after: twoDone },
  {
    row: 14,
    what: "a fence around a block",
    answer: `src/a.ts\n\`\`\`ts\n${block("two();", "TWO();", "")}\`\`\`\n`,
    after: twoDone,
  },
  {
    row: 15,
    what: "prose, thinking and shell around blocks",
    answer: `Hi.\n<thinking>\n${block("one();", "no();")}</thinking>\n${two}Run:\n\`\`\`bash\nrm -rf src\n\`\`\`\nBye.\n`,
    after: twoDone,
    check: ({ prose }) => expect(prose).toMatch(/^Hi\.[\s\S]*no\(\);[\s\S]*rm -rf src[\s\S]*Bye\.\n$/),
  },
  { row: 16, what: "no path, one file fits", answer: block("two();", "TWO();", ""), after: twoDone },
  {
    row: 16,
    what: "no path, several files fit",
    files: { "/x.ts": "go();\n", "/y.ts": "go();\n" },
    answer: block("go();", "stop();", ""),
    failed: [[null, "no-path"]],
  },
  ...[
    "**src/a.ts**",
    "# src/a.ts:",
    "`src/a.ts`",
    "1. `a.ts`",
    "- File: src/a.ts",
    "In `src/a.ts` change this:",
  ].map(
    (line): Row => ({
      row: 17,
      what: `the path line ${line}`,
      answer: block("two();", "TWO();", `${line}\n`),
      after: twoDone,
    }),
  ),
  ...[
    "../../x.ts",
    "C:\\x.ts",
    "src\\x.ts",
    "a\u0000.ts",
    "__proto__/x.ts",
    "/etc/x.ts",
    "/tmp/x.ts",
    "/home/u/x.ts",
    "/usr/x.ts",
  ].map(
    (path): Row => ({
      row: 18,
      what: `the path ${JSON.stringify(path)}`,
      calls: call("write_file", { path, content: "x();\n" }),
      failed: [[path, "bad-path"]],
    }),
  ),
  {
    row: 19,
    what: "a path in other letters",
    answer: block("two();", "TWO();", "./SRC/A.ts\n"),
    after: twoDone,
    warnings: 1,
  },
  { row: 19, what: "a leading slash", answer: block("two();", "TWO();", "/src/a.ts\n"), after: twoDone },
  {
    row: 20,
    what: "a CRLF file and an LF answer",
    files: { "/c.ts": "one();\r\ntwo();\r\nthree();\r\n" },
    answer: block("one();\ntwo();", "one();\nTWO();\nmore();", "c.ts\n"),
    after: { "/c.ts": "one();\r\nTWO();\r\nmore();\r\nthree();\r\n" },
    tier: 1,
  },
  {
    row: 20,
    what: "mixed line ends stay per line",
    files: { "/c.ts": "one();\r\ntwo();\nthree();\r\n" },
    answer: block("one();\ntwo();\nthree();", "one();\ntwo();\nTHREE();", "c.ts\n"),
    after: { "/c.ts": "one();\r\ntwo();\nTHREE();\r\n" },
  },
  {
    row: 20,
    what: "an answer in CRLF",
    answer: two.replaceAll("\n", "\r\n"),
    after: twoDone,
  },
  {
    row: 21,
    what: "lone CR, byte order mark, no final line end",
    files: { "/r.txt": "one\rtwo\rthree", "/b.ts": "\ufeffone();\ntwo();" },
    answer: block("two", "TWO", "r.txt\n") + block("two();", "TWO();", "b.ts\n"),
    after: { "/r.txt": "one\rTWO\rthree", "/b.ts": "\ufeffone();\nTWO();" },
  },
  {
    row: 22,
    what: "tabs for spaces",
    answer: block("\t\t\t<h1>Old title</h1>", "\t\t\t<h1>\n\t\t\t\tNew\n\t\t\t</h1>", "src/App.tsx\n"),
    after: { "/src/App.tsx": App.replace("<h1>Old title</h1>", "<h1>\n        New\n      </h1>") },
    tier: 3,
  },
  {
    row: 22,
    what: "indentation missing",
    answer: block("<h1>Old title</h1>", "<h1>\n  New\n</h1>", "src/App.tsx\n"),
    after: { "/src/App.tsx": App.replace("<h1>Old title</h1>", "<h1>\n        New\n      </h1>") },
    tier: 3,
  },
  {
    row: 23,
    what: "smart quotes and a no-break space",
    files: { "/q.ts": 'say("it\'s");\nkeep("“x”");\n' },
    answer: block('say(“it’s”);\u00a0\nkeep(""x"");', 'say("new");\nkeep(1);', "q.ts\n").replace(
      '""x""',
      '"“x”"',
    ),
    after: { "/q.ts": 'say("new");\nkeep(1);\n' },
    tier: 4,
  },
  { row: 24, what: "blank edges", answer: block("\ntwo();\n", "TWO();"), after: twoDone, tier: 5 },
  {
    row: 25,
    what: "paired dots",
    answer: block("one();\n// ...\nthree();", "ONE();\n// ...\nTHREE();"),
    after: { [A]: "ONE();\ntwo();\nTHREE();\n" },
    tier: 7,
  },
  {
    row: 25,
    what: "dots only in SEARCH",
    answer: block("one();\n...\nthree();", "ONE();\nTHREE();"),
    failed: [[A, "placeholder"]],
  },
  {
    row: 25,
    what: "dots only in REPLACE",
    answer: block("one();\ntwo();", "ONE();\n// ... existing code ..."),
    failed: [[A, "placeholder"]],
  },
  {
    row: 25,
    what: "dots in a whole file that exists",
    answer: "src/a.ts\n```ts\none();\n// ... rest of the code remains the same\n```\n",
    failed: [[A, "placeholder"]],
  },
  { row: 26, what: "REPLACE equals SEARCH", answer: block("two();", "two();"), notes: ["unchanged"] },
  { row: 27, what: "an edit sent twice", answer: two + two, after: twoDone, notes: ["already applied"] },
  {
    row: 27,
    what: "an addition sent twice",
    answer: block("two();", "two();\nmore();").repeat(2) + block("one();", "zero();\none();").repeat(2),
    after: { [A]: "zero();\none();\ntwo();\nmore();\nthree();\n" },
    notes: ["already applied", "already applied"],
  },
  {
    row: 28,
    what: "the second block edits what the first wrote",
    answer: two + block("TWO();", "2();".replace("2", "second")),
    after: { [A]: "one();\nsecond();\nthree();\n" },
  },
  {
    row: 28,
    what: "the second block wants what the first took away",
    answer: block("two();", "first();") + block("two();\nthree();", "x();"),
    after: { [A]: "one();\nfirst();\nthree();\n" },
    failed: [[A, "no-match"]],
  },
  {
    row: 29,
    what: "blocks out of file order",
    answer: block("three();", "3;") + block("one();", "1;"),
    after: { [A]: "1;\ntwo();\n3;\n" },
  },
  {
    row: 29,
    what: "hunks out of file order",
    answer: patch("*** Update File: src/a.ts\n@@\n-three();\n+3;\n@@\n-one();\n+1;\n"),
    after: { [A]: "1;\ntwo();\n3;\n" },
  },
  {
    row: 30,
    what: "an empty SEARCH on a full file",
    answer: block("", "x();"),
    failed: [[A, "empty-search"]],
  },
  {
    row: 31,
    what: "an empty SEARCH on no file",
    answer: block("", "x();", "src/n.ts\n"),
    after: { "/src/n.ts": "x();\n" },
  },
  {
    row: 31,
    what: "an empty SEARCH on an empty file",
    files: { "/e.ts": "" },
    answer: block("", "x();", "e.ts\n"),
    after: { "/e.ts": "x();\n" },
  },
  {
    row: 32,
    what: "Add File over a file",
    answer: patch("*** Add File: src/a.ts\n+one();\n+new1();\n"),
    after: { [A]: "one();\nnew1();\n" },
    warnings: 1,
  },
  {
    row: 33,
    what: "Update and Delete of missing files",
    answer: patch(`*** Update File: no.ts\n@@\n-a\n+b\n*** Delete File: none.ts\n${update}`),
    after: twoDone,
    failed: [
      ["/no.ts", "no-file"],
      ["/none.ts", "no-file"],
    ],
  },
  {
    row: 34,
    what: "delete, then add again",
    answer: patch("*** Delete File: src/a.ts\n*** Add File: src/a.ts\n+one();\n+x();\n"),
    after: { [A]: "one();\nx();\n" },
    warnings: 1,
  },
  {
    row: 34,
    what: "move onto a file",
    files: { "/x.ts": "x();\n", "/y.ts": "y();\n" },
    answer: patch("*** Update File: x.ts\n*** Move to: y.ts\n@@\n-x();\n+z();\n"),
    after: { "/x.ts": null, "/y.ts": "z();\n" },
    warnings: 1,
  },
  {
    row: 35,
    what: "move without hunks",
    answer: patch("*** Update File: src/a.ts\n*** Move to: src/b.ts\n"),
    after: { [A]: null, "/src/b.ts": "one();\ntwo();\nthree();\n" },
  },
  {
    row: 36,
    what: "a patch without its end",
    answer: `*** Begin Patch\n${update}`,
    after: twoDone,
    warnings: 1,
  },
  {
    row: 36,
    what: "a patch without its end, cut",
    answer: `*** Begin Patch\n*** Add File: n.ts\n+n();\n${update}`,
    stop: "length",
    after: { "/n.ts": "n();\n" },
    failed: [[A, "truncated"]],
  },
  { row: 36, what: "a patch without its begin", answer: `${update}*** End Patch\n`, after: twoDone },
  {
    row: 36,
    what: "a patch in a heredoc behind %%bash",
    answer: `\`\`\`\n%%bash\napply_patch <<"EOF"\n${patch(update)}EOF\n\`\`\`\n`,
    after: twoDone,
  },
  {
    row: 37,
    what: "a blank line in a hunk is context",
    files: { "/s.ts": "one();\n\ntwo();\n" },
    answer: patch("*** Update File: s.ts\n@@\n one();\n\n-two();\n+TWO();\n"),
    after: { "/s.ts": "one();\n\nTWO();\n" },
  },
  {
    row: 37,
    what: "a hunk line without a mark",
    answer: patch(`*** Update File: src/a.ts\n@@\none();\n-two();\n+TWO();\n*** Add File: n.ts\n+n();\n`),
    after: { "/n.ts": "n();\n" },
    failed: [[A, "malformed-patch"]],
  },
  {
    row: 38,
    what: "wrong line numbers",
    answer: "--- a/src/a.ts\n+++ b/src/a.ts\n@@ -30,6 +30,7 @@\n one();\n-two();\n+TWO();\n three();\n",
    after: twoDone,
  },
  {
    row: 39,
    what: "context that stops fitting after splices",
    answer: patch("*** Update File: src/a.ts\n@@\n-one();\n+ONE();\n+more();\n three();\n"),
    failed: [[A, "context-mismatch"]],
  },
  {
    row: 40,
    what: "/dev/null, a/ and b/, spaces, wrong counts",
    files: { "/old one.ts": "x();\n", "/my file.ts": "one();\ntwo();\n" },
    answer:
      "--- /dev/null\n+++ b/new.ts\n@@ -0,0 +1,9 @@\n+n();\n--- a/old one.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-x();\n--- a/my file.ts\n+++ b/my file.ts\n@@ -1,7 +1,1 @@\n one();\n-two();\n+TWO();\n",
    after: { "/new.ts": "n();\n", "/old one.ts": null, "/my file.ts": "one();\nTWO();\n" },
  },
  ...["\\", "\\u00", "\\ud83d"].map(
    (cut): Row => ({
      row: 41,
      what: `JSON cut behind ${cut}`,
      calls: call("edit", `{"path":"src/a.ts","old_string":"two();","new_string":"TWO();\\n${cut}`),
      failed: [[A, "truncated"]],
    }),
  ),
  {
    row: 42,
    what: "JSON encoded twice, keys out of order, other names",
    calls: call("multi_edit", {
      edits: JSON.stringify([{ newText: "TWO();", oldText: "two();" }]),
      filePath: "src/a.ts",
    }),
    after: twoDone,
  },
  {
    row: 43,
    what: "entities for a tag",
    answer: block("      &lt;h1&gt;Old title&lt;/h1&gt;", "      &lt;h1&gt;New&lt;/h1&gt;", "src/App.tsx\n"),
    after: { "/src/App.tsx": App.replace("Old title", "New") },
    tier: 8,
  },
  {
    row: 43,
    what: "entities that are meant",
    files: { "/e.tsx": "export default () => <p>a &lt; b</p>;\n" },
    answer: block(
      "export default () => <p>a &lt; b</p>;",
      "export default () => <p>a &gt; b</p>;",
      "e.tsx\n",
    ),
    after: { "/e.tsx": "export default () => <p>a &gt; b</p>;\n" },
    tier: 1,
  },
  {
    row: 44,
    what: "doubled line breaks",
    calls: call("edit", { path: "src/a.ts", old_string: "one();\\ntwo();", new_string: "one();\\nTWO();" }),
    after: twoDone,
    tier: 8,
  },
  {
    row: 45,
    what: "line numbers in SEARCH",
    answer: block("1 | one();\n2 | two();", "1 | one();\n2 | TWO();"),
    after: twoDone,
    tier: 6,
  },
  {
    row: 48,
    what: "variants share no state",
    answer: two,
    after: twoDone,
    check: () => void runModelText(base, [two]),
  },
  {
    row: 49,
    what: "20,000 lines",
    files: { "/big.txt": Array.from({ length: 20_000 }, (_, line) => `line ${line}\n`).join("") },
    answer: block("line 19000\nline 19001", "line 19000\nother", "big.txt\n"),
    after: {
      "/big.txt": Array.from({ length: 20_000 }, (_, line) =>
        line === 19_001 ? "other\n" : `line ${line}\n`,
      ).join(""),
    },
  },
  {
    row: 49,
    what: "a line of 1 MB",
    files: { "/big.txt": `a\n${"x".repeat(1_000_000)}\nb\n` },
    answer: block("b", "c", "big.txt\n"),
    after: { "/big.txt": `a\n${"x".repeat(1_000_000)}\nc\n` },
  },
  {
    row: 50,
    what: "endless repetition, stopped by our cap",
    answer: `${two}src/loop.ts\n\`\`\`ts\n${"again();\n".repeat(5_000)}`,
    stop: "limit",
    after: twoDone,
    failed: [["/src/loop.ts", "truncated"]],
  },
  {
    row: 51,
    what: "two formats on one file",
    answer: two + patch("*** Update File: src/a.ts\n@@\n-one();\n+ONE();\n"),
    after: { [A]: "ONE();\nTWO();\nthree();\n" },
  },
  {
    row: 52,
    what: "characters that mean something elsewhere",
    answer: block("two();", 're(/$&$1(.*)[x]/, `$\'`, "$$");'),
    after: { [A]: 'one();\nre(/$&$1(.*)[x]/, `$\'`, "$$");\nthree();\n' },
  },
  {
    row: 53,
    what: "swapped closers",
    answer:
      '<edits path="src/a.ts">\n<old_text>\ntwo();\n</new_text>\n<new_text>\nTWO();\n</old_text>\n</edits>\n',
    after: twoDone,
  },
  ...["package-lock.json", "logo.png", "node_modules/x/index.js"].map(
    (path): Row => ({
      row: 54,
      what: `the target ${path}`,
      calls: call("write_file", { path, content: "{}\n" }),
      failed: [[`${path}`, "unsupported-file"]],
    }),
  ),
];

function runRow({ answer = "", calls, files = base, stop = "stop" }: Row, length: number): Run {
  if (calls) return runToolCalls(files, calls, stop);
  return runModelText(files, piecesOf(answer, length), { stop });
}

test.each(rows)("[X12] row $row: $what", (row) => {
  const run = runRow(row, answerLength(row));
  const expected: Record<string, string> = { ...(row.files ?? base) };
  for (const [path, text] of Object.entries(row.after ?? {})) {
    if (text === null) delete expected[path];
    else expected[path] = text;
  }
  expect(Object.fromEntries(run.files)).toEqual(expected);
  expect(run.result.failed.map(({ path, reason }) => [path, reason])).toEqual(row.failed ?? []);
  expect(run.result.warnings, run.result.warnings.join()).toHaveLength(row.warnings ?? 0);
  if (row.notes) expect(run.result.applied.flatMap(({ notes }) => notes)).toEqual(row.notes);
  if (row.tier) expect(run.result.applied[0]?.tier).toBe(row.tier);
  row.check?.(run);
});

/** Long answers in large pieces, short ones character by character. */
function answerLength({ answer = "" }: Row): number {
  return answer.length > 5_000 ? 500 : 1;
}

test("[X12] row 46: a person who edits inside the region wins", () => {
  const answer = block("two();", "a();\nb();\nc();\nd();");
  let typed = false;
  const run = runModelText(base, piecesOf(answer, 2), {
    eachPiece: (document) => {
      const text = document.read(A) ?? "";
      if (typed || !text.includes("a();")) return;
      const at = text.indexOf("two") < 0 ? text.indexOf("three") : text.indexOf("two");
      document.splice(A, at, at, "mine();", { kind: "person", clientId: "p" });
      typed = true;
    },
  });
  expect(run.files.get(A)).toContain("mine();");
});

test("[X12] row 47: a person who edits elsewhere, and the model, are both kept", () => {
  let typed = false;
  const run = runModelText(base, piecesOf(two, 2), {
    eachPiece: (document) => {
      if (!typed) document.splice(A, 0, 0, "zero();\n", { kind: "person", clientId: "p" });
      typed = true;
    },
  });
  expect(run.files.get(A)).toBe("zero();\none();\nTWO();\nthree();\n");
  expect(run.result.failed).toEqual([]);
});

test("[X12] every row of the table is there", () => {
  const known = new Set([...rows.map(({ row }) => row), 46, 47]);
  expect(Array.from({ length: 54 }, (_, at) => at + 1).filter((row) => !known.has(row))).toEqual([]);
});
