import fc from "fast-check";
import { expect, test } from "vitest";
import { accepts } from "../../lib/room/accepts.ts";
import { piecesOf, runModelText } from "./apply.ts";

const App = `import { useState } from "react";

export default function App() {
  const [open, setOpen] = useState(false);
  return (
    <main className="p-4">
      <h1>Old title</h1>
      <button onClick={() => setOpen(!open)}>Menu</button>
      {open ? <p>It's open & bright</p> : null}
      <footer>End</footer>
    </main>
  );
}
`;
const files = { "/src/App.tsx": App, "/src/data.ts": "export const rows = [1, 2, 3];\n" };

const block = (search: string, replace: string, path = "/src/App.tsx") =>
  `${path}\n\`\`\`tsx\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n\`\`\`\n`;

const ANSWER = `I'll change the title and the footer.

${block("      <h1>Old title</h1>", '      <h1 className="text-5xl">\n        New <em>title</em>\n      </h1>')}
Then a new file:

src/components/Card.tsx
\`\`\`tsx
type Props = { title: string };

export default function Card({ title }: Props) {
  return <div className="card">{title}</div>;
}
\`\`\`

And the last one:

${block("      <footer>End</footer>", '      <footer>\n        <Card title="End" />\n      </footer>')}
${block('import { useState } from "react";', 'import { useState } from "react";\nimport Card from "./components/Card";')}
Done.
`;

test("[F1] blocks and whole files are applied in order and what is said around them is prose", () => {
  const run = runModelText(files, [ANSWER]);
  expect(run.result.failed).toEqual([]);
  expect(run.result.applied.map(({ path, kind }) => [path, kind])).toEqual([
    ["/src/App.tsx", "block"],
    ["/src/components/Card.tsx", "file"],
    ["/src/App.tsx", "block"],
    ["/src/App.tsx", "block"],
  ]);
  expect(run.files.get("/src/App.tsx")).toContain("New <em>title</em>");
  expect(run.files.get("/src/App.tsx")).toContain('import Card from "./components/Card";');
  expect(run.files.get("/src/components/Card.tsx")).toMatch(/^type Props[\s\S]*}\n$/);
  expect(run.prose).toContain("I'll change the title");
  expect(run.prose).toContain("Done.");
  expect(run.prose).not.toMatch(/SEARCH|```|Card\.tsx/);
});

test("[F2] any split of the text gives the same files, result and prose", () => {
  const whole = runModelText(files, [ANSWER]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 200 }), (lengths) => {
      const pieces: string[] = [];
      let at = 0;
      for (let index = 0; at < ANSWER.length; index++) {
        const length = lengths[index % lengths.length] ?? 1;
        pieces.push(ANSWER.slice(at, at + length));
        at += length;
      }
      const run = runModelText(files, pieces);
      expect(run.files).toEqual(whole.files);
      expect(run.result).toEqual(whole.result);
      expect(run.prose).toBe(whole.prose);
    }),
    { numRuns: 60 },
  );
});

test("[S1] after every piece each file parses, and no part of a marker is in a draft or a document", () => {
  const run = runModelText(files, piecesOf(ANSWER, 3), {
    eachPiece: (document) => {
      for (const [path, text] of document.files()) {
        expect(accepts(path, text), text).toBe(true);
        expect(text).not.toMatch(/<{5}|={5}|>{5}|```/);
      }
    },
  });
  for (const draft of run.visible) expect(draft).not.toMatch(/<<<<|====|>>>>|```/);
  expect(run.visible.some((draft) => draft.includes("New <em>"))).toBe(true);
});

test("[S2] a rewritten file enters in several steps, each of which parses", () => {
  const sections = Array.from(
    { length: 6 },
    (_, index) => `export function Part${index}() {\n  return <p>part ${index}</p>;\n}\n`,
  );
  const answer = `/src/parts.tsx\n\`\`\`tsx\n${sections.join("\n")}\`\`\`\n`;
  const run = runModelText(
    { "/src/parts.tsx": sections.join("\n").replaceAll("part ", "old ") },
    piecesOf(answer, 7),
  );
  expect(run.files.get("/src/parts.tsx")).toBe(sections.join("\n"));
  expect(run.states).toBeGreaterThanOrEqual(6);
});

