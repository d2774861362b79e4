/**
 * The code drawer: how long it takes to open, and how soon another person's editor shows what is typed. Both pages are on this
 * machine, so that both clocks are one. And what the studio loads before anyone opens the code.
 */
import type { Page } from "playwright-core";
import {
  createProject,
  newPage,
  openBrowser,
  startApp,
  variant,
  waitUntilCreated,
} from "../tests/e2e/harness.ts";
import { quantile, type Row, round } from "./figures.ts";

const KEYS = 80;
const OPENINGS = 9;

export async function bench(): Promise<{ name: string; rows: Row[] }> {
  const app = await startApp();
  const browser = await openBrowser();
  try {
    const page = await newPage(browser);
    await createProject(page, app, "A page for a village bakery", 1);
    await waitUntilCreated(page, ["A"]);
    const firstLoad = await scriptBytes(page);
    const cold = await firstOpening(page);
    const warm: number[] = [];
    for (let round = 0; round < OPENINGS; round++) {
      await page.getByRole("button", { name: "Close code" }).click();
      warm.push(await opening(page));
    }
    const other = await page.context().newPage();
    await other.goto(page.url());
    await variant(other, "A").getByRole("button", { name: "Code" }).click();
    await other.getByRole("textbox", { name: "Code" }).waitFor();
    const delays = await keystrokes(page, other);
    const row = (what: string, figure: number, unit = "ms"): Row => ({ what, figure: round(figure), unit });
    return {
      name: "code",
      rows: [
        row("studio: first-load scripts without the editor, gzip", firstLoad / 1024, "KB"),
        row("drawer: first opening, nothing warm", cold),
        row("drawer: later openings, p50", quantile(warm, 0.5)),
        row("drawer: later openings, worst", Math.max(...warm)),
        row("keystroke → another person's editor, p50", quantile(delays, 0.5)),
        row("keystroke → another person's editor, p95", quantile(delays, 0.95)),
      ],
    };
  } finally {
    await browser.close();
    await app.dispose();
  }
}

/** What the document itself names, as it travels. */
async function scriptBytes(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const html = await (await fetch(location.href)).text();
    const sources = new Set(
      [...html.matchAll(/<script[^>]+src="([^"]+)"/g)].map(([, source = ""]) => source),
    );
    const sizes = await Promise.all(
      [...sources].map(async (source) => {
        await (await fetch(source, { cache: "reload" })).arrayBuffer();
        const entries = performance.getEntriesByName(new URL(source, location.href).href);
        return (entries.at(-1) as PerformanceResourceTiming).encodedBodySize;
      }),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  });
}

/** In a fresh page that goes to the drawer at once: it has had no idle time to load anything ahead. */
async function firstOpening(page: Page): Promise<number> {
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await page.reload();
  await variant(page, "A").getByRole("button", { name: "Code" }).waitFor();
  return opening(page);
}

/** From the click to the frame that shows the editor. */
async function opening(page: Page): Promise<number> {
  const button = variant(page, "A").getByRole("button", { name: "Code" });
  return button.evaluate(
    (element) =>
      new Promise<number>((resolve) => {
        const startMs = performance.now();
        // No named functions in here: tsx marks those by a helper that the page does not have.
        new MutationObserver((_changes, observer) => {
          if (!document.querySelector(".cm-content .cm-line")) return;
          observer.disconnect();
          // The task after the frame that has it comes when that was handed to the compositor.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - startMs);
          requestAnimationFrame(() => port2.postMessage(null));
        }).observe(document.body, { childList: true, subtree: true });
        (element as HTMLElement).click();
      }),
  );
}

async function keystrokes(from: Page, to: Page): Promise<number[]> {
  await to.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seen });
    const observer = new MutationObserver(() => {
      // Wherever the other person's caret, and its name, stands between them.
      const typed = document.querySelector(".cm-content .cm-line")?.textContent?.match(/#/g)?.length ?? 0;
      while (seen.length < typed) seen.push(performance.timeOrigin + performance.now());
    });
    const content = document.querySelector(".cm-content");
    if (content) observer.observe(content, { childList: true, subtree: true, characterData: true });
  });
  await from.getByRole("textbox", { name: "Code" }).click();
  await from.keyboard.press("ControlOrMeta+Home");
  await from.evaluate(() => {
    const pressed: number[] = [];
    Object.assign(window, { pressed });
    addEventListener("keydown", () => pressed.push(performance.timeOrigin + performance.now()), true);
  });
  for (let key = 0; key < KEYS; key++) {
    await from.keyboard.type("#");
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  await to.waitForFunction((count) => (window as unknown as { seen: number[] }).seen.length >= count, KEYS);
  const pressed = await from.evaluate(() => (window as unknown as { pressed: number[] }).pressed);
  const seen = await to.evaluate(() => (window as unknown as { seen: number[] }).seen);
  return seen.slice(0, KEYS).map((at, index) => at - (pressed[index] ?? Number.NaN));
}
