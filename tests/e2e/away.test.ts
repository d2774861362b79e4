/**
 * Pages that go away and come back: reloaded, frozen, put into the back/forward cache, offline, or left by their server. The model is
 * scripted (chat completions over a real socket); browser, server, database and sockets are real.
 */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changeAnswer, pageAnswer } from "../fixtures/pages.ts";
import { type ChatServer, lastPromptIn, startChatServer } from "../fixtures/providers/chat-server.ts";
import {
  type App,
  closeBrowser,
  createProject,
  keepPages,
  newPage,
  openBrowser,
  preview,
  send,
  startApp,
  variant,
  waitForState,
} from "./harness.ts";

let provider: ChatServer;
let app: App;
let browser: Browser;
/** The one who goes away, and one who stays. */
let page: Page;
let other: Page;
/** The rest of an answer waits for this, so that its middle can be looked at however slow the machine is. */
let middle: Promise<void> = Promise.resolve();

beforeAll(async () => {
  provider = await startChatServer({
    script: (request) => {
      const isChange = lastPromptIn(request.body).includes("REQUEST-CHANGE");
      const answer = isChange ? changeAnswer() : pageAnswer("Written by the script");
      const half = answer.length >> 1;
      return [
        { text: answer.slice(0, half), rate: 4_000, chunkChars: 12 },
        { until: () => middle, text: answer.slice(half), rate: 4_000, chunkChars: 12 },
      ];
    },
  });
  [app, browser] = await Promise.all([
    startApp({ TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`, TRIPTYCH_FAST_MODEL: "scripted" }),
    openBrowser(),
  ]);
  page = await newPage(browser);
  await createProject(page, app, "REQUEST-PAGE please", 1);
  await waitForState(page, "A", "idle");
  other = await newPage(browser);
  await openCode(other, page.url());
  await openCode(page);
  keepPages();
});
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
  await provider?.close();
});

async function openCode(of: Page, url?: string): Promise<void> {
  if (url) await of.goto(url);
  const code = of.getByRole("textbox", { name: "Code" });
  await variant(of, "A").getByRole("button", { name: "Code" }).waitFor();
  if ((await code.count()) === 0) await variant(of, "A").getByRole("button", { name: "Code" }).click();
  await code.waitFor();
}

async function type(of: Page, text: string): Promise<void> {
  await of.getByRole("textbox", { name: "Code" }).click();
  await of.keyboard.press("Control+End");
  await of.keyboard.type(`\n${text}`);
}

/** All of it, although the editor draws only what is in sight: the page's end is. */
async function sees(of: Page, text: string): Promise<void> {
  await of.getByRole("textbox", { name: "Code" }).click();
  await of.keyboard.press("Control+End");
  await of.getByRole("textbox", { name: "Code" }).getByText(text, { exact: false }).first().waitFor();
}

const pendingOf = (of: Page) => of.locator("[data-pending]").getAttribute("data-pending");
const isSaved = (of: Page) => expect.poll(() => pendingOf(of)).toBe("0");
const offline = (of: Page) => of.getByText(/^Offline: .* kept on this device/);

test("a page that is reloaded in the middle of a turn finds it going on, and sees its end", async () => {
  let goOn = () => {};
  middle = new Promise((resolve) => {
    goOn = resolve;
  });
  await send(page, "REQUEST-PAGE again");
  await waitForState(page, "A", "writing");
  await page.reload();
  await waitForState(page, "A", "writing");
  goOn();
  await waitForState(page, "A", "idle");
  await preview(page, "A").getByText("Written by the script").waitFor();
  expect(await page.getByText(/was cut|interrupted/i).count()).toBe(0);
});

test("what is typed while the server is killed and started again is there afterwards, for everyone", async () => {
  await openCode(page);
  await type(page, "// before the kill");
  await isSaved(page);
  await app.kill("SIGKILL");
  await type(page, "// while it was away");
  await offline(page).waitFor();
  await app.start();
  await isSaved(page);
  await offline(page).waitFor({ state: "detached" });
  for (const text of ["// before the kill", "// while it was away"]) await sees(other, text);
});

test("edits on both sides of a cut meet when it is over", async () => {
  await openCode(page);
  await page.context().setOffline(true);
  await type(page, "// offline side");
  await type(other, "// online side");
  await isSaved(other);
  expect(await pendingOf(page)).not.toBe("0");
  await page.context().setOffline(false);
  await isSaved(page);
  for (const each of [page, other])
    for (const text of ["// offline side", "// online side"]) await sees(each, text);
});

test("a tab that was frozen has what it missed when it is used again", async () => {
  await openCode(page);
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await type(other, "// while it was frozen");
  await isSaved(other);
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await sees(page, "// while it was frozen");
  await type(page, "// awake again");
  await isSaved(page);
  await sees(other, "// awake again");
});

test("a page in the back/forward cache leaves the room, and is in it again with what it missed", async () => {
  await openCode(page);
  await other.getByText("2 here").waitFor();
  // Chromium under a debugger does not keep pages; these are the events that it sends when it does.
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await other.getByText("2 here").waitFor({ state: "detached" });
  await type(other, "// while it was put away");
  await isSaved(other);
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await other.getByText("2 here").waitFor();
  await sees(page, "// while it was put away");
});

test("two tabs of one browser are one person, and both write", async () => {
  const context: BrowserContext = other.context();
  const tab = await context.newPage();
  await openCode(tab, page.url());
  await tab.getByText("2 here").waitFor();
  await type(tab, "// from the second tab");
  await isSaved(tab);
  await type(other, "// from the first tab");
  await isSaved(other);
  for (const each of [page, tab, other])
    for (const text of ["// from the second tab", "// from the first tab"]) await sees(each, text);
  await tab.close();
  expect(await page.getByText("3 here").count()).toBe(0);
});
