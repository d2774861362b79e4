/** axe-core against our own pages and, by its source, inside of previews. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

export const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** All rules in light; another theme changes colours alone. */
export async function violationsInBothThemes(page: Page): Promise<string[]> {
  const use = (theme: string) =>
    page.evaluate((chosen) => {
      document.documentElement.dataset.theme = chosen;
    }, theme);
  const found = await violationsOf(page);
  await use("dark");
  const dark = await violationsOf(page, ["color-contrast"]);
  await use("light");
  return [...found, ...dark.map((each) => `dark: ${each}`)];
}

/** What axe finds against WCAG 2.2 A and AA, without looking into frames. `rules`: those alone, where others were asked already. */
export async function violationsOf(page: Page, rules?: string[]): Promise<string[]> {
  // A colour on its way to another has no contrast of its own.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((each) => each instanceof CSSTransition)
        .map(({ finished }) => finished),
    ),
  );
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  return page.evaluate(async (rules) => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(
          context: object,
          options: object,
        ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      };
    };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const { violations } = await axe.run(
      { exclude: ["iframe"] },
      {
        iframes: false,
        runOnly: rules ? { type: "rule", values: rules } : { type: "tag", values: tags },
      },
    );
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`,
    );
  }, rules);
}
