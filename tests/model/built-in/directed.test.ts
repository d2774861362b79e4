import { expect, test } from "vitest";
import { answerTo } from "../../../lib/model/built-in/designer.ts";
import { pickDirections } from "../../../lib/model/built-in/pick-directions.ts";
import type { Direction } from "../../../lib/project/direction.ts";
import { templateFiles } from "../../../lib/project/template.ts";
import type { PromptRequest } from "../../../lib/prompt/types.ts";

const request = (position: number, direction: Direction | null = null): PromptRequest => ({
  ...{ text: "A landing page for a village bakery", kind: "create", files: templateFiles, seed: "project" },
  ...{ letter: "ABC"[position] ?? "", position, variantCount: 3, history: [], direction },
});
const write = (asked: PromptRequest) => [...answerTo(asked)].join("");
const picks = pickDirections(request(0), 12);

test("what is picked is what the designer draws by itself, byte for byte, and no pick comes twice", () => {
  expect(new Set(picks.map(({ name }) => name)).size).toBe(12);
  for (const position of [0, 1, 2])
    expect(write(request(position, picks[position] ?? null))).toBe(write(request(position)));
});

test("a direction is honoured by its name, wherever it stands", () => {
  const other = picks[7] as Direction;
  expect(write(request(0, other))).toContain(`Direction: ${other.name}.`);
});

test("a person's colours are read, and only the colours", () => {
  const own = picks[0] as Direction;
  const text = write(request(0, { ...own, palette: "dark, forest green" }));
  expect(text).toContain("color-scheme: dark");
  expect(text).toContain("bakery");
  expect(text).not.toBe(write(request(0, own)));
});

test("a person's order of sections is the page's; what is no section is left out", () => {
  const own = picks[0] as Direction;
  const sections = ["Nav", "Hero", "Faq", "nonsense", "Hours", "Footer"];
  const text = write(request(0, { ...own, sections }));
  const written = [...text.matchAll(/^\/src\/components\/(\w+)\.tsx$/gm)].map((match) => match[1]);
  const order = [...new Set(written)].filter((name) => sections.includes(name ?? ""));
  expect(order).toEqual(["Hero", "Nav", "Faq", "Hours", "Footer"]);
  expect(written).not.toContain("Pricing");
});
