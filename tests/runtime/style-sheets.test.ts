/** Scoped class names, and which sheets a page has in which order. */
import { expect, test } from "vitest";
import { scopeCss } from "../../lib/runtime/css-modules.ts";
import { sheetsInOrder } from "../../lib/runtime/style-sheets.ts";

test("classes of a CSS module get names of their file; strings, comments, values and global names stay", () => {
  const source = `/* .not-this */
.card, .card:hover > .inner { background: url("a.b.png"); margin: .5rem; content: ".x"; }
@media (min-width: 10px) { .wide .card { color: red } }
:global(.theme) .card { color: blue }
.nested { .deep & { top: 0 } }
`;
  const { css, names } = scopeCss("/src/card.module.css", source);
  expect(Object.keys(names).sort()).toEqual(["card", "deep", "inner", "nested", "wide"]);
  for (const name of Object.values(names)) expect(name).toMatch(/^\w+_\w{1,5}$/);
  let expected = source.replace(":global(.theme)", ".theme");
  for (const [name, scoped] of Object.entries(names))
    expected = expected.replace(new RegExp(`(?<![\\w"-])\\.${name}(?![\\w-])`, "g"), `.${scoped}`);
  expect(css).toBe(expected);
  expect(scopeCss("/src/other.module.css", source).names.card).not.toBe(names.card);
});

test("composes adds classes to a name and leaves the sheet", () => {
  const { css, names } = scopeCss(
    "/a.module.css",
    ".base { top: 0 }\n.big { composes: base outside; left: 0 }\n",
  );
  expect(names.big).toBe(`${names.big?.split(" ")[0]} ${names.base} outside`);
  expect(css).not.toContain("composes");
});

test("sheets come in the order of the imports that reach them, each once, and only those", () => {
  const files: Record<string, string> = {
    "/src/main.tsx":
      'import App from "./App";\nimport "./index.css";\nimport late from "./late.css?inline";\n',
    "/src/App.tsx": 'import { Card } from "./components";\nimport "./app.css";\n',
    "/src/components/index.ts": 'export { Card } from "./Card";\n',
    "/src/components/Card.tsx":
      'import styles from "./card.module.css";\nimport "../app.css";\nimport { x } from "clsx";\n',
    "/src/components/card.module.css": "",
    "/src/app.css": "",
    "/src/index.css": "",
    "/src/late.css": "",
    "/src/unused.css": "",
    "/public/print.css": "",
    "/linked.css": "",
  };
  const html =
    '<link rel="stylesheet" href="/linked.css"><link rel="stylesheet" href="https://example.org/far.css">';
  expect(sheetsInOrder(html, "/src/main.tsx", (path) => files[path] ?? null)).toEqual([
    "/linked.css",
    "/src/components/card.module.css",
    "/src/app.css",
    "/src/index.css",
  ]);
});
