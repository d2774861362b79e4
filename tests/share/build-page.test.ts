/** A project's files built for a link: compiled by the real esbuild and Tailwind, run in a bare context with React's own server. */
import { createContext, runInContext } from "node:vm";
import * as React from "react";
import * as jsxRuntime from "react/jsx-runtime";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { templateFiles } from "../../lib/project/template.ts";
import { type BuiltPage, buildPage } from "../../lib/share/build-page.ts";

type Changes = Record<string, string | null>;

function project(changes: Changes = {}): Map<string, string> {
  const files = new Map(templateFiles);
  for (const [path, text] of Object.entries(changes))
    if (text === null) files.delete(path);
    else files.set(path, text);
  return files;
}

async function built(changes: Changes = {}): Promise<BuiltPage> {
  const result = await buildPage(project(changes));
  if (!result.ok) throw new Error(result.problem);
  return result.page;
}

/** What the script puts into the page. */
function markupOf({ script }: BuiltPage, others: Record<string, object> = {}): string {
  let markup = "";
  const render = (element: React.ReactNode) => {
    markup = renderToStaticMarkup(element);
  };
  const modules = {
    react: { ...React, default: React, __esModule: true },
    "react/jsx-runtime": { ...jsxRuntime, __esModule: true },
    "react-dom/client": { createRoot: () => ({ render }), __esModule: true },
    ...others,
  };
  const document = { getElementById: () => ({}) };
  runInContext(script, createContext({ window: { __triptychPackages: { modules } }, document, console }));
  return markup;
}

test("the page of the template is one script and the styles that its classes need", async () => {
  const page = await built();
  expect(markupOf(page)).toContain("A fresh sheet.");
  expect(page).toMatchObject({
    lang: "en",
    title: "New page",
    body: '<div id="root"></div>',
    packages: [],
    added: [],
  });
  for (const rule of [/\.grid\s*{/, /\.min-h-screen\s*{/, /--color-paper:/]) expect(page.css).toMatch(rule);
  expect(page.css).not.toMatch(/\.hidden\s*{/);
});

test("imports mean what they mean in a preview", async () => {
  const page = await built({
    "/src/App.tsx": `import { motion } from "motion/react";
import { Check } from "lucide-react";
import names from "./card.module.css";
import data from "@/data.json";
import mark from "/logo.svg";
import note from "./note.txt?raw";
import Swiper from "swiper/react";
export default function App() {
  return <main className={names.card} data-mode={import.meta.env.MODE}><motion.b /><Check /><Swiper />{data.word}<img src={mark} />{note}</main>;
}`,
    "/src/card.module.css": ".card { color: red }",
    "/src/data.json": '{"word":"json"}',
    "/src/note.txt": "raw text",
    "/public/logo.svg": "<svg/>",
    "/package.json": '{"dependencies":{"swiper":"11.2.0"}}',
  });
  expect(page.packages).toEqual(["lucide-react", "motion"]);
  expect(page.added).toEqual(["/packages/swiper@11.2.0/swiper%2Freact.js"]);
  const part = (name: string) => () => React.createElement("i", null, name);
  const markup = markupOf(page, {
    "motion/react": { motion: { b: part("motion") }, __esModule: true },
    "lucide-react": { Check: part("icon"), __esModule: true },
    "swiper/react": { default: part("swiper"), __esModule: true },
  });
  const scoped = /\.(card_\w+)/.exec(page.css)?.[1] ?? "?";
  expect(markup).toBe(
    `<main class="${scoped}" data-mode="production"><i>motion</i><i>icon</i><i>swiper</i>json<img src="data:image/svg+xml,%3Csvg%2F%3E"/>raw text</main>`,
  );
});

test("the project's own document stays around the page, without its scripts", async () => {
  const page = await built({
    "/index.html": `<html lang="de"><head><title>Bäckerei</title></head><body class="dark"><p>Hallo</p><script>steal()</script><script type="module" src="/src/main.tsx"></script></body></html>`,
  });
  expect(page).toMatchObject({ lang: "de", title: "Bäckerei", bodyClass: "dark" });
  expect(page.body).toBe('<p>Hallo</p><div id="root"></div>');
});

test.each([
  ["a file that does not parse", { "/src/App.tsx": "export default function App( {" }, /App\.tsx:1/],
  [
    "an unknown package",
    { "/src/App.tsx": 'import x from "nothing-here";\nexport default x;' },
    /"nothing-here" is not available/,
  ],
  [
    "a missing file",
    { "/src/App.tsx": 'import x from "./gone";\nexport default x;' },
    /Cannot find ".\/gone", imported by \/src\/App.tsx/,
  ],
  ["a missing entry", { "/src/main.tsx": null }, /There is no \/src\/main.tsx/],
  [
    "a style sheet that runs code",
    { "/src/index.css": '@import "tailwindcss";\n@plugin "./x.js";' },
    /@plugin/,
  ],
  [
    "a file of the server's disk",
    { "/src/App.tsx": 'import x from "/etc/passwd?raw";\nexport default x;' },
    /Cannot find/,
  ],
])("%s is a sentence, not a page", async (_what, changes, problem) => {
  expect(await buildPage(project(changes as Changes))).toEqual({
    ok: false,
    problem: expect.stringMatching(problem),
  });
});