test("[X1] a truncated whole file leaves the old file and keeps the partial text", () => {
  const answer = "/src/App.tsx\n```tsx\nexport default function App() {\n  return <p>half";
  const run = runModelText(files, piecesOf(answer, 5), { stop: "network" });
  expect(run.files.get("/src/App.tsx")).toBe(App);
  expect(run.result.failed).toMatchObject([
    { reason: "truncated", path: "/src/App.tsx", text: expect.stringContaining("half") },
  ]);
});

test("[X2] a truncated new file disappears again", () => {
  const answer = "/src/New.tsx\n```tsx\nexport const a = 1;\nexport const b = 2;\nexport const c = (";
  const run = runModelText(files, piecesOf(answer, 5), { stop: "network" });
  expect(run.files.has("/src/New.tsx")).toBe(false);
});

test("[X3] a block cut inside REPLACE is undone, earlier blocks stay", () => {
  const answer =
    block("      <h1>Old title</h1>", "      <h1>New</h1>") +
    block("      <footer>End</footer>", "      <footer>\n        <b>x</b>");
  const cut = answer.slice(0, answer.lastIndexOf(">>>>>>>"));
  const run = runModelText(files, piecesOf(cut, 4), { stop: "user" });
  expect(run.files.get("/src/App.tsx")).toBe(App.replace("Old title", "New"));
  expect(run.result.failed).toMatchObject([{ reason: "truncated" }]);
});

test("[X4] only the last marker missing at a natural end is accepted with a warning", () => {
  const answer = block("      <h1>Old title</h1>", "      <h1>New</h1>");
  const run = runModelText(files, [answer.slice(0, answer.lastIndexOf(">>>>>>>"))], { stop: "stop" });
  expect(run.files.get("/src/App.tsx")).toContain("<h1>New</h1>");
  expect(run.result.warnings).toHaveLength(1);
});

test("[X5] a block that would break the file is refused and the bytes stay", () => {
  const run = runModelText(files, piecesOf(block("      <h1>Old title</h1>", "      <h1>New"), 6));
  expect(run.files.get("/src/App.tsx")).toBe(App);
  expect(run.result.failed).toMatchObject([{ reason: "does-not-parse" }]);
});

test("[M1] what is nowhere in the file fails with the nearest real lines", () => {
  const run = runModelText(files, [block("      <h2>Old title</h2>", "x")]);
  expect(run.result.failed).toMatchObject([
    { reason: "no-match", nearest: expect.arrayContaining([{ line: 7, text: "      <h1>Old title</h1>" }]) },
  ]);
});

test("[M2] several matches without a hint are refused with their lines; a line hint decides", () => {
  const twice = { "/a.ts": "a();\nb();\na();\n" };
  const run = runModelText(twice, [block("a();", "c();", "/a.ts")]);
  expect(run.result.failed).toMatchObject([{ reason: "ambiguous", nearest: [{ line: 1 }, { line: 3 }] }]);
  const hinted = runModelText(twice, [block(":start_line:3\n-------\na();", "c();", "/a.ts")]);
  expect(hinted.files.get("/a.ts")).toBe("a();\nb();\nc();\n");
});

test.each([
  ["trailing white space", "      <h1>Old title</h1>   ", 2],
  ["no indentation", "<h1>Old title</h1>", 3],
  ["tabs", "\t<h1>Old title</h1>", 3],
  ["a no-break space", "      <h1>Old\u00a0title</h1>", 4],
  ["blank edges", "\n      <h1>Old title</h1>\n", 5],
  ["line numbers", "7 |       <h1>Old title</h1>", 6],
])(
  "[M3] a search with %s is found, and the replacement keeps the place's indentation",
  (_what, search, tier) => {
    const indent = /^\s*/.exec(search.replace(/^\n/, "").replace(/^\d+ \| /, ""))?.[0] ?? "";
    const run = runModelText(files, [block(search, `${indent}<h1>New title</h1>`)]);
    expect(run.result.applied).toMatchObject([{ tier }]);
    expect(run.files.get("/src/App.tsx")).toBe(App.replace("Old title", "New title"));
  },
);

test("[M4] an empty search never replaces a file, and makes one that is missing", () => {
  expect(runModelText(files, [block("", "x")]).result.failed).toMatchObject([{ reason: "empty-search" }]);
  expect(runModelText(files, [block("", "export {};", "/src/new.ts")]).files.get("/src/new.ts")).toBe(
    "export {};\n",
  );
});

