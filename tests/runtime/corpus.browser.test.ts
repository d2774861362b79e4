/** Fifty pages in as many styles: each opens without an error, and none shows one, goes blank or is lost while it is written. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeBrowser, openBrowser } from "../e2e/harness.ts";
import { type FramePage, type Frames, openFrames, projectOf, serveFrames } from "./frame-harness.ts";

const folder = join(import.meta.dirname, "..", "fixtures", "components");
const corpus = readdirSync(folder)
  .filter((name) => name.endsWith(".tsx"))
  .map((name): [string, string] => [name, readFileSync(join(folder, name), "utf8")]);
const START = "export default function App() {\n  return <h1>Before</h1>;\n}\n";
const CHUNK_CHARS = 160;

let frames: Frames;
let browser: Browser;
let page: FramePage;
beforeAll(async () => {
  [frames, browser] = await Promise.all([serveFrames(), openBrowser()]);
  page = await openFrames(browser, frames);
});
afterAll(async () => {
  await closeBrowser(browser);
  await frames?.close();
});

/** Resolves when the newest change was painted. */
const settled = () =>
  expect
    .poll(() =>
      page.pane((pane) => {
        const painted = pane.messages.filter((message) => message.type === "triptych:painted").at(-1);
        return painted && "seq" in painted ? painted.seq - pane.handed : null;
      }),
    )
    .toBe(0);

const complaints = () =>
  page.pane((pane) => [
    ...pane.errors.map((error) => `${error.title}: ${error.message}`),
    ...pane.messages.flatMap((message) =>
      message.type === "triptych:console"
        ? message.lines.filter(({ level }) => level === "error").map(({ text }) => text.slice(0, 300))
        : [],
    ),
  ]);

test("there are at least forty", () => {
  expect(corpus.length).toBeGreaterThanOrEqual(40);
});

test.each(corpus)("%s opens without an error", async (_name, text) => {
  await page.pane((pane) => {
    pane.errors = [];
    pane.messages = [];
  });
  await page.open(projectOf({ "/src/App.tsx": text }));
  await settled();
  expect(await page.frame().locator("#root > *").count()).toBeGreaterThan(0);
  expect(await complaints()).toEqual([]);
});

test.each(corpus.filter((_each, index) => index % 5 === 0))(
  "%s is shown while it is written: never blank, no error",
  async (_name, text) => {
    const root = page.frame().locator("#root");
    await page.open(projectOf({ "/src/App.tsx": text }));
    await settled();
    const whole = await root.innerText();
    await page.open(projectOf({ "/src/App.tsx": START }));
    await page.frame().getByRole("heading", { name: "Before" }).waitFor();
    await root.evaluate(watchBlank);
    await page.pane((pane) => {
      pane.errors = [];
    });
    const answer = `/src/App.tsx\n\`\`\`tsx\n${text}\`\`\`\n`;
    for (let at = 0; at < answer.length; at += CHUNK_CHARS) {
      await page.push(answer.slice(at, at + CHUNK_CHARS));
      await page.frame().locator("html").evaluate(twoFrames);
    }
    await page.end();
    await expect.poll(() => root.innerText()).toBe(whole);
    expect(await page.pane((pane) => pane.errors)).toEqual([]);
    expect(await page.frame().locator("html").evaluate(blanks)).toBe(0);
  },
);

/** Runs in the frame. */
function twoFrames(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

/** Runs in the frame: counts how often the page was empty when it was about to be painted. */
function watchBlank(root: Element): void {
  const counter = { blanks: 0 };
  Object.assign(globalThis, { counter });
  const look = () => {
    if (root.isConnected && root.childElementCount === 0) counter.blanks++;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

function blanks(): number {
  return (globalThis as unknown as { counter: { blanks: number } }).counter.blanks;
}
