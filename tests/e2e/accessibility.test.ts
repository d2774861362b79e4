import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type App,
  createProject,
  newPage,
  openBrowser,
  preview,
  startApp,
  waitForState,
  waitUntilCreated,
} from "./harness.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let app: App;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ TRIPTYCH_DESIGNER_RATE: "600" }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});

/** What axe finds against WCAG 2.2 A and AA, without looking into frames. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
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
      { iframes: false, runOnly: { type: "tag", values: tags } },
    );
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`,
    );
  });
}

test.each(["light", "dark"])("start page and studio have no violations in %s", async (theme) => {
  const page = await newPage(browser);
  await page.addInitScript((chosen) => {
    try {
      localStorage.setItem("triptych:theme", chosen);
    } catch {
      // Frames without storage have no theme of ours.
    }
  }, theme);
  await page.goto(app.url);
  expect(await violationsOf(page)).toEqual([]);
  await createProject(page, app, "A village bakery");
  await waitForState(page, "A", "writing");
  expect(await violationsOf(page)).toEqual([]);
  await waitUntilCreated(page);
  expect(await violationsOf(page)).toEqual([]);
});

test("the pages that the designer writes have no violations", async () => {
  const page = await newPage(browser);
  await createProject(page, app, "A village bakery with prices, opening hours, questions and a contact form");
  await waitUntilCreated(page);
  for (const letter of ["A", "B", "C"]) {
    const frame = preview(page, letter).locator("html");
    await frame.evaluate((_element, source) => new Function(source)(), axe);
    const found = await frame.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: {
          run(
            context: Document,
            options: object,
          ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
        };
      };
      const { violations } = await axe.run(document, {
        runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21aa"] },
      });
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
      );
    });
    expect(found, `variant ${letter}`).toEqual([]);
  }
});
