/**
 * The whole of the main job without a pointer: create, set a model, send, stop, fork, compare, keep, share; by keys, the palette
 * and slash commands. The model is a scripted server of the real protocol, set in Settings while the server runs.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pageAnswer } from "../fixtures/pages.ts";
import { type ChatServer, startChatServer } from "../fixtures/providers/chat-server.ts";
import { violationsOf } from "./axe.ts";
import {
  type App,
  closeBrowser,
  newPage,
  openBrowser,
  preview,
  startApp,
  variant,
  waitForState,
  waitUntilCreated,
  waitUntilWritten,
} from "./harness.ts";

const KEY = "sk-canary-keyboard-0123456789-WXYZ";
let provider: ChatServer;
let app: App;
let browser: Browser;
let middle: Promise<void> = Promise.resolve();

beforeAll(async () => {
  provider = await startChatServer({
    script: () => {
      const text = pageAnswer("Written by the scripted model");
      return [{ text: text.slice(0, 200) }, { until: () => middle, text: text.slice(200) }];
    },
  });
  [app, browser] = await Promise.all([startApp({ TRIPTYCH_DESIGNER_RATE: "20000" }), openBrowser()]);
});
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
  await provider?.close();
});

/** The control that has the focus: its name, and whether that can be seen. */
function focused(page: Page): Promise<{ name: string; isSeen: boolean }> {
  return page.evaluate(() => {
    const at = document.activeElement as HTMLElement;
    const label = at.getAttribute("aria-label") ?? (at as HTMLInputElement).labels?.[0]?.innerText;
    const { outlineStyle, outlineWidth } = getComputedStyle(at);
    const isText = at.matches("textarea, input");
    return {
      name: (label ?? at.innerText ?? "").replace(/\s+/g, " ").trim(),
      isSeen: isText || (outlineStyle !== "none" && outlineWidth !== "0px"),
    };
  });
}

