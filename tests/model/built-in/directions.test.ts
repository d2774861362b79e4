/** What a seed draws: three pages far apart, and never the same again in a project. */
import { expect, test } from "vitest";
import { directions } from "../../../lib/model/built-in/directions.ts";
import { pageFiles } from "../../../lib/model/built-in/page-files.ts";
import { completed, paletteOf } from "../../../lib/model/built-in/palettes.ts";
import { planPage } from "../../../lib/model/built-in/plan.ts";
import { LAYOUTS, SECTION_NAMES } from "../../../lib/model/built-in/sections/names.ts";
import { sectionFile } from "../../../lib/model/built-in/sections/sections.ts";
import { understand } from "../../../lib/model/built-in/understand.ts";
import { contrast } from "../../../lib/project/colour.ts";
import { compareTraits, SAMENESS_CEILINGS, traitsOf } from "../../../lib/project/sameness.ts";
import { accepts } from "../../../lib/room/accepts.ts";

const PROMPTS = [
  "A village bakery with opening hours",
  "A climbing gym with prices",
  "An app for invoices",
  "A conference about type",
  "A plumber",
];
const POSITIONS = [0, 1, 2];

test("there are at least eight directions and sixteen sections with two layouts each", () => {
  expect(directions.length).toBeGreaterThanOrEqual(8);
  expect(SECTION_NAMES.length).toBeGreaterThanOrEqual(16);
  for (const name of SECTION_NAMES) expect(LAYOUTS[name].length, name).toBeGreaterThanOrEqual(2);
});

test("[sameness] any two of three lie below the ceiling, for a thousand seeds", () => {
  const tooAlike: string[] = [];
  for (let seed = 0; seed < 1_000; seed++) {
    const brief = understand(PROMPTS[seed % PROMPTS.length] ?? "");
    const pages = POSITIONS.map((position) => planPage(brief, `seed-${seed}`, position));
    const traits = pages.map((page) => traitsOf(pageFiles(page)));
    for (const [one, other] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const [first, second] = [traits[one], traits[other]];
      if (!first || !second) continue;
      const { score } = compareTraits(first, second);
      if (score > SAMENESS_CEILINGS.explore)
        tooAlike.push(
          `seed ${seed}: ${pages[one]?.direction.name}, ${pages[other]?.direction.name}: ${score.toFixed(2)}`,
        );
    }
  }
  expect(tooAlike).toEqual([]);
});

test("three that are drawn together never all stand on white, nor all in the dark", () => {
  for (let seed = 0; seed < 200; seed++)
    for (const round of [0, 1, 2, 3]) {
      const brief = understand(PROMPTS[seed % PROMPTS.length] ?? "");
      const papers = POSITIONS.map((position) => planPage(brief, `s${seed}`, position, round).palette.paper);
      const white = papers.filter(({ l, c }) => l > 0.95 && c < 0.01).length;
      const dark = papers.filter(({ l }) => l < 0.45).length;
      expect(Math.max(white, dark), `seed ${seed}, round ${round}`).toBeLessThanOrEqual(2);
    }
});

test("eight rounds of other directions for four variants never make the same page twice", () => {
  const brief = understand(PROMPTS[0] ?? "");
  const seen = new Set<string>();
  let count = 0;
  for (let round = 0; round < 8; round++)
    for (const position of [0, 1, 2, 3]) {
      const files = pageFiles(planPage(brief, "seed", position, round));
      seen.add([...files.values()].join("\n").replace(/\/\* Direction.*\*\//, ""));
      count++;
    }
  expect(seen.size).toBe(count);
});

test("the first four rounds draw each direction once", () => {
  for (let seed = 0; seed < 50; seed++) {
    const drawn = [0, 1, 2, 3].flatMap((round) =>
      POSITIONS.map(
        (position) => planPage(understand("A bakery"), `s${seed}`, position, round).direction.name,
      ),
    );
    expect(new Set(drawn).size).toBe(directions.length);
  }
});

test("every pair of colours that carries text reads, for every family and hue", () => {
  for (const { family } of directions)
    for (let hue = 0; hue < 360; hue += 7) {
      const palette = paletteOf(family, hue);
      for (const ground of [palette.paper, palette.surface])
        for (const text of [palette.ink, palette.muted, palette.accent])
          expect(contrast(text, ground), `${family} ${hue}`).toBeGreaterThanOrEqual(4.5);
      expect(contrast(palette.accentInk, palette.accent), `${family} ${hue}`).toBeGreaterThanOrEqual(4.5);
    }
});

test("a ground and an accent that someone else chose are made to read too", () => {
  const palette = completed({
    paper: { l: 0.6, c: 0.2, h: 30 },
    surface: { l: 0.64, c: 0.2, h: 30 },
    accent: { l: 0.62, c: 0.2, h: 140 },
    second: { l: 0.8, c: 0.1, h: 0 },
  });
  for (const text of [palette.ink, palette.muted, palette.accent])
    expect(contrast(text, palette.paper)).toBeGreaterThanOrEqual(4.5);
});

test("every layout of every section parses, in every direction", () => {
  for (const direction of directions) {
    const page = { ...planPage(understand("A village bakery with opening hours"), "seed", 0), direction };
    for (const name of SECTION_NAMES)
      for (const layout of LAYOUTS[name]) {
        const source = sectionFile({ ...page, layouts: { ...page.layouts, [name]: layout } }, name);
        expect(accepts(`/src/components/${name}.tsx`, source), source).toBe(true);
      }
  }
});

test("two layouts of a section are really different: most of their classes are not shared", () => {
  const page = planPage(understand("A village bakery"), "seed", 0);
  for (const name of SECTION_NAMES) {
    const [one, other] = LAYOUTS[name].slice(0, 2).map((layout) => {
      const source = sectionFile({ ...page, layouts: { ...page.layouts, [name]: layout } }, name);
      // A form has the same fields wherever it stands.
      const around = source.replace(/\{sent \?[\s\S]*?<\/form>/, "");
      return new Set([...around.matchAll(/className=(?:"[^"]*"|\{[^}]*\})/g)].map((match) => match[0]));
    });
    const shared = [...(one ?? [])].filter((each) => other?.has(each)).length;
    expect(shared, name).toBeLessThanOrEqual(Math.max(one?.size ?? 0, other?.size ?? 0) * 0.5);
  }
});
