/** Two browsers, links, restarts: what a review call needs. Answers come from the built-in designer. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
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
  textOf,
  variant,
  waitUntilCreated,
} from "./harness.ts";

const PROMPT = "A landing page for a village bakery called Mill Lane, with opening hours";
const letters = ["A", "B", "C"];

let app: App;
let browser: Browser;
/** The page of the one who made the project; open all the time. */
let owner: Page;
/** The same with one variant, for what goes for a room whatever lies in it: a frame costs a second of a core in each page. */
let lone: Page;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ TRIPTYCH_DESIGNER_RATE: "5000" }), openBrowser()]);
  owner = await newPage(browser);
  await createProject(owner, app, PROMPT);
  await waitUntilCreated(owner);
});
/** Opened when it is needed first; three previews that nobody looks at any more would slow it. */
async function openLone(): Promise<Page> {
  if (lone) return lone;
  await owner.context().close();
  lone = await newPage(browser);
  keepPages();
  await createProject(lone, app, PROMPT, 1);
  await waitUntilCreated(lone, ["A"]);
  return lone;
}
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
});

test("what one browser asks for is seen live in the other, with how many people are here", async () => {
  const second = await newPage(browser);
  await second.goto(owner.url());
  await waitUntilCreated(second);
  await owner.getByText("2 here").waitFor();
  await send(second, "darker, and change the headline to “Bread before sunrise”");
  for (const page of [owner, second]) {
    for (const letter of letters)
      await preview(page, letter).getByText("Bread before sunrise").first().waitFor();
  }
});

/** The link in the open dialog, as soon as it is made. */
async function madeLink(page: Page): Promise<string> {
  const box = page.getByRole("textbox", { name: "Link" });
  await expect.poll(() => box.inputValue()).toMatch(/\/s\/[\w-]+#[\w-]+$/);
  return box.inputValue();
}

test("the link of the live room shows everything live and lets nothing be changed", async () => {
  await owner.getByRole("button", { name: "Share" }).click();
  const link = await madeLink(owner);
  await owner.keyboard.press("Escape");

  const viewer = await newPage(browser);
  const asked: string[] = [];
  viewer.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await viewer.goto(link);
  await preview(viewer, "B").getByRole("heading", { level: 1 }).waitFor();
  expect(new URL(viewer.url()).hash).toBe("");
  expect(await viewer.getByRole("textbox", { name: "Prompt" }).count()).toBe(0);
  // The address of the project is the right to edit: neither the page nor its list of commands has it.
  await viewer.keyboard.press("Control+k");
  await viewer.getByRole("dialog", { name: "All commands" }).waitFor();
  expect(await viewer.content()).not.toContain(new URL(owner.url()).pathname.slice(3));
  expect(asked).not.toContain("/api/projects");
  await viewer.keyboard.press("Escape");

  await send(owner, "change the headline to “Seen by the viewer”");
  for (const letter of letters)
    await preview(viewer, letter).getByText("Seen by the viewer").first().waitFor();
});

test("a link to one version stays as it was, opens without an account and says 410 when it is switched off", async () => {
  const headline = await preview(owner, "B").getByRole("heading", { level: 1 }).innerText();
  await owner.getByRole("button", { name: "Share" }).click();
  await owner.getByRole("radio", { name: /variant B/i }).click();
  const link = await madeLink(owner);
  await owner.keyboard.press("Escape");
  await send(owner, "change the headline to “Newer than the link”");
  await preview(owner, "B").getByText("Newer than the link").first().waitFor();

  const viewer = await newPage(browser, 390, 844);
  await viewer.goto(link);
  await preview(viewer, "B")
    .getByRole("heading", { level: 1, name: headline.split("\n")[0] ?? headline })
    .waitFor();
  expect(await preview(viewer, "B").getByText("Newer than the link").count()).toBe(0);

  await owner.getByRole("button", { name: "Share" }).click();
  await owner.getByRole("button", { name: /^Revoke a version of B/ }).click();
  await expect.poll(async () => (await viewer.goto(link.split("#")[0] ?? link))?.status()).toBe(410);
  await owner.keyboard.press("Escape");
});

/** Opens the code of variant A and types at its end. */
async function typeInCode(page: Page, text: string): Promise<void> {
  const code = page.getByRole("textbox", { name: "Code" });
  if ((await code.count()) === 0) await variant(page, "A").getByRole("button", { name: "Code" }).click();
  await code.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(text);
}

async function seesInCode(page: Page, text: string): Promise<void> {
  await variant(page, "A").getByRole("button", { name: "Code" }).click();
  await page.getByRole("textbox", { name: "Code" }).getByText(text).waitFor();
}

const pendingOf = (page: Page) => page.locator("[data-pending]").getAttribute("data-pending");

test.each(["SIGINT", "SIGKILL"] as const)("after %s and a new start everything is there", async (signal) => {
  const owner = await openLone();
  const typed = `// kept over ${signal}`;
  await typeInCode(owner, typed);
  await expect.poll(() => pendingOf(owner)).toBe("0");
  const before = await textOf(owner, "A");

  await app.kill(signal);
  await app.start();
  const again = await newPage(browser);
  await again.goto(owner.url());
  await expect.poll(() => textOf(again, "A").catch(() => ""), { timeout: 20_000 }).toBe(before);
  await seesInCode(again, typed);
  expect(
    await again.getByRole("navigation", { name: "Turns" }).getByRole("listitem").count(),
  ).toBeGreaterThan(0);
  // The page that was open all the time comes back by itself.
  await send(owner, `change the headline to “Back after ${signal}”`);
  await preview(again, "A").getByText(`Back after ${signal}`).first().waitFor();
});

test("what was typed while the server was away survives the page that was closed, and arrives when both are back", async () => {
  const page = await newPage(browser);
  await page.goto((await openLone()).url());
  await waitUntilCreated(page, ["A"]);
  await variant(page, "A").getByRole("button", { name: "Code" }).click();
  await page.getByRole("textbox", { name: "Code" }).click();
  await page.keyboard.press("Control+End");
  await app.kill("SIGKILL");
  await page.keyboard.type("// typed offline");
  // Every keystroke is on the disk of this device a moment after it was typed.
  await expect.poll(() => page.evaluate(keptEdits)).toBe("// typed offline".length);
  const context = page.context();
  await page.close();

  await app.start();
  const later = await context.newPage();
  await later.goto(lone.url());
  await seesInCode(later, "// typed offline");
  await expect.poll(() => pendingOf(later)).toBe("0");
  // Another browser, which never saw the first page, has it too.
  const other = await newPage(browser);
  await other.goto(lone.url());
  await seesInCode(other, "// typed offline");
});

/** Runs in the page: how many edits its IndexedDB holds. */
function keptEdits(): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("triptych");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const counting = opening.result.transaction("edits").objectStore("edits").count();
      counting.onsuccess = () => {
        opening.result.close();
        resolve(counting.result);
      };
    };
  });
}
