import { expect, test } from "vitest";
import { piecesOf, type RunOptions, runEveryWay, runModelText } from "./apply.ts";

const Card = `import { useState } from "react";

type Props = { title: string };

export default function Card({ title }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <section className="card">
      <h2>{title}</h2>
      <button onClick={() => setOpen(!open)}>More</button>
      <p>same</p>
      <p>same</p>
    </section>
  );
}
`;
const files = {
  "/src/Card.tsx": Card,
  "/src/data.ts": "export const rows = [1, 2, 3];\n",
  "/src/old.ts": "export {};\n",
};

const run = (answer: string, options: RunOptions = {}, given: Record<string, string> = files) =>
  runEveryWay(given, answer, options);

const patch = (body: string) => `*** Begin Patch\n${body}*** End Patch\n`;

test("[F6] a patch adds, changes, moves and deletes files", () => {
  const answer = `I'll do it.\n\n${patch(`*** Update File: src/Card.tsx
@@ export default function Card({ title }: Props) {
-      <h2>{title}</h2>
+      <h2 className="big">{title}</h2>
       <button onClick={() => setOpen(!open)}>More</button>
*** Add File: src/new.ts
+export const one = 1;
+export const two = 2;
*** Delete File: src/old.ts
*** Update File: src/data.ts
*** Move to: src/rows.ts
@@
-export const rows = [1, 2, 3];
+export const rows = [1, 2, 3, 4];
`)}\nDone.\n`;
  const { result, files: after, prose } = run(answer);
  expect(result.failed).toEqual([]);
  expect(result.applied.map(({ path, kind }) => [path, kind])).toEqual([
    ["/src/Card.tsx", "hunks"],
    ["/src/new.ts", "file"],
    ["/src/old.ts", "delete"],
    ["/src/data.ts", "move"],
  ]);
  expect(after.get("/src/Card.tsx")).toBe(Card.replace("<h2>", '<h2 className="big">'));
  expect(after.get("/src/new.ts")).toBe("export const one = 1;\nexport const two = 2;\n");
  expect(after.has("/src/old.ts")).toBe(false);
  expect(after.has("/src/data.ts")).toBe(false);
  expect(after.get("/src/rows.ts")).toBe("export const rows = [1, 2, 3, 4];\n");
  expect(prose).toBe("I'll do it.\n\n\nDone.\n");
});

const change =
  "*** Update File: src/data.ts\n@@\n-export const rows = [1, 2, 3];\n+export const rows = [];\n";

test.each([
  ["in a fence", `\`\`\`diff\n${patch(change)}\`\`\`\n`],
  ["in a heredoc", `apply_patch <<'EOF'\n${patch(change)}EOF\n`],
  ["in a heredoc in a shell fence", `\`\`\`bash\napply_patch <<'EOF'\n${patch(change)}EOF\n\`\`\`\n`],
  ["behind a line of shell", `\`\`\`bash\ncd /app\ncat <<'EOF' | apply_patch\n${patch(change)}EOF\n\`\`\`\n`],
  ["without its begin", `${change}*** End Patch\n`],
  ["without its end", `*** Begin Patch\n${change}`],
  ["without its end in a fence", `\`\`\`\n*** Begin Patch\n${change}\`\`\`\n`],
  [
    "with padded headers",
    `  *** Begin Patch  \n  *** Update File: src/data.ts  \n${change.slice(29)}*** End Patch`,
  ],
  ["with blank lines between", `*** Begin Patch\n\n${change}\n*** End Patch\n`],
])("[F6] a patch is read %s", (_what, answer) => {
  const { result, files: after } = run(answer);
  expect(result.failed).toEqual([]);
  expect(after.get("/src/data.ts")).toBe("export const rows = [];\n");
});

test("[F6] several anchors lead to a place that stands twice, and the end of the file is found from its end", () => {
  const text = "class A {\n  run() {\n    go();\n  }\n}\nclass B {\n  run() {\n    go();\n  }\n}\n";
  const anchored = patch("*** Update File: a.ts\n@@ class B {\n@@   run() {\n-    go();\n+    stop();\n");
  expect(run(anchored, {}, { "/a.ts": text }).files.get("/a.ts")).toBe(
    `${text.slice(0, text.lastIndexOf("go();"))}stop();\n  }\n}\n`,
  );
  const last = patch("*** Update File: a.ts\n@@\n-go();\n+end();\n*** End of File\n");
  expect(run(last, {}, { "/a.ts": "go();\nrun();\ngo();\n" }).files.get("/a.ts")).toBe(
    "go();\nrun();\nend();\n",
  );
});

test("[F6] a hunk without old lines goes to the end of the file, which keeps its missing line end", () => {
  const added = patch("*** Update File: a.ts\n@@\n+b();\n");
  expect(run(added, {}, { "/a.ts": "a();\n" }).files.get("/a.ts")).toBe("a();\nb();\n");
  expect(run(added, {}, { "/a.ts": "a();" }).files.get("/a.ts")).toBe("a();\nb();");
});

test("[F6] of several places the first behind the hunk before is taken, and hunks may be out of order", () => {
  const hunks = "@@\n-a();\n+A();\n@@\n-a();\n+B();\n@@\n-first();\n+FIRST();\n";
  const { result, files: after } = run(
    patch(`*** Update File: a.ts\n${hunks}`),
    {},
    { "/a.ts": "first();\na();\na();\na();\n" },
  );
  expect(result.failed).toEqual([]);
  expect(after.get("/a.ts")).toBe("FIRST();\nA();\nB();\na();\n");
});

test("[X8] a hunk that does not fit undoes its file section and no other", () => {
  const answer = patch(`*** Update File: src/Card.tsx
@@
-      <h2>{title}</h2>
+      <h2>New</h2>
@@
-      <h3>nowhere</h3>
+      <h3>x</h3>
*** Update File: src/missing.ts
@@
-a
+b
${change}*** Delete File: src/none.ts
`);
  const { result, files: after } = run(answer);
  expect(result.failed.map(({ path, reason }) => [path, reason])).toEqual([
    ["/src/Card.tsx", "context-mismatch"],
    ["/src/missing.ts", "no-file"],
    ["/src/none.ts", "no-file"],
  ]);
  expect(after.get("/src/Card.tsx")).toBe(Card);
  expect(after.get("/src/data.ts")).toBe("export const rows = [];\n");
});

test("[X8] context that stops fitting after the hunk began to enter undoes the section", () => {
  const answer = patch(`*** Update File: src/Card.tsx
@@
-      <h2>{title}</h2>
+      <h2>New</h2>
+      <h3>More</h3>
       <p>not there</p>
`);
  const { result, files: after } = run(answer);
  expect(result.failed).toMatchObject([{ reason: "context-mismatch" }]);
  expect(after.get("/src/Card.tsx")).toBe(Card);
});

test("[X8] a line without its mark fails the section", () => {
  const { result, files: after } = run(
    patch("*** Update File: src/data.ts\n@@\nexport const rows = [1, 2, 3];\n+x\n"),
  );
  expect(result.failed).toMatchObject([{ reason: "malformed-patch", path: "/src/data.ts" }]);
  expect(after).toEqual(new Map(Object.entries(files)));
});

const bracesOpen = ["  return (", "  if (title) {\n  return ("];
const bracesClose = ["  );", "  );\n  }\n  return null;"];
const braced = Card.replace(bracesOpen[0] ?? "", bracesOpen[1] ?? "").replace(
  bracesClose[0] ?? "",
  bracesClose[1] ?? "",
);

test("[X9] hunks that only together leave a file that parses enter together", () => {
  const answer = patch(`*** Update File: src/Card.tsx
@@
+  if (title) {
   return (
@@
   );
+  }
+  return null;
 }
`);
  const { result, files: after } = run(answer);
  expect(result.failed).toEqual([]);
  expect(after.get("/src/Card.tsx")).toBe(braced);
});

test("[X9] blocks that only together leave a file that parses enter together, else they fail at the end", () => {
  const block = ([search, replace]: string[]) =>
    `src/Card.tsx\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;
  const middle = block(["      <h2>{title}</h2>", "      <h3>{title}</h3>"]);
  const good = run(block(bracesOpen) + middle + block(bracesClose));
  expect(good.result.failed).toEqual([]);
  expect(good.result.applied).toHaveLength(3);
  expect(good.files.get("/src/Card.tsx")).toBe(braced.replaceAll("h2>", "h3>"));
  const bad = run(block(bracesOpen) + middle);
  expect(bad.result.failed.map(({ reason }) => reason)).toEqual(["does-not-parse", "does-not-parse"]);
  expect(bad.files.get("/src/Card.tsx")).toBe(Card);
});

test("[S2] a hunk begins to enter before its end", () => {
  const lines = Array.from({ length: 8 }, (_, index) => `+      <p>line ${index}</p>`).join("\n");
  const answer = patch(
    `*** Update File: src/Card.tsx\n@@\n       <h2>{title}</h2>\n${lines}\n       <button onClick={() => setOpen(!open)}>More</button>\n`,
  );
  const pieces = runModelText(files, piecesOf(answer, 5));
  expect(pieces.states).toBeGreaterThan(4);
  expect(pieces.visible.some((text) => text.includes("line 3"))).toBe(true);
});

test("[M5] a patch that was made before changes nothing", () => {
  const body = patch("*** Update File: src/Card.tsx\n@@\n       <h2>{title}</h2>\n+      <h3>more</h3>\n");
  const { result, files: after } = run(body + body);
  expect(result.failed).toEqual([]);
  expect(result.applied[1]?.notes).toEqual(["already applied"]);
  expect(after.get("/src/Card.tsx")).toBe(Card.replace("</h2>\n", "</h2>\n      <h3>more</h3>\n"));
});

test("[X3] a patch that is cut undoes its last file only", () => {
  const answer = `*** Begin Patch\n${change}*** Update File: src/Card.tsx\n@@\n-      <h2>{title}</h2>\n+      <h2>N`;
  const { result, files: after } = run(answer, { stop: "length" });
  expect(result.failed).toMatchObject([{ path: "/src/Card.tsx", reason: "truncated" }]);
  expect(after.get("/src/Card.tsx")).toBe(Card);
  expect(after.get("/src/data.ts")).toBe("export const rows = [];\n");
});

test("[F6] a file that is added over another, or deleted and added again, keeps the lines both share", () => {
  const over = run(
    patch("*** Add File: src/data.ts\n+export const rows = [1, 2, 3];\n+export const more = 1;\n"),
  );
  expect(over.result.warnings).toHaveLength(1);
  expect(over.files.get("/src/data.ts")).toBe("export const rows = [1, 2, 3];\nexport const more = 1;\n");
  const again = run(patch("*** Delete File: src/data.ts\n*** Add File: src/data.ts\n+export const x = 1;\n"));
  expect(again.result.applied).toMatchObject([{ kind: "file", path: "/src/data.ts" }]);
  expect(again.files.get("/src/data.ts")).toBe("export const x = 1;\n");
});

test("[X5] a tag that is closed by another's closer is refused, unless the file had such tags before", () => {
  const block = (search: string, replace: string) =>
    `src/Card.tsx\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;
  const open = block('    <section className="card">', '    <article className="card">');
  const close = block("    </section>", "    </article>");
  expect(run(open).result.failed).toMatchObject([{ reason: "does-not-parse" }]);
  expect(run(open + close).files.get("/src/Card.tsx")).toBe(Card.replaceAll("section", "article"));
  const crossed = { "/src/Card.tsx": Card.replace("</section>", "</article>") };
  const { result } = run(block("      <h2>{title}</h2>", "      <h3>{title}</h3>"), {}, crossed);
  expect(result.failed).toEqual([]);
});
