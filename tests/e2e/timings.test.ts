/** Speed, shown: the figures in a variant's head and the way of a token behind them, against a scripted server at 500 tok/s. */
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { longAnswer, pageAnswer } from "../fixtures/pages.ts";
import { type ChatServer, lastPromptIn, startChatServer } from "../fixtures/providers/chat-server.ts";
import { violationsOf } from "./axe.ts";
import {
  type App,
  closeBrowser,
  createProject,
  newPage,
  openBrowser,
  preview,
  send,
  startApp,
  stateOf,
  waitForState,
  waitUntilWritten,
} from "./harness.ts";

const STAGES = ["Apply", "Network", "Merge", "Wait", "Compile", "Paint", "Token to pixel"];
const LONG = "REQUEST-LONG";
/** Two seconds of text. */
const SHORT = "REQUEST-SHORT";

let provider: ChatServer;
let app: App;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  provider = await startChatServer({
    script: ({ body }) => [{ text: answerTo(lastPromptIn(body)), rate: 500, chunkChars: 12 }],
  });
  [app, browser] = await Promise.all([
    startApp({ TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`, TRIPTYCH_FAST_MODEL: "scripted" }),
    openBrowser(),
  ]);
  page = await newPage(browser);
  // One variant: each has the same head and way, and its neighbours would cost twice as much.
  await createProject(page, app, "A page", 1);
  await preview(page, "A").getByText("Written by the script").waitFor();
  await waitUntilWritten(page, ["A"]);
});
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
  await provider?.close();
});

function answerTo(body: string): string {
  if (body.includes(LONG)) return longAnswer(15_000);
  return body.includes(SHORT) ? longAnswer(1_000) : pageAnswer("Written by the script");
}

/** A turn that this page sees from its first text to its last pixel. */
async function writeShort(page: Page, letter: string): Promise<void> {
  await send(page, SHORT);
  await figuresOf(page, letter)
    .getByText(/^\d+ edits? · [\d.]+ s · [\d.]+ m?s/)
    .waitFor();
}

const figuresOf = (page: Page, letter: string): Locator =>
  page.getByRole("button", { name: `Timings of variant ${letter}` });
const panelOf = (page: Page, letter: string): Locator =>
  page.getByRole("dialog", { name: `Timings of variant ${letter}` });

/** p50 and p95 of each stage, in milliseconds as they are shown. */
async function waterfallOf(panel: Locator): Promise<Record<string, number[]>> {
  const rows = await panel.locator("tbody tr, tfoot tr").evaluateAll((found) =>
    found.map((row) => ({
      name: row.querySelector("th")?.firstChild?.textContent ?? "",
      figures: [...row.querySelectorAll("td")].slice(1).map((cell) => cell.textContent ?? ""),
    })),
  );
  return Object.fromEntries(rows.map(({ name, figures }) => [name, figures.map(millisecondsIn)]));
}

function millisecondsIn(figure: string): number {
  const [, number = "", unit] = /^<?([\d.]+) (ms|s)$/.exec(figure) ?? [];
  return Number(number || Number.NaN) * (unit === "s" ? 1_000 : 1);
}

async function expectWaterfall(panel: Locator): Promise<void> {
  const waterfall = await waterfallOf(panel);
  expect(Object.keys(waterfall)).toEqual(STAGES);
  for (const [stage, figures] of Object.entries(waterfall))
    for (const figure of figures) expect(figure, `${stage}: ${figures}`).toBeGreaterThan(0);
}

test("the head shows how fast it is while it writes and after; the way of a token opens by a click", async () => {
  await send(page, LONG);
  await waitForState(page, "A", "writing");
  await figuresOf(page, "A")
    .getByText(/tok\/s · [\d.]+ m?s/)
    .waitFor();
  await figuresOf(page, "A").click();
  const panel = panelOf(page, "A");
  await panel.getByRole("table").waitFor();
  await expectWaterfall(panel);
  expect(await stateOf(page, "A")).toBe("writing");
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  // One press does one thing.
  expect(await stateOf(page, "A")).toBe("writing");
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await waitUntilWritten(page, ["A"]);
  await figuresOf(page, "A")
    .getByText(/^\d+ edits? · [\d.]+ s · [\d.]+ m?s/)
    .waitFor();
  await figuresOf(page, "A").click();
  await expectWaterfall(panel);
  const words = await panel.innerText();
  expect(words).toMatch(/First token\s+[\d.]+ m?s/);
  expect(words).toMatch(/Tokens\/s\s+[1-9]/);
  expect(words).toMatch(/States painted\s+[1-9]/);
});

test("it opens and closes by keyboard, and gives the focus back", async () => {
  await writeShort(page, "A");
  await figuresOf(page, "A").focus();
  await page.keyboard.press("Enter");
  const panel = panelOf(page, "A");
  await panel.getByRole("table").waitFor();
  expect(await panel.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  await expect
    .poll(() => figuresOf(page, "A").evaluate((element) => element === document.activeElement))
    .toBe(true);
  await page.keyboard.press("Enter");
  await panel.getByRole("button", { name: "Close timings" }).click();
  await panel.waitFor({ state: "detached" });
  await expect
    .poll(() => figuresOf(page, "A").evaluate((element) => element === document.activeElement))
    .toBe(true);
});

test("what a page did not see it does not know: a page that is opened later says so", async () => {
  await page.reload();
  await waitUntilWritten(page, ["A"]);
  await figuresOf(page, "A").click();
  const panel = panelOf(page, "A");
  await panel.getByText("The way to the pixels is not known").waitFor();
  expect(await panel.getByRole("table").count()).toBe(0);
  // What the server measured is kept with the turn.
  expect(await panel.innerText()).toMatch(/First token\s+[\d.]+ m?s/);
  expect(await panel.innerText()).toMatch(/States painted\s+–\s+not known/);
});

test.each(["light", "dark"])("open, it has no violations in %s", async (theme) => {
  const isDark = await page.evaluate(() => document.documentElement.dataset.theme === "dark");
  if (isDark !== (theme === "dark")) await page.getByRole("button", { name: "Light or dark" }).click();
  await send(page, LONG);
  await waitForState(page, "A", "writing");
  await figuresOf(page, "A").click();
  await panelOf(page, "A").getByRole("table").waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await waitUntilWritten(page, ["A"]);
  await figuresOf(page, "A").click();
  await panelOf(page, "A").getByRole("table").waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press("Escape");
});

test("on a phone it is wholly on the screen", async () => {
  await page.setViewportSize({ width: 390, height: 900 });
  await writeShort(page, "A");
  await figuresOf(page, "A").click();
  await panelOf(page, "A").getByRole("table").waitFor();
  const box = await panelOf(page, "A").boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(900);
  expect(await violationsOf(page)).toEqual([]);
});
