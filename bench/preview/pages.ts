/** A host page in a browser of its own, with a probe in every frame. */
import type { Page } from "playwright-core";
import { newPage, openBrowser } from "../../tests/e2e/harness.ts";
import type { Host } from "./host.ts";
import { PROBE } from "./probe.ts";

/** What stands on the page; our own can do more than the others. */
export type OurHost = Host & { errors(): number; reload(): Promise<number>; restart(): Promise<number> };
export type Cold = { openedMs: number; readyMs: number };

declare const tried: OurHost;

/** Opens the page, waits until all its panes show the hero, and works on it. */
export async function withPage<Result>(
  url: string,
  work: (page: Page, cold: Cold) => Promise<Result>,
): Promise<Result> {
  const browser = await openBrowser();
  try {
    const page = await newPage(browser);
    // Code that tsx has read marks its functions with a helper that pages do not have.
    await page.addInitScript("globalThis.__name = (value) => value");
    await page.addInitScript(PROBE);
    await page.goto(url);
    return await work(page, await page.evaluate(() => tried.cold()));
  } finally {
    await browser.close();
  }
}
