import { expect, test } from "vitest";
import { type RunOptions, runEveryWay } from "./apply.ts";

const List = `import { Item } from "./item";

export function List({ items }: { items: string[] }) {
  return (
    <ul>
      {items.map((item) => (
        <Item key={item} name={item} />
      ))}
    </ul>
  );
}
`;
const files = {
  "/src/List.tsx": List,
  "/src/a.ts": "one();\ntwo();\nthree();\n",
  "/src/my file.ts": "x();\n",
};
const run = (answer: string, options: RunOptions = {}) => runEveryWay(files, answer, options);

const body = `@@ -4,3 +4,3 @@ export function List
   return (
-    <ul>
+    <ul className="list">
       {items.map((item) => (
`;

test.each([
  [
    "of git",
    `diff --git a/src/List.tsx b/src/List.tsx\nindex 12..34 100644\n--- a/src/List.tsx\n+++ b/src/List.tsx\n${body}`,
  ],
  [
    "with two header lines",
    `Here:\n\n--- a/src/List.tsx\n+++ b/src/List.tsx\n${body}\nThat is all.\n- one thing\n`,
  ],
  ["in a fence", `\`\`\`diff\n--- src/List.tsx\t2024-01-01\n+++ src/List.tsx\t2024-01-02\n${body}\`\`\`\n`],
  ["in a fence with a path", `src/List.tsx\n\`\`\`diff\n${body}\`\`\`\n`],
  [
    "with wrong numbers",
    `--- a/src/List.tsx\n+++ b/src/List.tsx\n${body.replace("-4,3 +4,3", "-30,9 +31,12")}`,
  ],
  [
    "without numbers",
    `\`\`\`diff\n--- a/src/List.tsx\n+++ b/src/List.tsx\n${body.replace(/@@.*/, "@@ ... @@")}\`\`\`\n`,
  ],
])("[F7] a unified diff %s is applied", (_what, answer) => {
  const { result, files: after, prose } = run(answer);
  expect(result.failed).toEqual([]);
  expect(result.applied).toMatchObject([{ kind: "hunks", path: "/src/List.tsx" }]);
  expect(after.get("/src/List.tsx")).toBe(List.replace("<ul>", '<ul className="list">'));
  expect(prose).not.toContain("@@");
});

test("[F7] files are made, deleted and renamed, with quoted and spaced names", () => {
  const answer = `\`\`\`diff
diff --git a/src/new.ts b/src/new.ts
new file mode 100644
--- /dev/null
+++ b/src/new.ts
@@ -0,0 +1,2 @@
+first();
+second();
diff --git a/src/a.ts b/src/a.ts
deleted file mode 100644
--- a/src/a.ts
+++ /dev/null
@@ -1,3 +0,0 @@
-one();
-two();
-three();
diff --git a/src/my file.ts b/src/our file.ts
rename from src/my file.ts
rename to src/our file.ts
--- "a/src/my file.ts"
+++ "b/src/our file.ts"
@@ -1 +1 @@
-x();
+y();
\`\`\`
`;
  const { result, files: after } = run(answer);
  expect(result.failed).toEqual([]);
  expect(result.applied.map(({ kind }) => kind)).toEqual(["file", "delete", "move"]);
  expect(after.get("/src/new.ts")).toBe("first();\nsecond();\n");
  expect(after.has("/src/a.ts")).toBe(false);
  expect(after.get("/src/our file.ts")).toBe("y();\n");
});

test("[F7] a removed line that looks like a header is read by what follows it", () => {
  const given = { "/q.txt": "a\n-- note\nb\n", "/r.txt": "z\n" };
  const answer = `--- a/q.txt\n+++ b/q.txt\n@@ -1,3 +1,2 @@\n a\n--- note\n b\n--- a/r.txt\n+++ b/r.txt\n@@ -1 +1 @@\n-z\n+Z\n`;
  const { result, files: after } = runEveryWay(given, answer);
  expect(result.failed).toEqual([]);
  expect(after).toEqual(
    new Map([
      ["/q.txt", "a\nb\n"],
      ["/r.txt", "Z\n"],
    ]),
  );
});

test("[M6] of several places the one nearest to the line number is taken", () => {
  const given = { "/a.ts": "x();\n".repeat(9) };
  const answer = "--- a/a.ts\n+++ b/a.ts\n@@ -6 +6 @@\n-x();\n+y();\n";
  expect(runEveryWay(given, answer).files.get("/a.ts")).toBe(
    `${"x();\n".repeat(5)}y();\n${"x();\n".repeat(3)}`,
  );
});

test("[X8] a diff that does not fit undoes its own file only", () => {
  const answer = `--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,2 +1,2 @@\n-one();\n+ONE();\n two();\n@@ -9,1 +9,1 @@\n-nowhere();\n+x();\n--- a/src/List.tsx\n+++ b/src/List.tsx\n${body}`;
  const { result, files: after } = run(answer);
  expect(result.failed).toMatchObject([{ path: "/src/a.ts", reason: "context-mismatch" }]);
  expect(after.get("/src/a.ts")).toBe(files["/src/a.ts"]);
  expect(after.get("/src/List.tsx")).toContain("className");
});

test("[X3] a diff that is cut undoes its last file", () => {
  const { result, files: after } = run("--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,2 +1,2 @@\n-one();\n+ONE", {
    stop: "network",
  });
  expect(result.failed).toMatchObject([{ reason: "truncated" }]);
  expect(after.get("/src/a.ts")).toBe(files["/src/a.ts"]);
});

test("[X8] a diff fence whose lines have no marks is never written as a file", () => {
  const { result, files: after } = run("src/a.ts\n```diff\none();\n-two();\n+TWO();\n```\n");
  expect(result.failed).toMatchObject([{ reason: "malformed-patch" }]);
  expect(after.get("/src/a.ts")).toBe(files["/src/a.ts"]);
});
