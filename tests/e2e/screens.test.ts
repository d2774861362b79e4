/**
 * Every screen and state of the chrome in one app and one browser: what axe finds in both themes, how it looks against the references
 * of tests/visual, what keys, fingers and settings of the system do. Templates make the projects: no model, the same pages each time.
 * The walk through all screens is for `npm run nightly screens` (and `npm run screens`, which draws the references).
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareScreens } from "../visual/compare.ts";
import { expectScreen, isWriting, shotOf } from "../visual/screens.ts";
import { violationsInBothThemes } from "./axe.ts";
import {
  type App,
  closeBrowser,
  newPage,
  openBrowser,
  preview,
  send,
  startApp,
  variant,
  waitForState,
} from "./harness.ts";

const walk = test.runIf(process.env.TRIPTYCH_SCREENS);

let app: App;
let browser: Browser;
let page: Page & { errors: string[] };
/** A project of three pages. */
let studio = "";
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ TRIPTYCH_DESIGNER_RATE: "400" }), openBrowser()]);
  page = await newPage(browser);
});
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
});

const use = (theme: "light" | "dark") =>
  page.evaluate((chosen) => {
    document.documentElement.dataset.theme = chosen;
  }, theme);

async function expectAccessible(what: string, on = page): Promise<void> {
  expect(await violationsInBothThemes(on), what).toEqual([]);
}

const isWide = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

test("the start page: templates run, one of them makes a project at once, and earlier projects can be renamed, copied, deleted and taken back", async () => {
  await page.goto(app.url);
  const hasFocus = () =>
    page.getByRole("textbox", { name: "Prompt" }).evaluate((box) => box === document.activeElement);
  await expect.poll(hasFocus).toBe(true);
  expect(await page.getByRole("heading", { name: "Recent" }).count()).toBe(0);
  const thumbnail = page
    .getByRole("button", { name: "Pricing" })
    .frameLocator("iframe")
    .frameLocator("iframe");
  await thumbnail.getByRole("heading", { level: 1 }).waitFor();
  await expectAccessible("start, nothing made yet");

  await page.getByRole("button", { name: "Event", exact: true }).click();
  await page.waitForURL(/\/p\//);
  studio = page.url();
  await preview(page, "C").getByRole("heading", { level: 1 }).waitFor();
  await page.goto(app.url);
  await page.getByRole("button", { name: "4 variants" }).click();
  await page.getByRole("button", { name: "Shop", exact: true }).click();
  await variant(page, "D").waitFor();
  await page.goto(app.url);
  await page.getByRole("link", { name: "Shop" }).waitFor();
  await expect.poll(() => page.getByRole("link", { name: "Shop" }).locator(".sheet-thumb").count()).toBe(4);

  await page.getByRole("button", { name: "Rename Shop" }).click();
  await expectAccessible("start, a name is changed");
  await page.getByRole("textbox", { name: "New name of Shop" }).fill("Umbel");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Umbel" }).waitFor();
  await page.getByRole("button", { name: "Duplicate Umbel" }).click();
  await page.getByRole("link", { name: "Umbel, copy" }).waitFor();
  await page.getByRole("button", { name: "Delete Umbel, copy" }).click();
  await expect.poll(() => page.getByRole("link", { name: "Umbel, copy" }).count()).toBe(0);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  await expect.poll(focused).toBe("Umbel");
  // The note goes by itself after a while: at once.
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("link", { name: "Umbel, copy" }).waitFor();
  await page.getByRole("button", { name: "Delete Umbel, copy" }).click();
  await page.getByText("1 deleted project, kept for a day").click();
  await page.getByRole("button", { name: "Take back Umbel, copy" }).click();
  await page.getByRole("link", { name: "Umbel, copy" }).waitFor();
  await page.getByRole("button", { name: "Delete Umbel, copy" }).click();
  await page.getByText("1 deleted project, kept for a day").waitFor();
  await page.goto(app.url);
  await page.getByText("1 deleted project, kept for a day").click();
  await expectAccessible("start, something was deleted");

  // Keys and the palette, where there is no table: what is typed in the prompt is text, outside of it keys act.
  await page.keyboard.press("Escape");
  await page.getByRole("textbox", { name: "Prompt" }).fill("?");
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keys" });
  await keys.getByRole("heading", { name: "In a project" }).waitFor();
  await expectAccessible("start, keys");
  await page.keyboard.press("Escape");
  await keys.waitFor({ state: "detached" });
  await page.keyboard.press("/");
  expect(await hasFocus()).toBe(true);
  await page.keyboard.press("F6");
  expect(await hasFocus()).toBe(false);
  const palette = page.getByRole("dialog", { name: "All commands" });
  await page.keyboard.press("Control+k");
  await palette.getByRole("option", { name: /Blank/ }).waitFor();
  expect(await palette.getByRole("option", { name: /Stop writing|Next width|Compare two/ }).count()).toBe(0);
  await expectAccessible("start, palette");
  await page.keyboard.type("umbel");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/p\//);
  await variant(page, "D").waitFor();
  expect(page.errors).toEqual([]);
});

walk(
  "the start page looks as it did, holds at 200 and 400 %, and a comparison sees a button that moved",
  async () => {
    await page.goto(app.url);
    await page.getByRole("link", { name: "Umbel" }).waitFor();
    const before = await shotOf(page);
    await expectScreen(page, "start");
    // Other letters' edges pass, another place does not: on the real screen.
    await page.addStyleTag({ content: "body { -webkit-text-stroke: 0.05px; }" });
    const smoothed = compareScreens(before, await shotOf(page));
    expect(smoothed.isSame, smoothed.words).toBe(true);
    await page.addStyleTag({ content: "form .button-solid { translate: 6px 0; }" });
    expect(compareScreens(before, await shotOf(page)).isSame).toBe(false);
    for (const width of [720, 360]) {
      await page.setViewportSize({ width, height: 640 });
      expect(await isWide(), `${width} px`).toBe(true);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  },
);

walk("the studio in each view, with each dialog, on a tablet and on a phone", async () => {
  await page.goto(studio);
  for (const letter of ["A", "B", "C"])
    await preview(page, letter).getByRole("heading", { level: 1 }).waitFor();
  await page.getByRole("button", { name: "Send" }).waitFor();
  if (isWriting)
    writeFileSync(
      join(import.meta.dirname, "..", "..", "docs", "images", "studio.png"),
      await page.screenshot(),
    );
  await expectScreen(page, "studio");
  await expectAccessible("studio");
  await use("dark");
  await expectScreen(page, "studio-dark");
  await use("light");

  await page.getByRole("radio", { name: "Focus" }).click();
  await expectScreen(page, "focus");
  await expectAccessible("focus");
  await page.getByRole("radio", { name: "Compare" }).click();
  await expectScreen(page, "compare");
  await expectAccessible("compare");
  await page.getByRole("radio", { name: "Three" }).click();

  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await expectAccessible("palette");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("dialog", { name: "Share" }).waitFor();
  await expectAccessible("share");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });

  await page.setViewportSize({ width: 1024, height: 760 });
  await expectScreen(page, "tablet");
  await page.getByRole("button", { name: "All turns" }).click();
  await expectAccessible("turns in a sheet");
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("tab", { name: /^B/ }).click();
  await preview(page, "B").getByRole("heading", { level: 1 }).waitFor();
  await expectScreen(page, "phone");
  await expectAccessible("phone");
  await page.getByRole("tab", { name: /^B/ }).press("ArrowRight");
  expect(await page.getByRole("tab", { name: /^C/ }).getAttribute("aria-selected")).toBe("true");
  await page.getByRole("button", { name: "Turns", exact: true }).click();
  await page.getByRole("dialog", { name: "Turns" }).waitFor();
  await page.keyboard.press("Escape");
  for (const width of [720, 360, 300]) {
    await page.setViewportSize({ width, height: 640 });
    expect(await isWide(), `${width} px`).toBe(true);
  }
  expect(await page.getByRole("textbox", { name: "Prompt" }).isVisible()).toBe(false);
  expect(await page.getByRole("tab", { name: /^A/ }).isVisible()).toBe(true);
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(page.errors).toEqual([]);
});

