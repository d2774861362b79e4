/** Follow-ups, stop, hand edits, fork, keep, restore: against a scripted server that speaks chat completions. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { changeAnswer, heroAnswer, longAnswer, pageAnswer } from "../fixtures/pages.ts";
import { type ChatServer, lastPromptIn, startChatServer } from "../fixtures/providers/chat-server.ts";
import {
  type App,
  closeBrowser,
  createProject,
  newPage,
  openBrowser,
  pressInside,
  preview,
  send,
  startApp,
  stateOf,
  textOf,
  variant,
  waitForState,
  waitUntilWritten,
} from "./harness.ts";

const letters = ["A", "B", "C"];

let provider: ChatServer;
let app: App;
let browser: Browser;
let page: Page;
/** The rest of an answer waits for this, so that its middle can be looked at however slow the machine is. */
let middle: Promise<void> = Promise.resolve();

/** From now on answers stop in their middle until the returned function is called. */
function stopInTheMiddle(): () => void {
  let goOn = () => {};
  middle = new Promise((resolve) => {
    goOn = resolve;
  });
  return goOn;
}

/** What the scripted model answers, by the words of the last prompt in the request. */
function answerTo(body: string): string {
  if (body.includes("REQUEST-LONG")) return longAnswer(6_000);
  if (body.includes("REQUEST-CHANGE")) return changeAnswer();
  if (body.includes("REQUEST-HERO")) return heroAnswer("A quieter headline");
  return pageAnswer("Written by the script");
}