/** Tab until the control has the focus; each stop on the way must be seen. */
async function tabTo(page: Page, name: string | RegExp, most = 40): Promise<void> {
  for (let pressed = 0; pressed < most; pressed++) {
    const now = await focused(page);
    if (typeof name === "string" ? now.name === name : name.test(now.name)) {
      expect(now, "the focus is seen").toMatchObject({ isSeen: true });
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(
    `${most} Tabs did not reach ${String(name)}; the last stop was ${(await focused(page)).name}`,
  );
}

async function choose(page: Page, words: string): Promise<void> {
  await page.keyboard.press("Control+k");
  const input = page.getByRole("combobox", { name: "Type a command" });
  await input.waitFor();
  await page.keyboard.type(words);
  await page.getByRole("option", { selected: true }).getByText(words).first().waitFor();
  await page.keyboard.press("Enter");
  await input.waitFor({ state: "detached" });
}

test("the main job by keyboard alone, from an empty page to a link", async () => {
  const page = await newPage(browser);
  const box = page.getByRole("textbox", { name: "Prompt" });
  const says = (letter: string) =>
    preview(page, letter).getByRole("heading", { name: "Written by the scripted model" }).waitFor();

  // Create.
  await page.goto(app.url);
  await page.keyboard.type("A bakery");
  await tabTo(page, "1 variant");
  await page.keyboard.press("Space");
  await tabTo(page, "Create");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/p\//);
  await waitUntilCreated(page, ["A"]);

  // A model, set and measured while the server runs.
  await choose(page, "Settings");
  const settings = page.getByRole("dialog", { name: "Settings" });
  // A Tab before it is there would go to the page below, and the focus back to that.
  await settings.waitFor();
  await tabTo(page, "Base URL");
  await page.keyboard.type(`${provider.url}/v1`);
  await tabTo(page, "Model");
  await page.keyboard.type("scripted");
  await tabTo(page, "Key");
  await page.keyboard.type(KEY);
  await tabTo(page, "Save");
  await page.keyboard.press("Enter");
  const fast = settings.getByRole("region", { name: "Fast lane" });
  await fast.getByRole("button", { name: "Test" }).waitFor();
  await settings.getByPlaceholder("set, ends in WXYZ; empty keeps it").waitFor();
  await tabTo(page, "Test");
  await page.keyboard.press("Enter");
  await fast.getByText(/First token after .* by chat\. Measured just now\./).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await settings.waitFor({ state: "detached" });

  // Send, and stop in the middle: the text leaves the box only when it was taken.
  let goOn = () => {};
  middle = new Promise((resolve) => {
    goOn = resolve;
  });
  // Nothing had the focus when the palette was opened: the prompt gets it.
  expect((await focused(page)).name).toBe("Prompt");
  await page.keyboard.type("Slow words");
  await page.keyboard.press("Enter");
  await waitForState(page, "A", "writing");
  await expect.poll(() => box.inputValue()).toBe("");
  await page.keyboard.press("Escape");
  await waitForState(page, "A", "idle");
  goOn();
  await page.keyboard.press("ArrowUp");
  expect(await box.inputValue()).toBe("Slow words");
  await page.keyboard.press("Control+Enter");
  await says("A");
  await waitUntilWritten(page, ["A"]);

  // Plain text is never taken for a command; a command is, and forks.
  await expect.poll(() => box.inputValue()).toBe("");
  await page.keyboard.type("/src is");
  expect(await page.getByRole("listbox", { name: "Commands" }).count()).toBe(0);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("/fo");
  await page.getByRole("option", { name: /\/fork/ }).waitFor();
  expect(await box.getAttribute("aria-activedescendant")).toBe("prompt-commands-0");
  await page.keyboard.press("Enter");
  for (const letter of ["A", "B", "C"]) await variant(page, letter).waitFor();

  // Some of the variants, by their chips: one Tab stop, arrow keys walk.
  await tabTo(page, "All three");
  const walkTo = async (name: string) => {
    await page.keyboard.press("ArrowRight");
    // The focus moves in the next task.
    await expect.poll(() => focused(page)).toEqual({ name, isSeen: true });
  };
  for (const letter of ["A", "B"]) await walkTo(letter);
  await page.keyboard.press("Space");
  await walkTo("C");
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  expect((await focused(page)).name).not.toMatch(/^(?:All three|[ABC])$/);
  const bar = page.getByRole("region", { name: "Prompt" });
  const pressed = () =>
    bar.getByRole("toolbar", { name: "Send to" }).locator('[aria-pressed="true"]').allInnerTexts();
  expect(await pressed()).toEqual(["B", "C"]);
  await page.keyboard.press("/");
  expect((await focused(page)).name).toBe("Prompt");
  await page.keyboard.type("Only there");
  await page.keyboard.press("Enter");
  await expect.poll(() => box.inputValue()).toBe("");
  for (const letter of ["B", "C"]) await says(letter);
  await waitUntilWritten(page);
  const asked = () => provider.requests.filter(({ body }) => JSON.stringify(body).includes("Only there"));
  await expect.poll(() => asked().length).toBe(2);

  // Compare, focus, keep: single keys act while nothing is typed.
  const main = page.getByRole("main");
  await choose(page, "Compare two");
  await expect.poll(() => main.getAttribute("data-view")).toBe("compare");
  await tabTo(page, "C");
  await page.keyboard.press("2");
  await expect.poll(() => main.getAttribute("data-view")).toBe("focus");
  await page.keyboard.press("k");
  const keep = variant(page, "B").getByRole("button", { name: "Keep" });
  await expect.poll(() => keep.getAttribute("aria-pressed")).toBe("true");
  const described = await variant(page, "B").getAttribute("aria-describedby");
  expect(await page.locator(`[id="${described}"]`).innerText()).toBe("Kept");
  await page.keyboard.press("Escape");
  await expect.poll(() => main.getAttribute("data-view")).toBe("three");

  // Share, from where one was: the focus comes back there.
  await page.keyboard.press("/");
  await page.keyboard.press("Control+Shift+S");
  await expect.poll(() => page.getByRole("textbox", { name: "Link" }).inputValue()).toContain("/s/");
  await page.getByText("The link is copied.").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("textbox", { name: "Link" }).waitFor({ state: "detached" });
  expect((await focused(page)).name).toBe("Prompt");

  // Regions, the sheet, and keys of one's own.
  await page.keyboard.press("F6");
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keys" });
  await sheet.getByText("Ctrl Shift ⏎").waitFor();
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await choose(page, "Settings");
  await settings.waitFor();
  await tabTo(page, "Models");
  for (const section of ["Appearance", "Privacy", "Shortcuts"]) {
    await page.keyboard.press("ArrowRight");
    // A press before the focus has moved would start from the same tab again.
    await expect.poll(async () => (await focused(page)).name).toBe(section);
  }
  await tabTo(page, /^Key of Keep this variant/);
  await page.keyboard.press("Enter");
  await page.keyboard.press("y");
  await settings.getByText("That key belongs to “Scroll in step, on or off”.").waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.press("b");
  await settings.getByRole("button", { name: "Key of Keep this variant: B" }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await settings.waitFor({ state: "detached" });
  await choose(page, "Go to the prompt");
  await tabTo(page, "C");
  await page.keyboard.press("2");
  await page.keyboard.press("k");
  await page.keyboard.press("b");
  await expect.poll(() => keep.getAttribute("aria-pressed")).toBe("false");

  // The key went in, and is nowhere.
  const files = readdirSync(app.dataFolder, { recursive: true }).map((file) =>
    join(app.dataFolder, String(file)),
  );
  const holding = files.filter((file) => statSync(file).isFile() && readFileSync(file).includes(KEY));
  expect(holding).toEqual([]);
  expect(app.output()).not.toContain(KEY);
  expect(await page.content()).not.toContain(KEY);
  expect(asked()[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(page.errors).toEqual([]);
});
