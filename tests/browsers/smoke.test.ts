/** The same sentences in Firefox and in WebKit, Safari's engine: what Triptych promises must not be Chromium's alone. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type App, startApp } from "../e2e/harness.ts";
import { longAnswer, pageAnswer } from "../fixtures/pages.ts";
import { type ChatServer, startChatServer } from "../fixtures/providers/chat-server.ts";
import type { OtherBrowser, Where } from "./browser.ts";
import { firefoxPath, openFirefox } from "./firefox.ts";
import { openWebkit, webkitPath } from "./webkit.ts";

type Counting = Window & { paragraphs?: number[] };

const letters = ["A", "B", "C"] as const;
const page = pageAnswer("Written by the script");

/** A page with a button that never ends, and one that shows that the page lives. */
const loopPage = `/src/App.tsx
\`\`\`tsx
import { useState } from "react";

export default function App() {
  const [count, setCount] = useState(0);
  const hang = () => {
    for (;;) {}
  };
  const hangForGood = () => /^(\\w+\\s?)+$/.test("a word ".repeat(40) + "!");
  return (
    <main>
      <h1>It runs</h1>
      <button type="button" onClick={() => setCount(count + 1)}>Count {count}</button>
      <button type="button" onClick={hang}>Hang</button>
      <button type="button" onClick={hangForGood}>Hang for good</button>
    </main>
  );
}
\`\`\`
`;

const brokenPage = `/src/App.tsx
\`\`\`tsx
export default function App() {
  const words: string[] = [];
  if (words.length === 0) {
    throw new Error("Broken on purpose");
  }
  return <h1>Never shown</h1>;
}
\`\`\`
`;

/** What is Chromium's no less than theirs: `npm run nightly -- browsers`. */
const nightly = test.skipIf(process.env.TRIPTYCH_BROWSERS !== "all");

