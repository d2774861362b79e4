/** Edits that do not fit, as people meet them: what was good is in, what was not is explained, asked for once more, and undone. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pageAnswer } from "../fixtures/pages.ts";
import { type ChatServer, startChatServer } from "../fixtures/providers/chat-server.ts";
import {
  type App,
  closeBrowser,
  createProject,
  newPage,
  openBrowser,
  placeInPage,
  preview,
  send,
  startApp,
  textOf,
  variant,
  waitUntilWritten,
} from "./harness.ts";

const GOOD = `/src/Extra.tsx
\`\`\`tsx
export const extra = "was good";
\`\`\`
`;
const block = (search: string, replace: string) =>
  `/src/components/Hero.tsx\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;
const MISS = block("  <h1>Nowhere in the file</h1>", "  <h1>Never</h1>");

let provider: ChatServer;
let app: App;
let browser: Browser;
let page: Page;
/** What the model says when it is asked for the failed edits again. */
let repair = "";

beforeAll(async () => {
  provider = await startChatServer({
    script: ({ body }) => {
      const { messages } = body as { messages: { content: string }[] };
      const last = messages.at(-1)?.content ?? "";
      if (last.startsWith("Your answer was applied, apart from")) return [{ text: repair }];
      return [{ text: last.includes("REQUEST-MISS") ? GOOD + MISS : pageAnswer("First words") }];
    },
  });
  [app, browser] = await Promise.all([
    startApp({ TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`, TRIPTYCH_FAST_MODEL: "scripted" }),
    openBrowser(),
  ]);
  page = await newPage(browser);
  await createProject(page, app, "A page");
  for (const letter of ["A", "B", "C"]) await preview(page, letter).getByText("First words").waitFor();
  await waitUntilWritten(page);
});
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
  await provider?.close();
});

test("one good and one failing edit: the good one is in, the other is explained, and its place is shown", async () => {
  repair = MISS;
  const before = await textOf(page, "A");
  await send(page, "REQUEST-MISS");
  const strip = variant(page, "A").locator(".strip");
  await strip.getByText("the searched lines stand nowhere in the file").waitFor();
  await strip.getByText(/1 of 2 edits did not fit/).waitFor();
  await strip.getByText(/asked for again: 0 of 1 mended/).waitFor();
  expect(await textOf(page, "A")).toBe(before);
  expect(provider.requests).toHaveLength(9);

  await strip.getByRole("button", { name: "Show where" }).click();
  const code = page.getByRole("complementary", { name: "Code of variant A" });
  await code.getByRole("textbox", { name: "Code" }).waitFor();
  expect(await code.getByRole("combobox", { name: "File" }).inputValue()).toBe("/src/components/Hero.tsx");
  await expect.poll(() => page.evaluate(() => getSelection()?.toString() ?? "")).not.toBe("");

  await strip.getByRole("button", { name: "Put in" }).click();
  await code.getByText("<h1>Never</h1>").waitFor();
  await page.keyboard.press("Control+z");
  await expect.poll(() => code.getByText("<h1>Never</h1>").count()).toBe(0);
  await code.getByRole("combobox", { name: "File" }).selectOption("/src/Extra.tsx");
  await code.getByText("was good").waitFor();
  await code.getByRole("button", { name: "Close code" }).click();
});

test("a failed edit that the model mends when it is asked again is in, with what that cost", async () => {
  const line = (words: string) => `      <h1 className="text-4xl">${words}</h1>`;
  repair = block(line("First words"), line("Mended words"));
  await send(page, "REQUEST-MISS please");
  for (const letter of ["A", "B", "C"]) await preview(page, letter).getByText("Mended words").waitFor();
  await variant(page, "B")
    .locator(".strip")
    .getByText(/asked for again: 1 of 1 mended, \d+ tokens/)
    .waitFor();
});

test("Undo takes one prompt back in all variants, and what was typed by hand stays", async () => {
  await variant(page, "C").getByRole("button", { name: "Code" }).click();
  await page.getByRole("textbox", { name: "Code" }).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("// by hand");
  await expect.poll(() => page.locator("[data-pending]").getAttribute("data-pending")).toBe("0");
  const turns = page.getByRole("navigation", { name: "Turns" });
  await turns.getByRole("button", { name: /REQUEST-MISS please/ }).click();
  await turns.getByRole("button", { name: "Undo turn 3" }).click();
  for (const letter of ["A", "B", "C"]) await preview(page, letter).getByText("First words").waitFor();
  await page.getByRole("textbox", { name: "Code" }).getByText("// by hand").waitFor();
});

test("a text that is edited in one page is changed in the others that say the same, and ⌘Z takes all of it back", async () => {
  const close = page.getByRole("button", { name: "Close code" });
  if ((await close.count()) > 0) await close.click();
  const box = page.getByRole("textbox", { name: "Prompt" });
  const heading = (letter: string) => preview(page, letter).getByRole("heading", { level: 1 });
  await expect
    .poll(async () => {
      // Over the border of the frame, as a hand comes.
      await box.focus();
      await box.hover();
      const { x, y } = await placeInPage(page, "A", heading("A"));
      await page.mouse.move(x, y, { steps: 5 });
      await page.mouse.dblclick(x, y);
      return heading("A").getAttribute("contenteditable");
    })
    .not.toBeNull();
  await page.keyboard.type("Said by hand");
  await page.keyboard.press("Enter");
  await page.getByText("B and C say the same.").waitFor();
  expect(await heading("B").innerText()).toBe("First words");
  await page.getByRole("button", { name: "Change all" }).click();
  for (const letter of ["A", "B", "C"])
    await expect.poll(() => heading(letter).innerText()).toBe("Said by hand");
  await page.getByText("Changed in B and C.").waitFor();
  await box.click();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press("Control+z");
  for (const letter of ["B", "C"]) await expect.poll(() => heading(letter).innerText()).toBe("First words");
  expect(await heading("A").innerText()).toBe("Said by hand");
});