test("[M5] an edit that was made before is a no-op with a note", () => {
  const once = block("      <h1>Old title</h1>", "      <h1>New title</h1>");
  const run = runModelText(files, [once + once]);
  expect(run.result.failed).toEqual([]);
  expect(run.result.applied[1]?.notes).toEqual(["already applied"]);
});

test.each([
  ["path in the info string", "```tsx src/App.tsx\nexport {};\n```\n"],
  ["path with a key in the info string", '```tsx title="src/App.tsx"\nexport {};\n```\n'],
  ["path as heading", "### `src/App.tsx`\n```tsx\nexport {};\n```\n"],
  ["bold path with a colon", "**src/App.tsx**:\n\n```tsx\nexport {};\n```\n"],
  ["path as first line of the fence", "```tsx\n// src/App.tsx\nexport {};\n```\n"],
  ["a longer fence", "src/App.tsx\n~~~~tsx\nexport {};\n~~~~\n"],
  ["no line end after the closing fence", "src/App.tsx\n```tsx\nexport {};\n```"],
])("[F3] a whole file is known by its %s", (_what, answer) => {
  const run = runModelText(files, piecesOf(answer, 2));
  expect(run.result.failed).toEqual([]);
  expect(run.files.get("/src/App.tsx")).toBe("export {};\n");
});

test.each([
  [
    "bare markers",
    "src/App.tsx\n<<<<<<< SEARCH\n      <h1>Old title</h1>\n=======\n      <h1>X</h1>\n>>>>>>> REPLACE\n",
  ],
  [
    "markers of other lengths",
    "src/App.tsx\n<<<<< SEARCH>\n      <h1>Old title</h1>\n=====\n      <h1>X</h1>\n>>>>> REPLACE\n",
  ],
  [
    "dashes and pluses",
    "src/App.tsx\n------- SEARCH\n      <h1>Old title</h1>\n=======\n      <h1>X</h1>\n+++++++ REPLACE\n",
  ],
  [
    "path inside the fence",
    "```tsx\nsrc/App.tsx\n<<<<<<< SEARCH\n      <h1>Old title</h1>\n=======\n      <h1>X</h1>\n>>>>>>> REPLACE\n```\n",
  ],
  [
    "no path at all",
    "<<<<<<< SEARCH\n      <h1>Old title</h1>\n=======\n      <h1>X</h1>\n>>>>>>> REPLACE\n",
  ],
])("[F4] SEARCH/REPLACE is read with %s", (_what, answer) => {
  const run = runModelText(files, piecesOf(answer, 3));
  expect(run.result.failed).toEqual([]);
  expect(run.files.get("/src/App.tsx")).toBe(App.replace("Old title", "X"));
});

test("[F5] shell fences and fences without a path are chat text", () => {
  const run = runModelText(files, ["Run\n```bash\nrm -rf /src/App.tsx\n```\nor\n```tsx\n<p>hi</p>\n```\n"]);
  expect(run.result).toMatchObject({ applied: [], failed: [] });
  expect(run.prose).toContain("rm -rf");
});

test.each(["../../etc/passwd.ts", "C:\\x.ts", "/etc/x.ts", "src/__proto__/x.ts", "src\\x.ts"])(
  "[L1] the path %s is refused and nothing is written",
  (path) => {
    const run = runModelText(files, [`\`\`\`tsx path=${path}\nexport {};\n\`\`\`\n`]);
    expect(run.result.applied).toEqual([]);
    expect([...run.files.keys()]).toEqual(Object.keys(files).sort());
  },
);

test("[X6] a placeholder that would delete code fails, whatever stands around it", () => {
  const answer =
    "src/App.tsx\n```tsx\nexport default function App() {\n  // ... rest of the code remains unchanged\n}\n```\n";
  const run = runModelText(files, [answer]);
  expect(run.result.failed).toMatchObject([{ reason: "placeholder" }]);
  expect(run.files.get("/src/App.tsx")).toBe(App);
});

test("[S3] line ends and a missing last line end are kept", () => {
  const crlf = { "/a.ts": "a();\r\nb();\r\nc();" };
  expect(runModelText(crlf, [block("b();", "B();\nB2();", "/a.ts")]).files.get("/a.ts")).toBe(
    "a();\r\nB();\r\nB2();\r\nc();",
  );
  expect(runModelText(crlf, [block("c();", "C();", "/a.ts")]).files.get("/a.ts")).toBe(
    "a();\r\nb();\r\nC();",
  );
});

