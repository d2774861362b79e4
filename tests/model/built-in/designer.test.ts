import * as React from "react";
import { createElement } from "react";
import * as jsxRuntime from "react/jsx-runtime";
import { renderToStaticMarkup } from "react-dom/server";
import { transform } from "sucrase";
import { expect, test } from "vitest";
import { answerTo, createBuiltInDesigner } from "../../../lib/model/built-in/designer.ts";
import { pageFiles } from "../../../lib/model/built-in/page-files.ts";
import { planPage } from "../../../lib/model/built-in/plan.ts";
import { understand } from "../../../lib/model/built-in/understand.ts";
import { contrast, parseOklch } from "../../../lib/project/colour.ts";
import { templateFiles } from "../../../lib/project/template.ts";
import type { PromptRequest } from "../../../lib/prompt/types.ts";
import { accepts } from "../../../lib/room/accepts.ts";
import { piecesOf, runModelText } from "../../edit/apply.ts";

const BAKERY = "A landing page for a village bakery, warm, with opening hours and an order button";

const request = (change: Partial<PromptRequest> = {}): PromptRequest => ({
  text: BAKERY,
  kind: "create",
  files: templateFiles,
  letter: "A",
  position: 0,
  variantCount: 3,
  seed: "seed-1",
  history: [],
  ...change,
});

const textOf = (asked: PromptRequest) => [...answerTo(asked)].join("");

function build(asked: PromptRequest): ReadonlyMap<string, string> {
  const run = runModelText(Object.fromEntries(asked.files), piecesOf(textOf(asked), 64));
  expect(run.result.failed).toEqual([]);
  return run.files;
}

/** A follow-up on the bakery's page. */
function change(
  text: string,
  files = build(request()),
): { before: ReadonlyMap<string, string>; after: ReadonlyMap<string, string>; answer: string } {
  const asked = request({ kind: "change", text, files, history: [{ prompt: BAKERY, result: "done" }] });
  return { before: files, after: build(asked), answer: textOf(asked) };
}

/** Most files of two states are the same. */
const known = new Map<string, string>();

function compiled(source: string): string {
  const code =
    known.get(source) ??
    transform(source, {
      transforms: ["typescript", "jsx", "imports"],
      jsxRuntime: "automatic",
      production: true,
    }).code;
  known.set(source, code);
  return code;
}

function render(files: ReadonlyMap<string, string>): string {
  const modules = new Map<string, Record<string, unknown>>();
  const load = (path: string): Record<string, unknown> => {
    const loaded = modules.get(path);
    if (loaded) return loaded;
    const exports: Record<string, unknown> = {};
    modules.set(path, exports);
    const code = compiled(files.get(path) ?? "");
    const require = (name: string) => {
      if (name === "react") return React;
      if (name === "react/jsx-runtime") return jsxRuntime;
      if (name.endsWith(".css")) return {};
      const base = new URL(name, `file://${path}`).pathname;
      const found = [base, `${base}.tsx`, `${base}.ts`].find((each) => files.has(each));
      if (!found) throw new Error(`${path} imports ${name}, which does not exist`);
      return load(found);
    };
    new Function("require", "exports", code)(require, exports);
    return exports;
  };
  return renderToStaticMarkup(createElement(load("/src/App.tsx").default as () => React.ReactElement));
}

test("the same request gives the same bytes", () => {
  expect(textOf(request())).toBe(textOf(request()));
});

test.each([0, 1, 2])(
  "variant %i of a bakery is written without one failed edit, and every state runs",
  (position) => {
    const asked = request({ position });
    const seen = new Set<string>();
    const run = runModelText(Object.fromEntries(templateFiles), piecesOf(textOf(asked), 200), {
      eachState: (document) => {
        for (const [path, text] of document.files()) {
          if (!seen.has(text)) expect(accepts(path, text), `${path}\n${text}`).toBe(true);
          seen.add(text);
        }
        expect(() => render(document.files())).not.toThrow();
      },
    });
    expect(run.result.failed).toEqual([]);
    const html = render(run.files);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toMatch(/The Village Bakery/);
    expect(html).toMatch(/Opening hours/);
    expect(html).toMatch(/Order bread/);
  },
);

