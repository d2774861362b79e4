/** The prompt bar on one project: directions, queue, steering, lanes. Both lanes are scripted servers of the real protocol. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pageAnswer } from "../fixtures/pages.ts";
import { type ChatServer, type Step, startChatServer } from "../fixtures/providers/chat-server.ts";
import { violationsInBothThemes } from "./axe.ts";
import {
  type App,
  closeBrowser,
  newPage,
  openBrowser,
  preview,
  startApp,
  variant,
  waitForState,
  waitUntilWritten,
} from "./harness.ts";

const letters = ["A", "B", "C"];
const names = ["After dark", "Morning paper", "Counter slip"];
const plan = JSON.stringify({
  directions: names.map((name) => ({ name, idea: `the idea of ${name}`, sections: ["Nav", "Hero"] })),
});

let fast: ChatServer;
let deep: ChatServer;
let app: App;
let browser: Browser;
/** What the fast lane does next; then it answers with a page. */
let next: (() => Step[]) | null = null;
let middle: Promise<void> = Promise.resolve();

/** From now on answers stop in their middle until the returned function is called. */
function stopInTheMiddle(): () => void {
  let goOn = () => {};
  middle = new Promise((resolve) => {
    goOn = resolve;
  });
  return goOn;
}

/** The words of the last prompt in a request. */
function asked(body: unknown): string {
  const { messages } = body as { messages: { content: string }[] };
  return messages.at(-1)?.content ?? "";
}

beforeAll(async () => {
  [fast, deep] = await Promise.all([
    startChatServer({
      script: (request) => {
        if (next) return next();
        const words = /# The prompt\n([^\n#]*)/.exec(asked(request.body))?.[1] ?? "";
        const text = pageAnswer(`Answer to ${words.trim()}`);
        return [{ text: text.slice(0, 200) }, { until: () => middle, text: text.slice(200) }];
      },
    }),
    startChatServer({
      script: (request) =>
        asked(request.body).includes("Write 3 directions")
          ? [{ text: plan }]
          : [{ text: pageAnswer("Answer from deep") }],
    }),
  ]);
  [app, browser] = await Promise.all([
    startApp({
      TRIPTYCH_FAST_BASE_URL: `${fast.url}/v1`,
      TRIPTYCH_FAST_MODEL: "quick",
      TRIPTYCH_DEEP_BASE_URL: `${deep.url}/v1`,
      TRIPTYCH_DEEP_MODEL: "thorough",
    }),
    openBrowser(),
  ]);
});
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
  await Promise.all([fast?.close(), deep?.close()]);
});

test("directions are edited and built, a prompt queues or steers, a used-up lane offers another, all from the bar", async () => {
  const page = await newPage(browser);
  const bar = page.getByRole("region", { name: "Prompt" });
  const box = page.getByRole("textbox", { name: "Prompt" });
  const says = (letter: string, words: string) =>
    preview(page, letter).getByRole("heading", { name: words }).waitFor();

  // The deep lane plans; nothing is built before it is said.
  await page.goto(app.url);
  await box.fill("A bakery");
  await page.getByRole("combobox", { name: "Directions" }).selectOption("deep-held");
  await page.getByRole("button", { name: "Create" }).click();
  await bar.getByRole("button", { name: "Direction of B: Morning paper" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Night market");
  await page.getByRole("button", { name: "Use it" }).click();
  await bar.getByRole("button", { name: "Direction of B: Night market" }).waitFor();
  const goOn = stopInTheMiddle();
  await bar.getByRole("button", { name: "Build", exact: true }).click();
  for (const letter of letters) await waitForState(page, letter, "writing");

  // What is sent while it writes waits, when that is chosen.
  await box.fill("Queued words");
  await bar.getByRole("button", { name: "Queue" }).click();
  await bar.getByRole("button", { name: "Send" }).click();
  const waiting = bar.getByRole("list", { name: "Waiting" });
  await waiting.getByText("waits behind this one").waitFor();
  goOn();
  for (const letter of letters) await says(letter, "Answer to Queued words");
  await waitUntilWritten(page);
  expect(await waiting.count()).toBe(0);
  await variant(page, "B").getByRole("textbox", { name: "Name of variant B" }).waitFor();
  expect(await page.getByRole("textbox", { name: "Name of variant B" }).inputValue()).toBe("Night market");
  const bodies = fast.requests.map((request) => asked(request.body));
  expect(bodies.filter((body) => body.includes("- B: Night market."))).toHaveLength(3);

  // Steering goes into what is being written: here it is stopped and sent on.
  const goOnAgain = stopInTheMiddle();
  await box.fill("Slow words");
  await bar.getByRole("button", { name: "Send" }).click();
  for (const letter of letters) await waitForState(page, letter, "writing");
  await box.fill("Steering words");
  await bar.getByRole("button", { name: "Steer", exact: true }).click();
  await bar.getByRole("button", { name: "Send" }).click();
  await bar.getByText("Steered: stopped, and sent on").waitFor();
  goOnAgain();
  for (const letter of letters) await says(letter, "Answer to Steering words");
  await waitUntilWritten(page);

  // A lane that is used up waits; only a person sends one variant to another one.
  next = () => [{ status: 429, headers: { "retry-after": "60" } }];
  await box.fill("More words");
  await bar.getByRole("button", { name: "Send" }).click();
  await waiting.getByText(/Fast is used up for now; goes on in \d+ s/).waitFor();
  expect(await violationsInBothThemes(page)).toEqual([]);
  await waiting.getByRole("button", { name: "Deep for B" }).click();
  await says("B", "Answer from deep");
  // What goes with the focus in it leaves the focus to a neighbour, the last one to the prompt.
  await waiting.getByRole("button", { name: "Take out" }).press("Enter");
  await waiting.waitFor({ state: "detached" });
  expect(await box.evaluate((at) => at === document.activeElement)).toBe(true);
  await waitUntilWritten(page);
  await says("A", "Answer to Steering words");
  next = null;

  // A race: one variant is answered by another lane than the others.
  await bar.getByRole("button", { name: "Who answers: Fast" }).click();
  await page.getByRole("combobox", { name: "Who answers in C" }).selectOption("designer");
  await page.keyboard.press("Escape");
  await bar.getByRole("button", { name: /Who answers: Fast · C/ }).waitFor();
  expect(page.errors).toEqual([]);
});
