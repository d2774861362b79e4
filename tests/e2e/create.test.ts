import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type App,
  closeBrowser,
  createByHand,
  newPage,
  openBrowser,
  preview,
  startApp,
  textOf,
  variant,
  waitForState,
  waitUntilWritten,
} from "./harness.ts";

const BAKERY = "A landing page for a village bakery, warm, with opening hours and an order button";
const letters = ["A", "B", "C"];

let app: App;
let browser: Browser;
/** One project, watched from the first moment. */
let page: Page & { errors: string[] };
const outside: string[] = [];

beforeAll(async () => {
  // Slow enough that a busy machine paints many states too; how many at speed is the bench's to say.
  [app, browser] = await Promise.all([startApp({ TRIPTYCH_DESIGNER_RATE: "350" }), openBrowser()]);
  page = await newPage(browser);
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    // A spare frame, loaded when a page is slow to answer, has the machine's other name.
    const isHere = ["127.0.0.1", "localhost"].includes(hostname);
    if (/^(http|ws)/.test(protocol) && !isHere) outside.push(request.url());
  });
  await page.addInitScript(watchStates);
  await page.addInitScript(watchAlerts);
  await createByHand(page, app, BAKERY);
  await Promise.all(letters.map((letter) => waitForState(page, letter, "writing")));
  await waitUntilWritten(page);
});
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
});

type Watched = { states: Set<number>; alerts: string[] };

/** Counts from inside a frame how often the page changed what it says. */
function watchStates(): void {
  const states = new Set<number>();
  Object.assign(globalThis, { states });
  const note = () => void states.add(document.getElementById("root")?.textContent?.length ?? 0);
  new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true });
}

/** Notes on the host page what any pane ever complained about. */
function watchAlerts(): void {
  if (window !== window.top) return;
  const alerts: string[] = [];
  Object.assign(globalThis, { alerts });
  const note = () => {
    const broken = document.querySelectorAll("article[data-state=error], article[data-state=hung]");
    for (const article of broken) alerts.push(article.textContent ?? "");
  };
  new MutationObserver(note).observe(document, { subtree: true, childList: true, attributes: true });
}

test("one prompt opens a project whose three variants write at once and repaint while they are written", async () => {
  for (const letter of letters) {
    const text = await textOf(page, letter);
    expect(text.toLowerCase()).toContain("baker");
    expect(text.toLowerCase()).toMatch(/open/);
    const states = await preview(page, letter)
      .locator("html")
      .evaluate(() => (globalThis as unknown as Watched).states.size);
    expect(states).toBeGreaterThan(10);
    expect(await preview(page, letter).getByRole("heading", { level: 1 }).count()).toBe(1);
  }
  expect(page.errors).toEqual([]);
});

test("no preview shows an error while the pages are written", async () => {
  expect(await page.evaluate(() => (globalThis as unknown as Watched).alerts)).toEqual([]);
});

test("a project works in every pane without one request leaving this machine", () => {
  expect(outside).toEqual([]);
});

test("the three variants are different art directions: other type, other ground, other words on top", async () => {
  const looks = await Promise.all(
    letters.map((letter) =>
      preview(page, letter)
        .locator("h1")
        .evaluate((heading) => ({
          font: getComputedStyle(heading).fontFamily,
          ground: getComputedStyle(document.body).backgroundColor,
          structure: [...document.querySelectorAll("section, header, footer")]
            .map((each) => each.className)
            .join("|"),
        })),
    ),
  );
  expect(new Set(looks.map((look) => look.font)).size).toBeGreaterThanOrEqual(2);
  expect(new Set(looks.map((look) => look.structure)).size).toBe(3);
  expect(new Set(looks.map((look) => look.ground)).size).toBeGreaterThanOrEqual(2);
});

test("on a phone one variant fills the screen, and tabs lead to the others", async () => {
  const phone = await newPage(browser, 390, 844);
  await phone.goto(page.url());
  await preview(phone, "A").getByRole("heading", { level: 1 }).waitFor();
  const box = await variant(phone, "A").boundingBox();
  expect(box?.width).toBeGreaterThan(340);
  await phone.getByRole("tab").nth(1).click();
  await preview(phone, "B").getByRole("heading", { level: 1 }).waitFor();
  expect((await variant(phone, "B").boundingBox())?.width).toBeGreaterThan(340);
  expect(await variant(phone, "A").isVisible()).toBe(false);
});

test("an empty prompt is not sent, and a prompt of 40 KB is refused with its size and the limit", async () => {
  const page = await newPage(browser);
  await page.goto(app.url);
  const prompt = page.getByRole("textbox", { name: "Prompt" });
  await prompt.fill("   ");
  await prompt.press("Enter");
  await page
    .getByText(/say what the page should do|a few words/i)
    .first()
    .waitFor();
  await prompt.fill("x".repeat(40 * 1024));
  await page.getByRole("button", { name: "Create" }).click();
  await page
    .getByText(/40 KB.*32 KB/)
    .first()
    .waitFor();
  expect(new URL(page.url()).pathname).toBe("/");
  expect((await prompt.inputValue()).length).toBe(40 * 1024);
});

test("unknown projects and links are 404 pages, foreign hosts and origins are refused", async () => {
  const page = await newPage(browser);
  for (const path of ["/p/does-not-exist-0000000", "/s/does-not-exist-0000000"]) {
    const response = await page.goto(app.url + path);
    expect(response?.status()).toBe(404);
  }
  const health = await (await fetch(`${app.url}/api/health`)).json();
  expect(health).toMatchObject({ status: "ok", storage: "pglite" });
  const foreign = await fetch(`${app.url}/api/projects`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: "http://evil.example" },
    body: JSON.stringify({ text: "x" }),
  });
  expect(foreign.status).toBe(403);
});