describe.each([
  { name: "Firefox", path: firefoxPath(), launch: openFirefox, hasProcesses: true },
  { name: "WebKit", path: webkitPath(), launch: openWebkit, hasProcesses: false },
])("$name", ({ path, launch, hasProcesses }) => {
  // Not installed: skipped, and counted as that. CI must have them.
  if (path === null && !process.env.CI) return void test.skip("is not installed");

  let provider: ChatServer;
  let app: App;
  let browser: OtherBrowser;

  beforeAll(async () => {
    provider = await startChatServer({
      script: ({ body }) => {
        const asked = JSON.stringify(body);
        if (asked.includes("REQUEST-LOOP")) return [{ text: loopPage }];
        if (asked.includes("REQUEST-BROKEN")) return [{ text: brokenPage }];
        if (asked.includes("REQUEST-LONG")) return [{ text: longAnswer(6_000), rate: 1_500 }];
        return [{ text: page, rate: 2_000 }];
      },
    });
    [app, browser] = await Promise.all([
      startApp({ TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`, TRIPTYCH_FAST_MODEL: "scripted" }),
      launch(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.dispose();
    await provider?.close();
  });

  const textOf = (where: Where) => browser.evaluate(where, () => document.body.innerText);
  const stateOf = (letter: string) =>
    browser.evaluate(
      "app",
      (name) => document.querySelector(`article[aria-label="${name}"]`)?.getAttribute("data-state"),
      `Variant ${letter}`,
    );
  const waitForText = (where: Where, text: string) =>
    expect.poll(() => textOf(where), { timeout: 30_000 }).toContain(text);
  const waitForIdle = async () => {
    for (const letter of letters) await expect.poll(() => stateOf(letter), { timeout: 30_000 }).toBe("idle");
  };
  const create = async (prompt: string) => {
    await browser.open(app.url);
    await browser.type("app", { role: "textbox", name: "Prompt" }, prompt);
    await browser.click("app", { role: "button", name: "Create" });
  };
  const send = async (prompt: string) => {
    await browser.type("app", { role: "textbox", name: "Prompt" }, prompt);
    await browser.click("app", { role: "button", name: "Send" });
  };

  /** Notes how many paragraphs the page has after each change: a driver may ask too late to see one being written. */
  const countParagraphs = (letter: Where) =>
    browser.evaluate(letter, () => {
      const paragraphs: number[] = [];
      Object.assign(window, { paragraphs });
      const note = () => void paragraphs.push(document.querySelectorAll("p").length);
      new MutationObserver(note).observe(document.body, { childList: true, subtree: true });
    });
  const openLoopPage = async () => {
    const isInStudio = await browser.evaluate("app", () => location.pathname.startsWith("/p/"));
    await (isInStudio ? send : create)("REQUEST-LOOP");
    for (const letter of letters) await waitForText(letter, "It runs");
    await waitForIdle();
    // Anew, whatever the test before did with it.
    await browser.open(await browser.evaluate("app", () => location.href));
    for (const letter of letters) await waitForText(letter, "Count 0");
    await waitForIdle();
  };
  /** From inside and later: an answer to a click that never ends does not come either. */
  const pressFromInside = (where: Where, name: string) =>
    browser.evaluate(
      where,
      (text) => {
        const button = [...document.querySelectorAll("button")].find((each) => each.textContent === text);
        setTimeout(() => button?.click());
      },
      name,
    );

  test("three previews run a page that was asked for, with its styles, and answer a click", async () => {
    await create("A page");
    for (const letter of letters) await waitForText(letter, "Written by the script");
    await waitForIdle();
    for (const letter of letters) {
      await browser.click(letter, { role: "button", name: "Menu" });
      await waitForText(letter, "The menu is open");
      const size = await browser.evaluate(letter, () => {
        const heading = document.querySelector("h1");
        return heading && getComputedStyle(heading).fontSize;
      });
      expect(size).toBe("36px");
    }
  });

  test("an edit shows in all three while it is still being written", async () => {
    for (const letter of letters) await countParagraphs(letter);
    await send("REQUEST-LONG");
    for (const letter of letters) await waitForText(letter, "Line 400.");
    await waitForIdle();
    for (const letter of letters) {
      const counts = await browser.evaluate(letter, () => (window as Counting).paragraphs);
      // Something between the start and the end was on the page.
      expect(counts?.some((count) => count > 5 && count < 400)).toBe(true);
      expect(Math.max(...(counts ?? []))).toBeGreaterThanOrEqual(400);
    }
  });

  nightly("an error of the page is told with its file and line, though the frame is opaque", async () => {
    await send("REQUEST-BROKEN");
    for (const letter of letters) await expect.poll(() => stateOf(letter), { timeout: 30_000 }).toBe("error");
    const words = await browser.evaluate(
      "app",
      () => document.querySelector('article[aria-label="Variant A"] [role=alert]')?.textContent,
    );
    expect(words).toContain("Broken on purpose");
    expect(words).toContain("/src/App.tsx:4");
  });

  test("a preview that loops is stopped, the app and its neighbours answer, and it runs again", async () => {
    await openLoopPage();
    await pressFromInside("A", "Hang");
    await expect.poll(() => stateOf("A"), { timeout: 20_000 }).toMatch(/error|hung/);
    await browser.type("app", { role: "textbox", name: "Prompt" }, "The app answers");
    expect(await browser.evaluate("app", () => document.querySelector("textarea")?.value)).toBe(
      "The app answers",
    );
    await browser.click("B", { role: "button", name: "Count 0" });
    await waitForText("B", "Count 1");
    await waitForText("A", "Count 0");
    await browser.click("A", { role: "button", name: "Count 0" });
    await waitForText("A", "Count 1");
  });

  // No guard ends a regular expression: only a process of its own keeps it from the others.
  if (hasProcesses)
    nightly("a preview that hangs for good stops nobody else, and a new one takes its place", async () => {
      await openLoopPage();
      await pressFromInside("A", "Hang for good");
      await browser.click("B", { role: "button", name: "Count 0" });
      await waitForText("B", "Count 1");
      await browser.type("app", { role: "textbox", name: "Prompt" }, "The app answers");
      await expect.poll(() => stateOf("A"), { timeout: 20_000 }).toBe("hung");
      await waitForText("A", "Count 0");
      await expect.poll(() => stateOf("A"), { timeout: 20_000 }).toBe("idle");
    });
});