test("[S4] replacement text is data: $& and regular expressions stay as they are", () => {
  const run = runModelText({ "/a.ts": "a();\n" }, [block("a();", 'x("$& $1 \\\\d+");', "/a.ts")]);
  expect(run.files.get("/a.ts")).toBe('x("$& $1 \\\\d+");\n');
});

test("[X7] a person who types in the region while it is written wins, and the model's text is kept", () => {
  const answer = block(
    "      <h1>Old title</h1>",
    "      <h1>\n        <b>One</b>\n        <i>Two</i>\n      </h1>",
  );
  let typed = false;
  const run = runModelText(files, piecesOf(answer, 4), {
    eachPiece: (document) => {
      const text = document.read("/src/App.tsx") ?? "";
      if (typed || !answer.includes("<b>") || text !== App) return;
      document.splice("/src/App.tsx", text.indexOf("Old title"), text.indexOf("Old title"), "My ", {
        kind: "person",
        clientId: "p",
      });
      typed = true;
    },
  });
  expect(typed).toBe(true);
  expect(run.files.get("/src/App.tsx")).toContain("My Old title");
});

test("[L2] random garbage never throws and changes nothing that does not parse", () => {
  const bit = fc.constantFrom(
    "<<<<<<< SEARCH\n",
    "=======\n",
    ">>>>>>> REPLACE\n",
    "```tsx\n",
    "```\n",
    "src/App.tsx\n",
    "{",
    "<h1>",
    "\n",
    "x",
    "\\",
    "\r\n",
    "é🙂",
  );
  fc.assert(
    fc.property(
      fc.array(bit, { maxLength: 60 }),
      fc.constantFrom("stop", "user", "network", "length" as const),
      (bits, stop) => {
        const run = runModelText(files, bits, { stop: stop as "stop" });
        for (const [path, text] of run.files) expect(accepts(path, text)).toBe(true);
      },
    ),
    { numRuns: 400 },
  );
});

test("[X7] a person's half-typed text elsewhere in the file does not make the model's edit fail", () => {
  const answer = block("      <footer>End</footer>", "      <footer>New end</footer>");
  let typed = false;
  const run = runModelText(files, piecesOf(answer, 8), {
    eachPiece: (document) => {
      const text = document.read("/src/App.tsx") ?? "";
      if (!typed)
        document.splice("/src/App.tsx", text.length, text.length, "/", { kind: "person", clientId: "p" });
      typed = true;
    },
  });
  expect(run.result.failed).toEqual([]);
  expect(run.files.get("/src/App.tsx")).toBe(`${App.replace("End<", "New end<")}/`);
});

test("[X6] a piece of a file behind a sentence about it does not replace the file", () => {
  const piece = "The mistake is in `src/App.tsx`:\n\n```tsx\n<h1>Old title</h1>\n```\n";
  const run = runModelText(files, [piece]);
  expect(run.files.get("/src/App.tsx")).toBe(App);
  expect(run.result.failed).toMatchObject([{ reason: "placeholder" }]);
  const whole = `Here is the new src/App.tsx:\n\n\`\`\`tsx\n${App.replace("Old", "New")}\`\`\`\n`;
  expect(runModelText(files, [whole]).files.get("/src/App.tsx")).toBe(App.replace("Old", "New"));
});

test("[L5] a file that would grow beyond its limit fails, old and new, and the edits around it count", () => {
  const rows = Array.from({ length: 60 }, (_, row) => `export const row${row} = 1;\n`).join("");
  const given = { "/src/a.ts": "one();\n", "/src/b.ts": "two();\n" };
  const answer = `src/new.ts\n\`\`\`ts\n${rows}\`\`\`\n${block("one();", rows, "src/a.ts")}${block("two();", "2;", "src/b.ts")}`;
  for (const length of [3, answer.length]) {
    const run = runModelText(given, piecesOf(answer, length), { maxFileChars: 800 });
    expect(run.result.failed.map(({ reason }) => reason)).toEqual(["limit", "limit"]);
    expect(Object.fromEntries(run.files)).toEqual({ ...given, "/src/b.ts": "2;\n" });
  }
});

test("[X6] in a text for people dots and headings about the rest are text", () => {
  const answer = "README.md\n```md\n# Remaining work here\n\n...\n```\n";
  const run = runModelText({ "/README.md": "# Old\n" }, [answer]);
  expect(run.files.get("/README.md")).toBe("# Remaining work here\n\n...\n");
});