test("while a model writes: no violation, and with reduced motion nothing in the chrome moves", async () => {
  await page.goto(studio);
  await preview(page, "A").getByRole("heading", { level: 1 }).waitFor();
  await page.emulateMedia({ reducedMotion: "reduce" });
  await send(page, "Add a pricing section, a gallery and a FAQ");
  await waitForState(page, "A", "writing");
  const moving = await page.evaluate(
    () => document.getAnimations().filter(({ playState }) => playState === "running").length,
  );
  expect(moving).toBe(0);
  await expectAccessible("writing");
  await page.emulateMedia({ reducedMotion: "no-preference" });
  for (const letter of ["A", "B", "C"]) await waitForState(page, letter, "idle");
});

test("in forced colours edges stay, and what is chosen is told apart", async () => {
  await page.emulateMedia({ forcedColors: "active" });
  const looks = await page.evaluate(() => {
    const of = (selector: string) => getComputedStyle(document.querySelector(selector) as Element);
    return {
      sheet: of(".sheet").borderTopStyle,
      badge: of(".badge").borderTopStyle,
      chosen: of('[role="radio"][aria-checked="true"]').backgroundColor,
      other: of('[role="radio"][aria-checked="false"]').backgroundColor,
    };
  });
  expect(looks).toMatchObject({ sheet: "solid", badge: "solid" });
  expect(looks.chosen).not.toBe(looks.other);
  await page.emulateMedia({ forcedColors: "none" });
});

