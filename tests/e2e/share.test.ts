/** What links show and how history is looked at, in real browsers; what the server allows is tests/room/links.test.ts. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
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
  variant,
  waitUntilCreated,
} from "./harness.ts";

let app: App;
let browser: Browser;
let owner: Page;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ TRIPTYCH_DESIGNER_RATE: "8000" }), openBrowser()]);
  owner = await newPage(browser);
  await createProject(owner, app, "A landing page for a village bakery called Mill Lane");
  await waitUntilCreated(owner);
  await send(owner, "change the headline to “Bread before sunrise”");
  for (const letter of ["A", "B", "C"])
    await preview(owner, letter).getByText("Bread before sunrise").first().waitFor();
});
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
});

/** The link of a choice in the dialog, as soon as it is made. */
async function linkOf(choice: RegExp): Promise<string> {
  const box = owner.getByRole("textbox", { name: "Link" });
  const radio = owner.getByRole("radio", { name: choice });
  const before = (await radio.isChecked()) ? "" : await box.inputValue();
  await radio.click();
  await expect.poll(() => box.inputValue()).toMatch(/\/s\/[\w-]+#[\w-]+$/);
  if (before) await expect.poll(() => box.inputValue()).not.toBe(before);
  return box.inputValue();
}

test("a set is three pages that were built before: on a phone one at a time, nothing is compiled, and it can be remixed", async () => {
  await owner.getByRole("button", { name: "Share" }).click();
  await linkOf(/^Live room/);
  const link = await linkOf(/to compare/);
  await owner.getByRole("button", { name: "QR code" }).click();
  await owner.getByRole("img", { name: "QR code of the link" }).waitFor();
  expect(await violationsOf(owner)).toEqual([]);
  await owner.keyboard.press("Escape");
  await send(owner, "change the headline to “Newer than the link”");
  await preview(owner, "C").getByText("Newer than the link").first().waitFor();

  const phone = await newPage(browser, 390, 844);
  await phone.goto(link);
  await preview(phone, "A").getByRole("heading", { level: 1, name: "Bread before sunrise" }).waitFor();
  expect(new URL(phone.url()).hash).toBe("");
  expect(await violationsOf(phone)).toEqual([]);
  const scripts = preview(phone, "A").locator("script[src]");
  const sources = await scripts.evaluateAll((all) => all.map((each) => each.getAttribute("src") ?? ""));
  expect(sources[0]).toMatch(/^\/page-/);
  expect(sources.at(-1)).toMatch(/^\/shared-files\//);
  expect(sources.join()).not.toContain("runtime");
  expect(await phone.locator("iframe").count()).toBe(1);
  await phone.getByRole("tab", { name: /^C / }).click();
  await preview(phone, "C").getByRole("heading", { level: 1, name: "Bread before sunrise" }).waitFor();

  // A preview that goes to this page by itself finds nothing that runs there, and is brought back.
  const path = await preview(phone, "A")
    .locator("html")
    .evaluate(() => location.pathname);
  await preview(owner, "A")
    .locator("html")
    .evaluate((_html, to) => location.assign(to), path);
  await preview(owner, "A").locator("#triptych-page").waitFor({ state: "attached" });
  expect(await preview(owner, "A").locator("#root, img, style").count()).toBe(0);
  await preview(owner, "A").getByText("Newer than the link").first().waitFor();

  await phone.getByRole("button", { name: "Remix" }).click();
  await phone.waitForURL(/\/p\//);
  expect(phone.url()).not.toBe(owner.url());
  await preview(phone, "A").getByRole("heading", { level: 1, name: "Bread before sunrise" }).waitFor();
  await variant(phone, "A").getByRole("button", { name: "Fork three" }).waitFor();
  await phone.context().close();
});

test("who came in by a link to one variant types beside the owner, each with a caret, until the link is switched off", async () => {
  await owner.getByRole("button", { name: "Share" }).click();
  const link = await linkOf(/B alone, live/);
  await owner.getByLabel("What the link allows").selectOption("edit");
  await owner.getByText("change everything in it").waitFor();
  await owner.keyboard.press("Escape");
  const guest = await newPage(browser);
  await guest.goto(link);
  await variant(guest, "B").getByRole("button", { name: "Code" }).click();
  expect(await guest.getByRole("article").count()).toBe(1);
  expect(await guest.getByRole("button", { name: "Share" }).count()).toBe(0);
  await guest.getByRole("textbox", { name: "Code" }).click();
  await guest.keyboard.press("Control+End");
  await guest.keyboard.type("// by the guest");
  await variant(owner, "B").getByRole("button", { name: "Code" }).click();
  await owner.getByRole("textbox", { name: "Code" }).getByText("// by the guest").waitFor();
  const caret = owner.locator(".cm-caret");
  await expect.poll(() => caret.innerText()).toMatch(/^Guest /);
  // It stands behind what was typed, also when the text above it grows.
  const lineOf = () => caret.evaluate((element) => element.closest(".cm-line")?.textContent ?? "");
  expect(await lineOf()).toContain("// by the guest");
  await owner.getByRole("textbox", { name: "Code" }).click();
  await owner.keyboard.press("Control+Home");
  await owner.keyboard.type("// above\n");
  await guest.getByRole("textbox", { name: "Code" }).getByText("// above").waitFor();
  expect(await lineOf()).toContain("// by the guest");
  await owner.getByRole("button", { name: "Close code" }).click();

  await owner.getByRole("button", { name: "Share" }).click();
  await owner.getByRole("button", { name: /^Revoke variant B live/ }).click();
  await guest.getByText("This link was switched off by the person who made it.").waitFor();
  await owner.keyboard.press("Escape");
  await guest.context().close();
});

test("looking back shows each turn without changing anything, and two versions can be compared", async () => {
  const headlines = () =>
    Promise.all(
      ["A", "B", "C"].map((letter) =>
        preview(owner, letter)
          .getByRole("heading", { level: 1 })
          .innerText()
          .catch(() => ""),
      ),
    );
  const now = await headlines();
  const slider = owner.getByRole("slider", { name: "Look back" });
  await slider.focus();
  await owner.keyboard.press("Home");
  await preview(owner, "A").getByText("A fresh sheet.").waitFor();
  await owner.keyboard.press("ArrowRight");
  await expect.poll(async () => (await headlines()).filter((each) => each !== "").length).toBe(3);
  const first = await headlines();
  for (const [index, each] of first.entries()) expect(each).not.toBe(now[index]);
  expect(await slider.getAttribute("aria-valuetext")).toMatch(/^Turn 1 of \d/);
  await owner.getByText("Nothing is changed by it.").waitFor();
  await owner.getByRole("button", { name: "Back to now" }).click();
  await expect.poll(headlines).toEqual(now);

  await owner.getByRole("button", { name: "Compare versions" }).click();
  const dialog = owner.getByRole("dialog", { name: "Compare versions" });
  await dialog.getByLabel("Before", { exact: true }).selectOption({ label: "A: start" });
  const changed = dialog.getByRole("region", { name: "/src/components/Hero.tsx" });
  await changed
    .getByText(now[0] ?? "")
    .first()
    .waitFor();
  expect(await violationsOf(owner)).toEqual([]);
});
