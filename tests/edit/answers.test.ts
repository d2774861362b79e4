/** Whole answers, written by us in the shapes that model families write: each must end in the files that were meant. */
import { expect, test } from "vitest";
import { type RunOptions, runEveryWay } from "./apply.ts";

const App = `import { useState } from "react";
import { Card } from "./Card";

export default function App() {
  const [count, setCount] = useState(0);
  return (
    <main className="min-h-screen p-8">
      <h1>Hello – world</h1>
      <button onClick={() => setCount(count + 1)}>It's {count}</button>
      <Card title="One" />
    </main>
  );
}
`;
const Card = `export function Card({ title }: { title: string }) {\n  return <section>{title}</section>;\n}`;
const files = { "/src/App.tsx": App, "/src/Card.tsx": Card, "/src/index.css": "body {\n  margin: 0;\n}\n" };

const header = App.replace("<h1>Hello – world</h1>", '<h1 className="text-5xl">Hello – world</h1>');
const footer = `export function Footer() {\n  return <footer>© Us</footer>;\n}\n`;

type Answer = {
  family: string;
  text: string;
  after: Record<string, string>;
  stop?: RunOptions["stop"];
  warnings?: number;
};

const answers: Answer[] = [
  {
    family: "a chatty one: numbered steps, bold paths, a shell fence, a fenced block without path line",
    text: `Sure! Here's what I'll change:

1. **Make the title larger** in \`src/App.tsx\`:

\`\`\`tsx
<<<<<<< SEARCH
      <h1>Hello – world</h1>
=======
      <h1 className="text-5xl">Hello – world</h1>
>>>>>>> REPLACE
\`\`\`

2. **Add a footer** in **src/Footer.tsx**:

\`\`\`tsx
${footer}\`\`\`

Then run:

\`\`\`bash
npm run dev
\`\`\`

Let me know if you'd like anything else!
`,
    after: { "/src/App.tsx": header, "/src/Footer.tsx": footer },
  },
  {
    family: "one that types hyphens for dashes and loses the indentation",
    text: 'src/App.tsx\n<<<<<<< SEARCH\n<h1>Hello - world</h1>\n<button onClick={() => setCount(count + 1)}>It’s {count}</button>\n=======\n<h1 className="text-5xl">Hello – world</h1>\n<button onClick={() => setCount(count + 1)}>It\'s {count}</button>\n>>>>>>> REPLACE',
    after: { "/src/App.tsx": header },
  },
  {
    family: "one of the patch kind: reasoning before, no end mark",
    text: `<think>\nI could rewrite src/App.tsx:\n\`\`\`tsx\nexport default 1;\n\`\`\`\nBetter a patch.\n</think>\n*** Begin Patch\n*** Update File: src/App.tsx\n@@ export default function App() {\n-      <h1>Hello – world</h1>\n+      <h1 className="text-5xl">Hello – world</h1>\n*** Add File: src/Footer.tsx\n${footer.replace(/^(?=.)/gm, "+")}`,
    after: { "/src/App.tsx": header, "/src/Footer.tsx": footer },
    warnings: 1,
  },
  {
    family: "one of the patch kind, in a heredoc, with absolute paths",
    text: `\`\`\`bash\napply_patch <<'PATCH'\n*** Begin Patch\n*** Update File: /src/Card.tsx\n@@\n-  return <section>{title}</section>;\n+  return <article>{title}</article>;\n }\n*** End Patch\nPATCH\n\`\`\`\n`,
    after: { "/src/Card.tsx": Card.replaceAll("section", "article") },
  },
  {
    family: "one that puts the path inside the fence and writes CRLF",
    text: `\`\`\`tsx\r\nsrc/App.tsx\r\n<<<<<<< SEARCH\r\n      <h1>Hello – world</h1>\r\n=======\r\n      <h1 className="text-5xl">Hello – world</h1>\r\n>>>>>>> REPLACE\r\n\`\`\`\r\n`,
    after: { "/src/App.tsx": header },
  },
  {
    family: "one that numbers the lines it quotes and opens two blocks in one fence",
    text: `src/App.tsx\n\`\`\`\n<<<<<<< SEARCH\n 8 |       <h1>Hello – world</h1>\n=======\n 8 |       <h1 className="text-5xl">Hello – world</h1>\n>>>>>>> REPLACE\n<<<<<<< SEARCH\n10 |       <Card title="One" />\n=======\n10 |       <Card title="Two" />\n>>>>>>> REPLACE\n\`\`\`\n`,
    after: { "/src/App.tsx": header.replace("One", "Two") },
  },
  {
    family: "one that answers in artifacts",
    text: `I'll update the page.\n\n<boltArtifact id="title" title="Larger title">\n<boltAction type="file" filePath="src/index.css">body {\n  margin: 0;\n  color: navy;\n}\n</boltAction>\n<boltAction type="shell">\nnpm run dev\n</boltAction>\n</boltArtifact>\n\nDone.`,
    after: { "/src/index.css": "body {\n  margin: 0;\n  color: navy;\n}\n" },
  },
  {
    family: "one that writes git diffs with made-up numbers",
    text: `\`\`\`diff\ndiff --git a/src/App.tsx b/src/App.tsx\nindex abc..def 100644\n--- a/src/App.tsx\n+++ b/src/App.tsx\n@@ -1,5 +1,5 @@\n   return (\n     <main className="min-h-screen p-8">\n-      <h1>Hello – world</h1>\n+      <h1 className="text-5xl">Hello – world</h1>\n\`\`\`\n`,
    after: { "/src/App.tsx": header },
  },
  {
    family:
      "a small one: the whole file, path as a heading, no line end after the fence, a file that had none either",
    text: `### src/Card.tsx\n\n\`\`\`tsx\n${Card.replace("section>{", 'section className="p-4">{')}\n\`\`\``,
    after: { "/src/Card.tsx": Card.replace("section>{", 'section className="p-4">{') },
  },
];

test.each(answers)("[F11] an answer of $family", ({ text, after, stop = "stop", warnings = 0 }) => {
  const { result, files: done } = runEveryWay(files, text, { stop });
  expect(result.failed).toEqual([]);
  expect(Object.fromEntries(done)).toEqual({ ...files, ...after });
  expect(result.warnings).toHaveLength(warnings);
});
