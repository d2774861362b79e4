/**
 * One page that never ends, floods, or eats its memory must not stop anyone: the app and its neighbours answer, and the pane
 * goes on or comes back by itself. On every kind of address, because the browser gives out processes by origin. Loops that the
 * guard must not see are made from text.
 */
import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type App,
  closeBrowser,
  createProject,
  newPage,
  noteStates,
  openBrowser,
  preview,
  send,
  startApp,
  stateOf,
  variant,
  waitForState,
  waitUntilWritten,
} from "../e2e/harness.ts";
import { type ChatServer, startChatServer } from "../fixtures/providers/chat-server.ts";

/** The nightly run also hangs pages in other places, and until they are stopped. */
const isNightly = process.env.TRIPTYCH_ADDRESSES === "all";
/** All three kinds in the nightly run; tests/e2e/addresses.test.ts has a hang on each of them always. */
const ADDRESSES = isNightly ? ["127.0.0.1", "localhost", "app.example.test"] : ["127.0.0.1"];
const FLAGS = ["--host-resolver-rules=MAP *.example.test 127.0.0.1"];
/** Small, so that the page meets its end before the machine does. */
const HEAP_FLAG = "--js-flags=--max-old-space-size=256";

const HANG = "for (;;) {}";
const ALLOCATE = "const kept = []; for (;;) kept.push(new Array(100_000).fill(kept.length));";
/** To the windows around, by the runtime's own ports (taken from its next calls), and to the console. */
const FLOOD = `const ports = new Set();
const post = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (...given) { ports.add(this); return post.apply(this, given); };
setTimeout(() => {
  for (let n = 0; n < 250000; n++) {
    parent.postMessage({ triptych: "no", n }, "*");
    top.postMessage({ type: "no", n }, "*");
    for (const port of ports) post.call(port, { type: "triptych:painted", seq: n, at: n });
    if (n % 100 === 0) console.log("flood", n);
  }
}, 700);`;
/** What the relay and the app say to each other, said by the page: to every window there is, and by the runtime's ports. */
const FORGE = `const ports = new Set();
const post = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (...given) { ports.add(this); return post.apply(this, given); };
const loop = {}; loop.loop = [loop];
const forged = [null, 0, "triptych:stopped", [], loop, new Map([[loop, 1]]), new Uint8Array(9), { type: loop }, { type: "__proto__" },
  { type: "constructor" }, { type: "action", message: {} }, { type: "urlchange", url: 7 }, { type: "triptych:applied", seq: NaN },
  { type: "triptych:console", lines: [null, { level: "log" }] }, { type: "triptych:error", error: { title: 1 } },
  { type: "triptych:born", why: "hung" }, { type: "triptych:stopped", why: "keeps hanging" }, { type: "triptych:relay" },
  { type: "triptych:restart" }, { type: "triptych:host" }, { type: "triptych:turn" }, { type: "register-frame", id: 1 }];
setTimeout(() => {
  for (const value of forged) {
    for (const window of [parent, top, ...Array.from({ length: top.length }, (_, index) => top[index])]) {
      window.postMessage(value, "*");
      for (let index = 0; index < window.length; index++) window[index].postMessage(value, "*");
    }
    for (const port of ports) post.call(port, value);
  }
  const { port1 } = new MessageChannel();
  top.postMessage({ type: "triptych:lane" }, "*", [port1]);
  document.title = "forged";
}, 700);`;

/** Leaves hardly anything of any frame to others, and answers all the same. */
const TOIL = `setInterval(() => { const end = performance.now() + 45; while (performance.now() < end); }, 46);`;

const CODE = `import { useEffect, useState } from "react";

const CODES: Record<string, string> = ${JSON.stringify({ Hang: HANG, Allocate: ALLOCATE, Flood: FLOOD, Forge: FORGE, Toil: TOIL })};

function Part({ kind }: { kind: string }) {
  if (kind === "render") new Function(CODES.Hang)();
  useEffect(() => {
    if (kind === "effect") new Function(CODES.Hang)();
  }, [kind]);
  return null;
}

function loop() {
  let rounds = 0;
  while (true) rounds++;
}

export default function App() {
  const [count, setCount] = useState(0);
  const [kind, setKind] = useState("");
  return (
    <main>
      <h1>It runs</h1>
      <button type="button" onClick={() => setCount(count + 1)}>Count {count}</button>
      {Object.keys(CODES).map((name) => (
        <button type="button" key={name} onClick={() => new Function(CODES[name])()}>{name}</button>
      ))}
      <button type="button" onClick={() => setKind("render")}>Hang in render</button>
      <button type="button" onClick={() => setKind("effect")}>Hang in effect</button>
      <button type="button" onClick={loop}>Loop</button>
      <Part kind={kind} />
    </main>
  );
}
`;
const LOOP_LINE = CODE.split("\n").findIndex((line) => line.includes("while (true)")) + 1;
const HANGING_CODE = `new Function("for (;;) {}")();\n\nexport default function App() {\n  return <h1>Never</h1>;\n}\n`;

