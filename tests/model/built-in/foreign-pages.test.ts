/** Follow-ups on pages that a model or a person wrote: tokens, words, order of sections; a clear refusal where the source does not allow it. */
import { expect, test } from "vitest";
import { answerTo } from "../../../lib/model/built-in/designer.ts";
import { parseColour } from "../../../lib/project/colour.ts";
import type { Files } from "../../../lib/project/files.ts";
import { templateFiles } from "../../../lib/project/template.ts";
import { accepts } from "../../../lib/room/accepts.ts";
import { designedFiles, requestOf } from "./designed.ts";

const component = (name: string, body: string) =>
  `export function ${name}() {\n  return (\n${body}\n  );\n}\n\nexport default ${name};\n`;

/** Small files, tokens under other names, headings instead of names that say what they are. */
const split: Files = new Map([
  ...templateFiles,
  [
    "/src/index.css",
    '@import "tailwindcss";\n\n@theme {\n  --font-heading: Georgia, serif;\n}\n\n:root {\n  --background: #fffaf2;\n  --foreground: hsl(30 10% 15%);\n  --primary: rgb(180, 60, 20);\n  --radius: 6px;\n}\n',
  ],
  [
    "/src/App.tsx",
    'import { TopFold } from "./components/TopFold";\nimport { Board } from "./components/Board";\nimport { WhenWeBake } from "./components/WhenWeBake";\n\nexport default function App() {\n  return (\n    <main>\n      <TopFold />\n      <Board columns={3} />\n      <WhenWeBake />\n    </main>\n  );\n}\n',
  ],
  [
    "/src/components/TopFold.tsx",
    component(
      "TopFold",
      '    <section className="py-16">\n      <h1 className="text-5xl font-bold">Good bread</h1>\n      <p>We bake.</p>\n    </section>',
    ),
  ],
  [
    "/src/components/Board.tsx",
    component(
      "Board",
      '    <section className="py-16">\n      <h2>Today’s prices</h2>\n      <div className="rounded-lg shadow-md grid md:grid-cols-3">Loaf 4.20</div>\n    </section>',
    ),
  ],
  [
    "/src/components/WhenWeBake.tsx",
    component(
      "WhenWeBake",
      '    <section className="py-16">\n      <h2>Opening hours</h2>\n      <p>From seven.</p>\n    </section>',
    ),
  ],
]);

/** Everything in App.tsx, no tokens at all. */
const single: Files = new Map([
  ...templateFiles,
  ["/src/index.css", '@import "tailwindcss";\n'],
  [
    "/src/App.tsx",
    'export default function App() {\n  return (\n    <div className="bg-white text-black">\n      <section className="py-12">\n        <h1 className="text-4xl">Good bread</h1>\n      </section>\n      <section id="prices" className="py-12">\n        <h2>Prices</h2>\n        <p>Loaf 4.20</p>\n      </section>\n      <section id="hours" className="py-12">\n        <h2>Opening hours</h2>\n        <p>From seven.</p>\n      </section>\n    </div>\n  );\n}\n',
  ],
]);

function ask(text: string, files: Files): { files: Files; answer: string } {
  const asked = {
    kind: "change" as const,
    text,
    files,
    history: [{ prompt: "A page for a bakery", result: "written by a model" }],
  };
  const after = designedFiles(asked);
  for (const [path, source] of after) expect(accepts(path, source), `${path}\n${source}`).toBe(true);
  return { files: after, answer: [...answerTo(requestOf(asked))].join("") };
}

const css = (files: Files, name: string) =>
  parseColour(new RegExp(`${name}:\\s*([^;]+);`).exec(files.get("/src/index.css") ?? "")?.[1] ?? "");

test("colours under other names are found, in hex, rgb() and hsl()", () => {
  const { files } = ask("darker", split);
  expect(css(files, "--background")?.l).toBeLessThan(0.4);
  expect(css(files, "--foreground")?.l).toBeGreaterThan(0.8);
  expect(css(ask("make it green", split).files, "--primary")?.h).toBeCloseTo(150, 0);
});

test("type, corners, shadows and space follow tokens where there are some, and classes where there are none", () => {
  expect(ask("serif headings", split).files.get("/src/index.css")).toContain('--font-heading: "Newsreader');
  expect(ask("rounder corners", split).files.get("/src/index.css")).toContain("--radius: 22px");
  expect(ask("rounder corners", single).answer).toMatch(/found no corners/);
  expect(ask("a bigger headline", split).files.get("/src/components/TopFold.tsx")).toContain("text-6xl");
  expect(ask("no shadows", split).files.get("/src/components/Board.tsx")).toContain("shadow-none");
  expect(ask("tighter", split).files.get("/src/components/TopFold.tsx")).toContain("py-10");
});

test("words are changed wherever they stand", () => {
  expect(
    ask("change the headline to “Better bread”", split).files.get("/src/components/TopFold.tsx"),
  ).toContain(">Better bread</h1>");
  expect(ask("replace “From seven.” with “From six.”", single).files.get("/src/App.tsx")).toContain(
    "From six.",
  );
  expect(ask("the intro should say “Since 1911.”", split).files.get("/src/components/TopFold.tsx")).toContain(
    "<p>Since 1911.</p>",
  );
});

test("sections are found by what their headings say, and keep their own lines", () => {
  const { files } = ask("move the opening hours to the top", split);
  expect(files.get("/src/App.tsx")).toMatch(/<TopFold \/>\s*<WhenWeBake \/>\s*<Board columns=\{3\} \/>/);
  expect(files.get("/src/components/WhenWeBake.tsx")).toBe(split.get("/src/components/WhenWeBake.tsx"));
  expect(ask("swap the prices and the opening hours", split).files.get("/src/App.tsx")).toMatch(
    /<WhenWeBake \/>\s*<Board/,
  );
  expect(ask("remove the prices", split).files.get("/src/App.tsx")).not.toContain("<Board");
});

test("sections written in place move whole", () => {
  const app = ask("move the opening hours above the prices", single).files.get("/src/App.tsx") ?? "";
  expect(app.indexOf('id="hours"')).toBeLessThan(app.indexOf('id="prices"'));
  expect(app.match(/<section/g)).toHaveLength(3);
});

test("a new section brings the tokens and classes it needs, in the page's own colours", () => {
  const { files, answer } = ask("add a section with questions", split);
  expect(answer).toContain("Added the questions");
  expect(files.get("/src/App.tsx")).toContain("<Faq />");
  expect(files.get("/src/index.css")).toMatch(/\.wrap \{/);
  expect(css(files, "--color-paper")?.l).toBeGreaterThan(0.95);
  const again = ask("add the team", files);
  expect(again.files.get("/src/index.css")?.match(/\.wrap \{/g)).toHaveLength(1);
});

test.each([
  ["darker", single, /no token for the page's ground/],
  ["the prices as a table", split, /no Pricing section of mine/],
  ["a sticky navigation", split, /found no <header>/],
  ["remove the gallery", split, /no Gallery section to remove; the page has TopFold, Board, WhenWeBake/],
  ["the country loaf costs 5.00", split, /did not understand/],
] as const)("%s: says clearly that it cannot, and changes nothing", (text, files, said) => {
  const { files: after, answer } = ask(text, files);
  expect(after).toEqual(files);
  expect(answer).toMatch(said);
});

test("what is near the wish is listed", () => {
  expect(ask("a headline that dances", split).answer).toMatch(/Near it, I can do:\n(?:- .*\n)*- .*headline/);
});