test("a full disk is said on the start page and in the studio, with what becomes of the edits, and goes by itself", async () => {
  const seen = await newPage(browser);
  let isFull = true;
  // What the server says then is tests/room/faults.test.ts; here is what people see of it.
  await seen.route("**/api/health", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), writable: !isFull } });
  });
  await seen.routeWebSocket(/\/rt\//, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      const isStored = typeof message === "string" && /^43\d+\[\{"ok":true,"seq":/.test(message);
      socket.send(
        isStored && isFull ? message.replace(/\[.*/, '[{"ok":false,"code":"storage-full"}]') : message,
      );
    });
  });
  await seen.goto(app.url);
  await seen.getByText("The disk of the server is full: earlier projects can be opened").waitFor();
  await expectAccessible("start, full disk", seen);
  await seen.goto(studio);
  await preview(seen, "A").getByRole("heading", { level: 1 }).waitFor();
  await variant(seen, "A").getByRole("button", { name: "Code" }).click();
  await seen.getByRole("textbox", { name: "Code" }).click();
  await seen.keyboard.type("// kept here");
  // Seen, and said by the one status of the studio.
  const words = { hasText: "Your edits are kept on this device and are stored when there is room." };
  await seen.getByRole("paragraph").filter(words).waitFor();
  await seen.getByRole("status").filter(words).waitFor();
  await seen.getByText(/^Not saved: \d+ edits? kept on this device/).waitFor();
  await expectAccessible("studio, full disk", seen);
  isFull = false;
  await expect.poll(() => seen.locator("[data-pending]").getAttribute("data-pending")).toBe("0");
  await seen.keyboard.press("ControlOrMeta+z");
  expect(seen.errors).toEqual([]);
});

walk("the code drawer, and a page that does not run", async () => {
  await variant(page, "A").getByRole("button", { name: "Code" }).click();
  const code = page.getByRole("textbox", { name: "Code" });
  await code.click();
  await expectAccessible("code");
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText("export default function App() {\n  return <main>{missing}</main>;\n}\n");
  await waitForState(page, "A", "error");
  await expectAccessible("error");
  await page.keyboard.press("Control+Z");
  await waitForState(page, "A", "idle");
  await page.getByRole("button", { name: "Close code" }).click();
});

walk(
  "a page that hangs is stopped after three restarts: its neighbours and the chrome stay, and it says what to do",
  async () => {
    await variant(page, "A").getByRole("button", { name: "Code" }).click();
    const code = page.getByRole("textbox", { name: "Code" });
    await code.click();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.insertText('new Function("for (;;) {}")();\n');
    await variant(page, "A")
      .getByText(/is stopped now/)
      .waitFor();
    expect(await variant(page, "A").getAttribute("data-state")).toBe("hung");
    await variant(page, "A").getByRole("button", { name: "Run again" }).waitFor();
    await expectAccessible("hung");
    await code.click();
    await page.keyboard.press("ControlOrMeta+z");
    await preview(page, "A").getByRole("heading", { level: 1 }).waitFor();
    await waitForState(page, "A", "idle");
    await page.getByRole("button", { name: "Close code" }).click();
  },
);

walk("offline is said after a second, keeps the page usable, and goes by itself", async () => {
  await page.context().setOffline(true);
  const line = page.getByText(/^Offline: go on working/);
  await app.kill("SIGTERM");
  await line.waitFor();
  await expectAccessible("offline");
  await page.getByRole("textbox", { name: "Prompt" }).fill("still here");
  await app.start();
  await page.context().setOffline(false);
  await line.waitFor({ state: "detached" });
  expect(await page.getByRole("textbox", { name: "Prompt" }).inputValue()).toBe("still here");
});

walk(
  "who only watches sees no controls; a link that is closed and an address that leads nowhere say what to do",
  async () => {
    await page.getByRole("textbox", { name: "Prompt" }).fill("");
    await page.getByRole("button", { name: "Share" }).click();
    const box = page.getByRole("textbox", { name: "Link" });
    await page.getByRole("radio", { name: /^Live room/ }).click();
    await expect.poll(() => box.inputValue()).toMatch(/\/s\/[\w-]+#[\w-]+$/);
    const link = await box.inputValue();
    const guest = await newPage(browser, 390, 844);
    await guest.goto(link);
    await guest.getByText("You are watching.").waitFor();
    await preview(guest, "A").getByRole("heading", { level: 1 }).waitFor();
    expect(await guest.getByRole("textbox", { name: "Prompt" }).count()).toBe(0);
    expect(await guest.getByRole("button", { name: "Keep" }).count()).toBe(0);
    await expectScreen(guest, "watching");
    await expectAccessible("watching", guest);
    // The newest stands first: the dialog made another when it opened.
    await page
      .getByRole("button", { name: /^Revoke the live room/ })
      .first()
      .click();
    await guest.getByRole("heading", { name: "This link is closed" }).waitFor();
    await expectAccessible("closed while it was looked at", guest);
    expect((await guest.goto(link.split("#")[0] ?? ""))?.status()).toBe(410);
    await expectAccessible("closed", guest);
    expect((await guest.goto(`${app.url}/p/does-not-exist-0000000`))?.status()).toBe(404);
    await expectAccessible("nothing here", guest);
  },
);