test.each([
  "A landing page for a climbing gym with prices",
  "An app for invoices",
  "A two-day conference",
  "A hair salon called Linden",
  "A plumber in the city",
  "A portfolio for an architect",
  "A small hotel by the sea",
  "Evening classes in drawing",
  "A clinic",
  "A flower shop",
  "A restaurant with a menu",
  "Something else entirely",
])("%s becomes three pages that render, in three directions", (text) => {
  const pages = [0, 1, 2].map((position) => build(request({ text, position })));
  for (const files of pages) expect(render(files)).toMatch(/<h1[^>]*>[^<]{5,}<\/h1>/);
  expect(new Set(pages.map((files) => files.get("/src/components/Hero.tsx"))).size).toBe(3);
});

test("three positions are three unlike directions for any seed", () => {
  for (let seed = 0; seed < 200; seed++) {
    const names = [0, 1, 2].map(
      (position) => /Direction: (.+)\./.exec(textOf(request({ seed: `s${seed}`, position })))?.[1],
    );
    expect(new Set(names).size).toBe(3);
  }
});

test("text is readable on its ground in every direction", () => {
  for (let seed = 0; seed < 40; seed++) {
    for (const position of [0, 1, 2]) {
      const css = pageFiles(planPage(understand(BAKERY), `s${seed}`, position)).get("/src/index.css") ?? "";
      const token = (name: string) =>
        parseOklch(new RegExp(`--color-${name}: ([^;]+);`).exec(css)?.[1] ?? "") ?? { l: 0, c: 0, h: 0 };
      for (const name of ["ink", "muted", "accent"])
        expect(contrast(token(name), token("paper")), name).toBeGreaterThanOrEqual(4.5);
      expect(contrast(token("accent-ink"), token("accent"))).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test("the first answer says what it is", () => {
  expect(textOf(request())).toContain("not a language model");
});

test.each([
  ["change the headline to “Bread before sunrise”", "/src/components/Hero.tsx", "Bread before sunrise"],
  ['make the headline say "Bread before sunrise"', "/src/components/Hero.tsx", "Bread before sunrise"],
  ["The heading should be “Early bread”", "/src/components/Hero.tsx", "Early bread"],
  ["the button should say “Reserve a loaf”", "/src/components/Hero.tsx", "Reserve a loaf"],
  ["call it “Flour & Salt”", "/src/site.ts", "Flour & Salt"],
  ["rename the place to “Flour & Salt”", "/src/site.ts", "Flour & Salt"],
  ["replace “Country loaf” with “Field loaf”", "/src/components/Pricing.tsx", "Field loaf"],
  ["use #1a7f5a", "/src/index.css", "--color-accent: oklch(0.5"],
  ["make it green", "/src/index.css", " 150);"],
  ["mono headings", "/src/index.css", 'font-display: "JetBrains Mono'],
  ["tighter please", "/src/index.css", "--space-section"],
  ["rounder corners", "/src/index.css", "--radius-card: 14px"],
  ["bigger text", "/src/index.css", "--text-size: 110%"],
])("%s changes %s", (text, path, expected) => {
  const { before, after } = change(text);
  expect(after.get(path)).toContain(expected);
  expect(after.get(path)).not.toBe(before.get(path));
});

test.each(["darker", "make it darker", "dark mode please", "a dark version"])(
  "%s makes the ground dark",
  (text) => {
    const css = change(text).after.get("/src/index.css") ?? "";
    expect(parseOklch(/--color-paper: ([^;]+);/.exec(css)?.[1] ?? "")?.l).toBeLessThan(0.4);
  },
);

test.each(["move the opening hours to the top", "put the hours first", "bring opening times up"])(
  "%s puts them right below the headline",
  (text) => {
    expect(change(text).after.get("/src/App.tsx")).toMatch(/<Hero \/>\s*<Hours \/>/);
  },
);

test("several wishes in one prompt are all met", () => {
  const { after, answer } = change("darker, and move the opening hours to the top");
  expect(answer).toMatch(/Darker now\. Moved the opening hours/);
  expect(after.get("/src/App.tsx")).toMatch(/<Hero \/>\s*<Hours \/>/);
});

test("sections are removed and added, and the page still renders", () => {
  const without = change("remove the prices").after;
  expect(render(without)).not.toContain('id="offer"');
  const again = build(
    request({
      kind: "change",
      text: "add a pricing section above the opening hours",
      files: without,
      history: [{ prompt: BAKERY, result: "" }],
    }),
  );
  expect(render(again)).toMatch(/id="offer"[\s\S]*id="hours"/);
});

test("other directions make another page", () => {
  const { before, after } = change("three other directions");
  expect(after.get("/src/components/Hero.tsx")).not.toBe(before.get("/src/components/Hero.tsx"));
  expect(render(after)).toContain("The Village Bakery");
});

test("what it does not understand changes nothing, and it says what it can do", () => {
  const { before, after, answer } = change("integrate a payment provider");
  expect(after).toEqual(before);
  expect(answer).toMatch(/did not understand “integrate a payment provider”/);
  expect(answer).toMatch(/- three other directions/);
});

test("text edited by hand survives a follow-up", () => {
  const files = new Map(build(request()));
  files.set(
    "/src/components/Hours.tsx",
    (files.get("/src/components/Hours.tsx") ?? "").replace("Monday", "Monday (by hand)"),
  );
  expect(
    change("darker, and move the opening hours to the top", files).after.get("/src/components/Hours.tsx"),
  ).toContain("Monday (by hand)");
});

test("the stream keeps its rate and stops at once", async () => {
  const prompt = { messages: [], maxOutputTokens: 1, cacheKey: "", request: request() };
  const abort = new AbortController();
  let chars = 0;
  for await (const piece of createBuiltInDesigner({ tokensPerSecond: 2_000 }).model(prompt, abort.signal)) {
    chars += piece.length;
    if (chars > 1_000) abort.abort();
  }
  expect(chars).toBeLessThan(3_000);
});

test.each([1, 7])(
  "in pieces of %i characters every page and every change ends the same, without a failed edit",
  (length) => {
    for (const position of [0, 2]) {
      const asked = request({ position, text: "A plumber in the city with prices and questions" });
      const text = textOf(asked);
      const cut = runModelText(Object.fromEntries(asked.files), piecesOf(text, length), { gate: false });
      expect(cut.result.failed).toEqual([]);
      expect(cut.files).toEqual(build(asked));
      const follow = request({
        position,
        kind: "change",
        text: "darker, rounder, add the team above the questions and remove the prices",
        files: cut.files,
        history: [{ prompt: asked.text, result: "" }],
      });
      const changed = runModelText(Object.fromEntries(cut.files), piecesOf(textOf(follow), length), {
        gate: false,
      });
      expect(changed.result.failed).toEqual([]);
      expect(changed.files).toEqual(build(follow));
    }
  },
);

test("a page is at most 28 KB of answer, and its first picture stands in the first half of it", () => {
  for (let seed = 0; seed < 60; seed++) {
    const text = textOf(
      request({
        seed: `s${seed}`,
        position: seed % 3,
        text: "A small hotel by the sea with rooms, prices, hours, a team and a map",
      }),
    );
    expect(text.length).toBeLessThan(28_000);
    expect(text.indexOf("<h1")).toBeGreaterThan(0);
    expect(text.indexOf("<h1")).toBeLessThan(5_500);
    expect(text.indexOf('className="objects"')).toBeLessThan(text.length / 2);
  }
});
