/**
 * A person's hand in a running page: pointing at an element, editing a text in place, the wash, keys and focus out of a frame. One
 * variant of a scripted model, and a second page that watches; the page itself tries to forge what it can.
 */
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ChatServer, startChatServer } from "../fixtures/providers/chat-server.ts";
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
  waitUntilWritten,
} from "./harness.ts";

const file = (path: string, code: string) => `${path}\n\`\`\`tsx\n${code}\`\`\`\n\n`;
const HERO = `const rows = ["Bread", "Rolls"];

export default function Hero() {
  return (
    <section id="top" className="p-8" style={{ minHeight: 700 }}>
      <h1 className="text-4xl">
        Fresh every morning
      </h1>
      <p>We bake &amp; sell.</p>
      <ul>
        {rows.map((row) => <li key={row}>{row}</li>)}
      </ul>
      <input className="border" />
    </section>
  );
}
`;
const APP = `import Hero from "./components/Hero";

export default function App() {
  return (
    <main>
      <style>{"div:not(#root), html > :not(head, body) { display: none !important }"}</style>
      <Hero />
      <footer className="p-8">The end</footer>
    </main>
  );
}
`;
/** Counts what appears in the document, whoever puts it there. */
const WATCHED = HERO.replace("Fresh every morning", "Warm every morning");

let provider: ChatServer;
let app: App;
let browser: Browser;
let page: Page & { errors: string[] };
let viewer: Page;
let pagesAnswer = file("/src/components/Hero.tsx", HERO) + file("/src/App.tsx", APP);

const frame = () => preview(page, "A");
const marks = (kind: string) =>
  page.frameLocator('iframe[title="Preview of variant A"]').locator(`[data-kind=${kind}]`);
const prompts = () => provider.requests.length;
/** The focus out of whatever has it, into the app. */
const leaveFrame = () =>
  page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    window.focus();
  });
/**
 * The pointer comes into the page over its border, as a hand brings it, and does something there. On a busy machine the click may
 * come too late to be believed (half a second): then once more. Looked at after the guard, which acts in the next task.
 */
const inFrame = (work: () => Promise<unknown>) =>
  expect
    .poll(async () => {
      // From the prompt: a focus that is not believed goes back there, and is seen to.
      await page.getByRole("textbox", { name: "Prompt" }).focus();
      await page.getByRole("textbox", { name: "Prompt" }).hover();
      await page.mouse.move(700, 300, { steps: 5 });
      await work();
      return page.evaluate(
        () => new Promise((tell) => setTimeout(() => tell(document.activeElement?.tagName))),
      );
    })
    .toBe("IFRAME");
const chips = () => page.getByRole("list", { name: "Picked elements" }).getByRole("listitem");

