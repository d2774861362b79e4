/** What axe finds in the pages that people get; the chrome around them is screens.test.ts. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { axe } from "./axe.ts";
import {
  type App,
  closeBrowser,
  createProject,
  newPage,
  openBrowser,
  preview,
  startApp,
  waitUntilCreated,
} from "./harness.ts";

const PROMPT = "A village bakery with prices, opening hours, questions and a contact form";

let app: App;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ TRIPTYCH_DESIGNER_RATE: "20000" }), openBrowser()]);
  page = await newPage(browser);
});
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
});

test("the pages that the designer writes have no violations", async () => {
  await createProject(page, app, PROMPT);
  await waitUntilCreated(page);
  for (const letter of ["A", "B", "C"]) {
    const frame = preview(page, letter).locator("html");
    // In one step: the frame has its own axe, which tidies up the name that both use.
    const found = await frame.evaluate(async (_element, source) => {
      type Violations = { violations: { id: string; nodes: { html: string }[] }[] };
      type Axe = { run(context: Document, options: object): Promise<Violations> };
      const ours = new Function(`${source}; return globalThis.axe`)() as Axe;
      const { violations } = await ours.run(document, {
        runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21aa"] },
      });
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
      );
    }, axe);
    expect(found, `variant ${letter}`).toEqual([]);
  }
});