beforeAll(async () => {
  provider = await startChatServer({
    script: (request) => {
      const answer = answerTo(lastPromptIn(request.body));
      const half = answer.length >> 1;
      return [
        { text: answer.slice(0, half), rate: 1_000, chunkChars: 12 },
        { until: () => middle, text: answer.slice(half), rate: 1_000, chunkChars: 12 },
      ];
    },
  });
  [app, browser] = await Promise.all([
    startApp({ TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`, TRIPTYCH_FAST_MODEL: "scripted" }),
    openBrowser(),
  ]);
  page = await newPage(browser);
  await createProject(page, app, "REQUEST-PAGE please");
});
beforeEach(startOver);
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
  await provider?.close();
});

let isFresh = true;

/** Whatever the test before left: all three show the script's page again, and a prompt goes to all. */
async function startOver(): Promise<void> {
  if (!isFresh) await askAgain();
  isFresh = false;
  for (const letter of letters) {
    await preview(page, letter).getByText("Written by the script").waitFor();
    await preview(page, letter).getByText("The last line of the page.").waitFor();
  }
  await waitUntilWritten(page);
}

async function askAgain(): Promise<void> {
  for (const letter of letters) {
    const target = page.getByRole("button", { name: letter, exact: true });
    if ((await target.getAttribute("aria-pressed")) === "true") await target.click();
  }
  await send(page, "REQUEST-PAGE please");
  // The words leave when the server has them: before that the turn has not begun.
  await expect.poll(() => page.getByRole("textbox", { name: "Prompt" }).inputValue()).toBe("");
}

test("a follow-up goes to all three, and what a person typed into the page stays there", async () => {
  for (const letter of letters) {
    await preview(page, letter).getByLabel("Your name").fill(`guest ${letter}`);
    await pressInside(preview(page, letter).getByRole("button", { name: "Menu" }));
  }
  await send(page, "REQUEST-HERO to all");
  for (const letter of letters) {
    await preview(page, letter).getByRole("heading", { name: "A quieter headline" }).waitFor();
    expect(await preview(page, letter).getByLabel("Your name").inputValue()).toBe(`guest ${letter}`);
    expect(await preview(page, letter).getByText("The menu is open").count()).toBe(1);
  }
});

test("a follow-up to one variant leaves the other two as they are", async () => {
  await page.getByRole("button", { name: "B", exact: true }).click();
  await send(page, "REQUEST-HERO only here");
  await preview(page, "B").getByRole("heading", { name: "A quieter headline" }).waitFor();
  await waitUntilWritten(page);
  for (const letter of ["A", "C"]) {
    expect(await preview(page, letter).getByRole("heading", { name: "Written by the script" }).count()).toBe(
      1,
    );
  }
});

test("Stop ends the writing, nothing is applied after it, and the files stay whole", async () => {
  const goOn = stopInTheMiddle();
  await send(page, "REQUEST-LONG");
  for (const letter of letters) await waitForState(page, letter, "writing");
  await preview(page, "A").getByText("Line 5.").waitFor();
  await page.getByRole("button", { name: "Stop" }).click();
  await waitUntilWritten(page);
  const texts = await Promise.all(
    letters.map((letter) => preview(page, letter).locator("#root").innerText()),
  );
  for (const text of texts) expect(text).not.toContain("Line 400.");
  // The provider's sockets were closed by us, not by the end of its script.
  await expect
    .poll(() => provider.requests.filter((request) => request.aborted).length)
    .toBeGreaterThanOrEqual(3);
  for (const letter of letters) expect(await stateOf(page, letter)).toBe("idle");
  goOn();
  await send(page, "REQUEST-HERO after the stop");
  for (const letter of letters)
    await preview(page, letter).getByRole("heading", { name: "A quieter headline" }).waitFor();
});

test("a person types in the code while the model writes elsewhere in the file, and both survive", async () => {
  await variant(page, "A").getByRole("button", { name: "Code" }).click();
  const code = page.getByRole("textbox", { name: "Code" });
  await code.waitFor();
  await code.click();
  await page.keyboard.press("Control+End");
  const goOn = stopInTheMiddle();
  await send(page, "REQUEST-CHANGE");
  await waitForState(page, "A", "writing");
  await code.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("// typed");
  // The model goes on while the person does.
  goOn();
  await page.keyboard.type(" by hand", { delay: 15 });
  await waitUntilWritten(page);
  await preview(page, "A").getByText("Changed by the script").waitFor();
  await expect.poll(() => code.innerText()).toContain("// typed by hand");
  expect(await code.innerText()).toContain("Changed by the script");
});

test("typing in the code moves the preview without a model", async () => {
  await variant(page, "C").getByRole("button", { name: "Code" }).click();
  const code = page.getByRole("textbox", { name: "Code" });
  await code.waitFor();
  // On a word that is seen without scrolling: else the first click moves the line under the second.
  const line = code.getByText("The last line of the page.").first();
  await line.dblclick({ position: { x: 220, y: 9 } });
  await page.keyboard.type("Rewritten");
  await preview(page, "C").getByText("Rewritten", { exact: false }).first().waitFor();
  await page.getByRole("button", { name: "Close code" }).click();
});

test("at 3 × 1,000 tokens a second every preview ends with the expected text, and a browser that joins mid-stream sees it live", async () => {
  const goOn = stopInTheMiddle();
  await send(page, "REQUEST-LONG");
  for (const letter of letters) await preview(page, letter).getByText("Line 5.").waitFor();
  const second = await newPage(browser);
  await second.goto(page.url());
  await waitForState(second, "B", "writing");
  // It joined while the model wrote; what it sees grows to the same end.
  for (const letter of letters) await preview(second, letter).getByText("Line 5.").waitFor();
  goOn();
  await Promise.all([waitUntilWritten(page), waitUntilWritten(second)]);
  const expected = [...longAnswer(6_000).matchAll(/Line \d+\./g)].map(([line]) => line).join(" ");
  for (const each of [page, second])
    for (const letter of letters) await expect.poll(() => textOf(each, letter)).toBe(expected);
  await page.getByText("2 here").waitFor();
});

/** The last one: it goes on in another set. */
test("Fork three makes three running variants from one; Keep marks one; an earlier turn can be restored", async () => {
  await page.getByRole("button", { name: "B", exact: true }).click();
  await send(page, "REQUEST-HERO for b");
  await preview(page, "B").getByRole("heading", { name: "A quieter headline" }).waitFor();
  await waitUntilWritten(page);
  await variant(page, "B").getByRole("button", { name: "Fork three" }).click();
  for (const letter of letters)
    await preview(page, letter).getByRole("heading", { name: "A quieter headline" }).waitFor();

  const keep = variant(page, "C").getByRole("button", { name: /^Keep/ });
  await keep.click();
  await expect.poll(() => keep.getAttribute("aria-pressed")).toBe("true");

  await page.getByRole("button", { name: "A", exact: true }).click();
  await send(page, "REQUEST-CHANGE");
  await preview(page, "A").getByText("Changed by the script").waitFor();
  await waitUntilWritten(page);
  const turns = page.getByRole("navigation", { name: "Turns" });
  const before = await turns.getByRole("listitem").count();
  await turns
    .getByRole("button", { name: /^Restore/ })
    .first()
    .click();
  await expect.poll(() => preview(page, "A").getByText("Changed by the script").count()).toBe(0);
  await preview(page, "A").getByRole("heading", { name: "A quieter headline" }).waitFor();
  await expect.poll(() => turns.getByRole("listitem").count()).toBeGreaterThan(before);
});
