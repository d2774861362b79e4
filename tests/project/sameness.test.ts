import { expect, test } from "vitest";
import { sameness } from "../../lib/project/sameness.ts";

/** A page as a language model might write it: its own names, hex colours, everything in one file. */
const foreign = (change: { ground?: string; sections?: string[]; headline?: string; font?: string } = {}) => {
  const {
    ground = "#fff8ec",
    sections = ["menu", "about", "contact"],
    headline = "Hello there friend",
    font = "Georgia",
  } = change;
  const parts = sections.map(
    (name) => `      <section id="${name}" className="grid grid-cols-2 py-20"><h2>${name}</h2></section>\n`,
  );
  return new Map([
    [
      "/src/index.css",
      `:root { --background: ${ground}; --foreground: #222; --primary: #c2410c; --font-heading: ${font}; --radius: 8px; }`,
    ],
    [
      "/src/App.tsx",
      `export default function App() {\n  return (\n    <main>\n      <section id="hero" className="text-center"><h1>${headline}</h1></section>\n${parts.join("")}    </main>\n  );\n}\n`,
    ],
  ]);
};

test("a page is wholly the same as itself", () => {
  expect(sameness(foreign(), foreign()).score).toBeCloseTo(1);
});

test.each([
  ["another ground", { ground: "#10131a" }, "palette"],
  ["another order", { sections: ["contact", "menu", "about"] }, "order"],
  ["another typeface", { font: "Inter" }, "type"],
  ["other words on top", { headline: "Something else entirely" }, "words"],
] as const)("%s lowers its own part and the score, and no other part", (_name, change, part) => {
  const { score, parts } = sameness(foreign(), foreign(change as Parameters<typeof foreign>[0]));
  expect(score).toBeLessThan(1);
  expect(parts[part]).toBeLessThan(1);
  for (const [name, value] of Object.entries(parts))
    if (name !== part && part !== "order") expect(value, name).toBe(1);
});

test("it does not matter which page is named first", () => {
  const [one, other] = [foreign(), foreign({ ground: "#10131a", sections: ["menu"], font: "Inter" })];
  expect(sameness(one, other).score).toBeCloseTo(sameness(other, one).score);
});

test("files without a page are read without an error", () => {
  expect(sameness(new Map(), new Map([["/src/App.tsx", "export default 1"]])).score).toBeGreaterThanOrEqual(
    0,
  );
});