let provider: ChatServer;
let app: App;
let browser: Browser;
let page: Page;
/** What the model writes. */
let answer = CODE;
/** A frame of the page died, which Playwright takes for the page. */
let hasCrashed = false;

beforeAll(async () => {
  provider = await startChatServer({
    script: () => [{ text: `/src/App.tsx\n\`\`\`tsx\n${answer}\`\`\`\n` }],
  });
  app = await startApp({
    TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`,
    TRIPTYCH_FAST_MODEL: "scripted",
    HOST_NAMES: "app.example.test",
  });
});
afterAll(async () => {
  await app?.dispose();
  await provider?.close();
});

describe.each(ADDRESSES)("on %s", (address) => {
  beforeAll(async () => {
    browser = await openBrowser([HEAP_FLAG, ...FLAGS]);
  });
  beforeEach(async () => {
    answer = CODE;
    hasCrashed = false;
    page = await openThree(address);
    page.once("crash", () => {
      hasCrashed = true;
    });
  });
  // A context whose frame died does not close; the browser does.
  afterEach(() => (hasCrashed ? undefined : page.context().close()));
  afterAll(() => closeBrowser(browser));

  test.each(isNightly ? ["Hang", "Hang in render", "Hang in effect"] : ["Hang"])(
    "%s: the pane comes back, nobody else notices",
    async (name) => {
      const wasOnceA = await noteStates(page, "A");
      await pressFromInside("A", name);
      await othersAnswer(name);
      await wasOnceA("hung");
      await waitForState(page, "A", "idle");
      await preview(page, "A").getByRole("button", { name: "Count 0" }).waitFor();
      await othersAnswer(`${name} again`);
      for (const letter of ["B", "C"]) expect(await stateOf(page, letter)).toBe("idle");
    },
  );

  test("a million messages by every way: the app and the others answer, the pane goes on or comes back", async () => {
    await pressFromInside("A", "Flood");
    for (let round = 0; round < 5; round++) await othersAnswer(`flood ${round}`);
    await expect.poll(() => countUp("A").catch(() => 0), { timeout: 60_000 }).toBeGreaterThan(0);
    await othersAnswer("after the flood");
    for (const letter of ["B", "C"]) expect(await stateOf(page, letter)).toBe("idle");
  });

  test("forged messages change nothing, neither here nor in the other panes", async () => {
    await waitForState(page, "A", "idle");
    const relays = page.frames().filter((frame) => frame.url().includes("/relay"));
    await pressFromInside("A", "Forge");
    const html = preview(page, "A").locator("html");
    await expect.poll(() => html.evaluate(() => document.title), { timeout: 20_000 }).toBe("forged");
    await othersAnswer("forged");
    expect(await countUp("A")).toBe(1);
    for (const letter of ["A", "B", "C"]) expect(await stateOf(page, letter)).toBe("idle");
    expect(relays.filter((relay) => relay.isDetached())).toEqual([]);
  });

  test("a loop of the project is ended in its page: an error with its line, and everything goes on", async () => {
    await pressFromInside("A", "Loop");
    await variant(page, "A")
      .getByText(/kept the page busy/)
      .waitFor();
    await variant(page, "A")
      .getByText(new RegExp(`App\\.tsx.*${LOOP_LINE}`))
      .first()
      .waitFor();
    expect(await countUp("A")).toBe(1);
    expect(await stateOf(page, "A")).toBe("error");
  });

  test.runIf(isNightly)(
    "a page that hangs whenever it runs is stopped after three restarts; the next turn starts anew",
    async () => {
      answer = HANGING_CODE;
      await send(page, "Hang");
      for (const letter of ["A", "B", "C"])
        await variant(page, letter)
          .getByText(/is stopped now/)
          .waitFor({ timeout: 60_000 });
      // By hand, too: the first line is what hangs.
      await variant(page, "A").getByRole("button", { name: "Code" }).click();
      await page.getByRole("textbox", { name: "Code" }).click();
      await page.keyboard.press("Control+Home");
      await page.keyboard.type("//");
      await preview(page, "A").getByRole("heading", { name: "Never" }).waitFor();
      await waitForState(page, "A", "idle");
      answer = CODE;
      await send(page, "Mend it");
      for (const letter of ["A", "B", "C"]) {
        await preview(page, letter).getByRole("button", { name: "Count 0" }).waitFor();
        await waitForState(page, letter, "idle");
      }
    },
  );

  test.runIf(isNightly)("a page that is busy for ten seconds can be paused, and runs again", async () => {
    await pressFromInside("A", "Toil");
    await variant(page, "A").getByRole("button", { name: "Pause" }).click({ timeout: 60_000 });
    await variant(page, "A").getByText("A is paused.").waitFor();
    await othersAnswer("paused");
    expect(await stateOf(page, "A")).toBe("idle");
    await variant(page, "A").getByRole("button", { name: "Run again" }).click();
    await preview(page, "A").getByRole("button", { name: "Count 0" }).waitFor();
  });

  /** The last one. What counts as dead for Playwright is asked over the protocol itself. */
  test("a page that eats its memory dies alone and comes back", async () => {
    const session = await page.context().newCDPSession(page);
    await page.getByRole("textbox", { name: "Prompt" }).fill("");
    await page.evaluate(watchStates);
    await pressFromInside("A", "Allocate");
    const states = () => ask<string[]>(session, "[...statesOfA]");
    await expect.poll(states, { timeout: 60_000 }).toContain("hung");
    await session.send("Input.insertText", { text: "The app answers" });
    await expect.poll(() => ask<string>(session, "document.activeElement.value")).toBe("The app answers");
    await expect.poll(async () => (await states()).at(-1), { timeout: 30_000 }).toBe("idle");
    expect(await ask<number>(session, "document.querySelectorAll('article[data-state=idle]').length")).toBe(
      3,
    );
  });
});

async function openThree(address: string): Promise<Page> {
  const opened = await newPage(browser);
  await createProject(opened, { ...app, url: app.url.replace("127.0.0.1", address) }, "A page");
  for (const letter of ["A", "B", "C"])
    await preview(opened, letter).getByRole("heading", { name: "It runs" }).waitFor();
  await waitUntilWritten(opened);
  return opened;
}

/** The click is sent from inside: an answer to it may never come. */
async function pressFromInside(letter: string, name: string): Promise<void> {
  const button = preview(page, letter).getByRole("button", { name, exact: true });
  await button.evaluate((element) => void setTimeout(() => (element as HTMLElement).click()));
}

/** The prompt takes text, and the neighbours count on from where they were: one that was made anew would begin at 0. */
async function othersAnswer(text: string): Promise<void> {
  const prompt = page.getByRole("textbox", { name: "Prompt" });
  await prompt.fill(text);
  expect(await prompt.inputValue()).toBe(text);
  const [first, second] = [await countUp("B"), await countUp("C")];
  expect(second).toBe(first);
}

/** Pressed from inside, so that the caret stays where it is. Returns what the page has counted to. */
async function countUp(letter: string): Promise<number> {
  const button = preview(page, letter).getByRole("button", { name: /^Count/ });
  const count = Number((await button.innerText()).replace(/\D/g, "")) + 1;
  await button.evaluate((element) => (element as HTMLElement).click());
  await preview(page, letter)
    .getByRole("button", { name: `Count ${count}`, exact: true })
    .waitFor();
  return count;
}

function watchStates(): void {
  const states: string[] = [];
  (globalThis as unknown as { statesOfA: string[] }).statesOfA = states;
  const article = document.querySelector('article[aria-label="Variant A"]');
  if (!article) throw new Error("there is no variant A");
  new MutationObserver(() => states.push(article.getAttribute("data-state") ?? "")).observe(article, {
    attributes: true,
    attributeFilter: ["data-state"],
  });
}

async function ask<Value>(session: CDPSession, expression: string): Promise<Value> {
  const { result } = await session.send("Runtime.evaluate", { expression, returnByValue: true });
  return result.value as Value;
}