beforeAll(async () => {
  provider = await startChatServer({ script: () => [{ text: pagesAnswer, rate: 600 }] });
  [app, browser] = await Promise.all([
    startApp({ TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`, TRIPTYCH_FAST_MODEL: "scripted" }),
    openBrowser(),
  ]);
  page = await newPage(browser);
  await createProject(page, app, "A bakery", 1);
  await frame().getByRole("heading", { name: "Fresh every morning" }).waitFor();
  await waitUntilCreated(page, ["A"]);
  viewer = await newPage(browser);
  await viewer.goto(page.url());
  await preview(viewer, "A").getByRole("heading", { name: "Fresh every morning" }).waitFor();
});
afterAll(async () => {
  await closeBrowser(browser);
  await app?.dispose();
  await provider?.close();
});
beforeEach(async () => {
  await page.bringToFront();
});

test("S, and a click: the element's source opens in the code and is a chip in the prompt; keys walk, Esc leaves", async () => {
  await leaveFrame();
  await page.keyboard.press("s");
  const heading = frame().getByRole("heading", { level: 1 });
  await heading.hover();
  await marks("pointed").waitFor({ state: "attached" });
  const label = page
    .frameLocator('iframe[title="Preview of variant A"]')
    .getByText(/^h1 · Hero · Hero\.tsx:6$/);
  await label.waitFor({ state: "attached" });
  // The page hides every div and whatever stands in its html: the outline is in no document of the page.
  expect(
    await frame()
      .locator("html")
      .evaluate((html) => html.querySelectorAll("[data-kind]").length),
  ).toBe(0);

  await page.keyboard.press("ArrowUp");
  await page
    .frameLocator('iframe[title="Preview of variant A"]')
    .getByText(/^section · Hero · Hero\.tsx:5$/)
    .waitFor({ state: "attached" });
  await page.keyboard.press("ArrowDown");
  await label.waitFor({ state: "attached" });
  await page.keyboard.press("Escape");
  await expect.poll(() => marks("pointed").count()).toBe(0);

  await leaveFrame();
  await page.keyboard.press("s");
  await heading.click({ modifiers: ["Shift"] });
  await frame()
    .getByText("Rolls")
    .click({ modifiers: ["Shift"] });
  await expect.poll(() => chips().count()).toBe(2);
  await page.keyboard.press("Escape");
  await leaveFrame();
  await page.keyboard.press("s");
  await heading.click();
  await expect.poll(() => chips().count()).toBe(1);
  await chips()
    .getByText(/h1 “Fresh every morning” in Hero/)
    .waitFor();
  const code = page.getByRole("complementary", { name: "Code of variant A" });
  await code.getByRole("textbox", { name: "Code" }).waitFor();
  await expect
    .poll(() => page.evaluate(() => getSelection()?.toString() ?? ""))
    .toContain('<h1 className="text-4xl">');
  await code.getByRole("button", { name: "Close code" }).click();
});

test("the picked element's source goes along with the prompt", async () => {
  pagesAnswer = file("/src/components/Hero.tsx", WATCHED);
  await send(page, "make it warmer");
  await frame().getByRole("heading", { name: "Warm every morning" }).waitFor();
  expect(JSON.stringify(provider.requests.at(-1)?.body)).toContain("# Pointed at");
  await waitUntilWritten(page, ["A"]);
});

/** The page says a moment after the variant that it is no longer written; until then no text of it opens. */
async function openText(text: Locator): Promise<void> {
  await expect
    .poll(async () => {
      await inFrame(() => text.dblclick());
      return text.getAttribute("contenteditable");
    })
    .not.toBeNull();
}

test("a double click edits a text where it stands: everybody sees it, ⌘Z takes it back", async () => {
  const heading = frame().getByRole("heading", { level: 1 });
  await openText(heading);
  await page.keyboard.type("Hot <now> & {always}");
  const theirs = preview(viewer, "A").getByRole("heading", { level: 1 });
  await expect.poll(() => theirs.innerText()).toBe("Hot <now> & {always}");
  await page.keyboard.press("Enter");
  expect(await heading.innerText()).toBe("Hot <now> & {always}");
  expect(await heading.getAttribute("contenteditable")).toBeNull();
  await leaveFrame();
  await page.keyboard.press("Control+z");
  await expect.poll(() => theirs.innerText()).toBe("Warm every morning");
  await expect.poll(() => heading.innerText()).toBe("Warm every morning");
});

test("a text that comes out of code is not edited: it is picked, and the model can be asked", async () => {
  // What was just taken back may still be on its way into the page, which then hears no click: once more.
  const words = variant(page, "A").getByText(/comes out of code/);
  await expect
    .poll(async () => {
      await inFrame(() => frame().getByText("Rolls").dblclick());
      return words.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    })
    .toBe(true);
  await chips()
    .getByText(/li “Rolls” in Hero/)
    .waitFor();
  expect(await frame().getByText("Rolls").getAttribute("contenteditable")).toBeNull();
  await variant(page, "A").getByRole("button", { name: "Understood" }).click();
  await chips().getByRole("button").click();
});

test("what is hard to use is listed after a turn; Show marks it, and the page holds nothing of it", async () => {
  await variant(page, "A")
    .getByRole("button", { name: /^\d+ issues? of/ })
    .click();
  const panel = page.getByRole("dialog", { name: "Accessibility of variant A" });
  await panel.getByText(/label/i).first().waitFor();
  await panel.getByRole("button", { name: /^Show/ }).first().click();
  await marks("chosen").waitFor({ state: "attached" });
  expect(
    await frame()
      .locator("html")
      .evaluate(() => "axe" in window),
  ).toBe(false);
  await page.keyboard.press("Escape");
});

test("who clicks into the page soon after typing in the app types in the page", async () => {
  const prompt = page.getByRole("textbox", { name: "Prompt" });
  await prompt.fill("");
  await prompt.pressSequentially("here");
  // A hand takes longer than that from the keys to the mouse; before it, the app is taken to be typed in.
  const typedAt = await page.evaluate(() => performance.now());
  await page.waitForFunction((at) => performance.now() - at > 300, typedAt);
  const field = frame().locator("input");
  await field.click();
  await page.keyboard.type("there", { delay: 40 });
  expect([await field.inputValue(), await prompt.inputValue()]).toEqual(["there", "here"]);
  await prompt.fill("");
});

test("keys out of a frame open and focus; those that a page invents, and its focus(), do nothing", async () => {
  const before = prompts();
  await page.getByRole("textbox", { name: "Prompt" }).fill("a draft that must not be sent");
  // As hostile as a page can be: it takes the runtime's own port, and sends what it likes; and it calls focus() again and again.
  await frame()
    .locator("html")
    .evaluate((_html, at) => {
      const post = MessagePort.prototype.postMessage as (this: MessagePort, message: unknown) => void;
      const ports = new Set<MessagePort>();
      MessagePort.prototype.postMessage = function (message: unknown) {
        ports.add(this);
        post.call(this, message);
      };
      console.log("the runtime tells the host of this");
      const modifiers = { meta: true, ctrl: true, alt: false, shift: false };
      const text = {
        type: "triptych:text",
        id: "forged",
        path: "/src/App.tsx",
        was: "The end",
        text: "Forged",
      };
      const attack = setInterval(() => {
        for (const port of ports) {
          for (const key of ["k", "Enter", "K", "F", "v", "Escape"])
            post.call(port, { type: "triptych:key", key, ...modifiers });
          post.call(port, { ...text, start: at, end: at + 7 });
        }
        document.querySelector("input")?.focus();
      }, 100);
      setTimeout(() => {
        clearInterval(attack);
        document.title = "gave up";
      }, 1_500);
    }, APP.indexOf("The end"));
  await page.getByRole("textbox", { name: "Prompt" }).pressSequentially(" and typed on", { delay: 60 });
  // A key that comes in the very moment between the theft and the return is lost; the caret is not. Two come before the first theft.
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("prompt");
  expect(await page.getByRole("textbox", { name: "Prompt" }).inputValue()).toMatch(
    /^a draft that must not be sent .{6,}$/,
  );
  expect(await page.getByRole("dialog").count()).toBe(0);
  expect(prompts()).toBe(before);
  expect(await page.getByRole("article").count()).toBe(1);
  await frame().getByText("The end").waitFor();

  // Who went into a page gives its keys a meaning, invented ones too: first it must have stopped.
  const title = () =>
    frame()
      .locator("html")
      .evaluate(() => document.title);
  await expect.poll(title).toBe("gave up");
  await inFrame(() => frame().locator("input").click());
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("prompt");
  expect(prompts()).toBe(before);
  await inFrame(() => frame().locator("input").click());
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").first().waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("textbox", { name: "Prompt" }).fill("");
});

test("what a turn changes is washed over the page, outside of it; with reduced motion a mark stands still", async () => {
  await frame()
    .locator("html")
    .evaluate((html) => {
      const seen: string[] = [];
      Object.assign(globalThis, { seen });
      new MutationObserver((records) => {
        for (const { addedNodes } of records)
          for (const node of addedNodes)
            if (node.parentElement === html || node.parentElement === document.body) seen.push(node.nodeName);
      }).observe(html, { childList: true, subtree: true });
    });
  const relay = page.frames().find((each) => each.url().includes("/relay?pane=0"));
  await relay?.evaluate(() => {
    const washes: { opacity: string; width: number }[] = [];
    Object.assign(globalThis, { washes });
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes)
          if (node instanceof HTMLElement && node.dataset.kind === "wash") {
            requestAnimationFrame(() =>
              washes.push({ opacity: getComputedStyle(node).opacity, width: node.offsetWidth }),
            );
          }
    }).observe(document.body, { childList: true, subtree: true });
  });
  const washes = async () =>
    (await relay?.evaluate(() => (globalThis as never as { washes: { width: number }[] }).washes)) ?? [];
  pagesAnswer = file("/src/components/Hero.tsx", HERO);
  await send(page, "as before");
  await frame().getByRole("heading", { name: "Fresh every morning" }).waitFor();
  await expect.poll(async () => (await washes()).some(({ width }) => width > 100)).toBe(true);
  await waitUntilWritten(page, ["A"]);
  expect(
    await frame()
      .locator("html")
      .evaluate(() => (globalThis as never as { seen: string[] }).seen),
  ).toEqual([]);
  await expect.poll(() => marks("wash").count()).toBe(0);

  await page.emulateMedia({ reducedMotion: "reduce" });
  await relay?.evaluate(() => void (globalThis as never as { washes: unknown[] }).washes.splice(0));
  pagesAnswer = file("/src/components/Hero.tsx", WATCHED);
  await send(page, "warm again");
  await frame().getByRole("heading", { name: "Warm every morning" }).waitFor();
  await expect.poll(async () => (await washes()).length).toBeGreaterThan(0);
  expect((await washes()).every(({ width }) => width < 20)).toBe(true);
  expect(page.errors).toEqual([]);
});
