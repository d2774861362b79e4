/** One page that never ends must not stop anyone: the app and its neighbours answer, and the pane comes back by itself. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type App,
  createProject,
  newPage,
  openBrowser,
  preview,
  startApp,
  stateOf,
  variant,
  waitForState,
  waitUntilWritten,
} from "../e2e/harness.ts";
import { type ChatServer, startChatServer } from "../fixtures/providers/chat-server.ts";

const CODE = `import { useState } from "react";

export default function App() {
  const [count, setCount] = useState(0);
  return (
    <main>
      <h1>It runs</h1>
      <button type="button" onClick={() => setCount(count + 1)}>Count {count}</button>
      <button
        type="button"
        onClick={() => {
          new Function("for (;;) {}")();
        }}
      >
        Hang
      </button>
    </main>
  );
}
`;

let provider: ChatServer;
let app: App;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  provider = await startChatServer({ script: () => [{ text: `/src/App.tsx\n\`\`\`tsx\n${CODE}\`\`\`\n` }] });
  [app, browser] = await Promise.all([
    startApp({ TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`, TRIPTYCH_FAST_MODEL: "scripted" }),
    openBrowser(),
  ]);
  page = await newPage(browser);
  await createProject(page, app, "A page");
  for (const letter of ["A", "B", "C"])
    await preview(page, letter).getByRole("heading", { name: "It runs" }).waitFor();
  await waitUntilWritten(page);
});
afterAll(async () => {
  await browser?.close();
  await app?.dispose();
  await provider?.close();
});

test("an endless loop in one preview leaves the app and the other two free, is told, and heals by itself", async () => {
  // The click is sent from inside: an answer to it never comes.
  const frame = await page
    .locator('iframe[title="Preview of variant A"]')
    .contentFrame()
    .locator("iframe:not([hidden])")
    .contentFrame()
    .getByRole("button", { name: "Hang" })
    .elementHandle();
  void frame?.evaluate((button) => setTimeout(() => (button as HTMLElement).click())).catch(() => {});

  await preview(page, "B").getByRole("button", { name: "Count 0" }).press("Enter");
  await preview(page, "B").getByRole("button", { name: "Count 1" }).waitFor();
  await page.getByRole("textbox", { name: "Prompt" }).fill("The app answers");
  await preview(page, "C").getByRole("button", { name: "Count 0" }).press("Enter");
  await preview(page, "C").getByRole("button", { name: "Count 1" }).waitFor();

  await waitForState(page, "A", "hung");
  await variant(page, "A")
    .getByText(/stopped responding/)
    .waitFor();
  await preview(page, "A").getByRole("button", { name: "Count 0" }).waitFor();
  await waitForState(page, "A", "idle");
  expect(await stateOf(page, "B")).toBe("idle");
  expect(await page.getByRole("textbox", { name: "Prompt" }).inputValue()).toBe("The app answers");
});
