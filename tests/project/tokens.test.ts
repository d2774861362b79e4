/** The chrome's colours, computed: text reads and graphics are seen on every ground, in both themes (WCAG 2.2, 1.4.3 and 1.4.11). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Colour, contrast, parseOklch } from "../../lib/project/colour.ts";

const css = readFileSync(join(import.meta.dirname, "..", "..", "app", "globals.css"), "utf8");
const GROUNDS = ["table", "sheet", "raised"];
const LETTERS = ["a", "b", "c", "d"];
const TEXT = ["ink", "ink-2", "ink-3", "live", "ok", "warn", "bad", ...LETTERS.map((each) => `${each}-ink`)];
const GRAPHICS = ["line-strong", "focus", ...LETTERS];

/** The tokens of a rule; dark has those of light that it does not change. */
function tokensOf(selector: string): Map<string, Colour> {
  const body = css.split(`${selector} {`)[1]?.split("\n}")[0] ?? "";
  const found = new Map<string, Colour>();
  for (const [, name = "", value = ""] of body.matchAll(/--([\w-]+):\s*(oklch\([^)]*\))/g)) {
    const colour = parseOklch(value);
    if (colour) found.set(name, colour);
  }
  return found;
}

const themes = { light: tokensOf(":root"), dark: tokensOf('[data-theme="dark"]') };

test.each(["light", "dark"] as const)(
  "in %s every text has 4.5 : 1 and every graphic 3 : 1 on table, sheet and raised",
  (theme) => {
    const tokens = themes[theme];
    const pairs = (names: string[], least: number) =>
      names.flatMap((name) =>
        GROUNDS.flatMap((ground) => {
          const [one, other] = [tokens.get(name), tokens.get(ground)];
          if (!one || !other) return [`${name} on ${ground} is not there`];
          const ratio = contrast(one, other);
          return ratio < least ? [`${name} on ${ground}: ${ratio.toFixed(2)}`] : [];
        }),
      );
    expect([...pairs(TEXT, 4.5), ...pairs(GRAPHICS, 3)]).toEqual([]);
  },
);

test.each(["light", "dark"] as const)(
  "in %s a letter reads on its badge, and what is reversed reads too",
  (theme) => {
    const tokens = themes[theme];
    const ratio = (one: string, other: string) =>
      contrast(tokens.get(one) as Colour, tokens.get(other) as Colour);
    for (const letter of LETTERS) expect(ratio("sheet", `${letter}-ink`), letter).toBeGreaterThan(4.5);
    expect(ratio("table", "ink")).toBeGreaterThan(7);
  },
);

test("the test sees a pair that does not read", () => {
  const grey = parseOklch("oklch(0.8 0 0)") as Colour;
  expect(contrast(grey, themes.light.get("sheet") as Colour)).toBeLessThan(3);
});
