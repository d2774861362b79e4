/**
 * One of three pages hangs, floods or eats memory: when the relay notices, when the pane is painted again, and the worst
 * answer of the host page and of the neighbours meanwhile. The guard does not see code made from text, so that the watchdog works.
 */
import type { CDPSession, Page } from "playwright-core";
import {
  type App,
  createProject,
  newPage,
  openBrowser,
  preview,
  startApp,
  variant,
  waitForState,
  waitUntilWritten,
} from "../tests/e2e/harness.ts";
import { isOfPlaywright } from "../tests/e2e/of-playwright.ts";
import { startChatServer } from "../tests/fixtures/providers/chat-server.ts";

type Row = { what: string; figure: number; unit: string };
type State = { state: string; at: number };

const LETTERS = ["A", "B", "C"];
/** More in one turn would stop the frame. */
const RUNS = 3;
/** The heap of one page here, so that a page that eats memory meets its end before the machine does. */
const HEAP_FLAG = "--js-flags=--max-old-space-size=512";
const TICK_MS = 10;
/** A page that has just started has 5 s to answer (FIRST_MISSES in frame-life.ts), for three of them compile at once then. */
const SETTLED_MS = 2_000;

const HANG = "for (;;) {}";
const ALLOCATE = "const kept = []; for (;;) kept.push(new Array(100_000).fill(kept.length));";
/** By every way out there is: the windows around, the ports of the runtime (taken from its own calls), the console. */
const FLOOD = `const ports = new Set();
const post = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (...given) { ports.add(this); return post.apply(this, given); };
setTimeout(() => {
  for (let n = 0; n < 250_000; n++) {
    parent.postMessage({ triptych: "no", n }, "*");
    top.postMessage({ type: "no", n }, "*");
    for (const port of ports) post.call(port, { type: "triptych:painted", seq: n, at: n });
    console.log("flood", n);
  }
}, 600);`;

const PAGE = `export default function App() {
  return (
    <main>
      <h1>It runs</h1>
      {${JSON.stringify([HANG, ALLOCATE, FLOOD])}.map((code, index) => (
        <button type="button" key={index} onClick={() => new Function(code)()}>{"Do " + index}</button>
      ))}
    </main>
  );
}
`;

export async function bench(): Promise<{ name: string; rows: Row[] }> {
  for (const event of ["uncaughtException", "unhandledRejection"])
    process.on(event, (error: Error) => {
      if (!isOfPlaywright(error)) throw error;
    });
  const provider = await startChatServer({
    script: () => [{ text: `/src/App.tsx\n\`\`\`tsx\n${PAGE}\`\`\`\n` }],
  });
  const app = await startApp({
    TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`,
    TRIPTYCH_FAST_MODEL: "scripted",
  });
  try {
    return {
      name: "isolation",
      rows: [...(await hangs(app)), ...(await flood(app)), ...(await memory(app))],
    };
  } finally {
    await app.dispose();
    await provider.close();
  }
}

async function hangs(app: App): Promise<Row[]> {
  const { page, close } = await openThree(app);
  const noticed: number[] = [];
  const painted: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    await page.waitForTimeout(SETTLED_MS);
    const at = await press(page, 0);
    const hung = await nextState(page, "hung", at);
    const idle = await nextState(page, "idle", hung);
    noticed.push(hung - at);
    painted.push(idle - hung);
    await page.getByRole("textbox", { name: "Prompt" }).press("a");
  }
  const rows = [
    row("a page hangs → noticed, median of 3", median(noticed), "ms"),
    row("noticed → painted again, median of 3", median(painted), "ms"),
    row("noticed → painted again, worst of 3", Math.max(...painted), "ms"),
    ...(await worst(page, "while one page hangs")),
  ];
  await close();
  return rows;
}

async function flood(app: App): Promise<Row[]> {
  const { page, close } = await openThree(app);
  await press(page, 2);
  const prompt = page.getByRole("textbox", { name: "Prompt" });
  for (let key = 0; key < 40; key++) {
    await prompt.press("a");
    await page.waitForTimeout(100);
  }
  const rows = await worst(page, "while one page sends 1,000,000 messages");
  await close();
  return rows;
}

/** A page that dies counts for Playwright as the death of the whole page: the host is asked over the protocol itself. */
async function memory(app: App): Promise<Row[]> {
  const { page, session, close } = await openThree(app);
  const at = await press(page, 1);
  const hung = await stateAfter(session, "hung", at);
  const idle = await stateAfter(session, "idle", hung);
  const host = await evaluate<number>(session, "ticks.worst");
  await close();
  return [
    row("a page eats its memory → noticed", hung - at, "ms"),
    row("a page eats its memory → painted again", idle - at, "ms"),
    row("while one page eats its memory: worst answer of the host page", host, "ms"),
  ];
}

async function openThree(app: App): Promise<{ page: Page; session: CDPSession; close(): Promise<void> }> {
  const browser = await openBrowser([HEAP_FLAG]);
  const page = await newPage(browser);
  await page.addInitScript("globalThis.__name = (value) => value");
  await createProject(page, app, "A page");
  for (const letter of LETTERS) await preview(page, letter).getByText("It runs").waitFor();
  await waitUntilWritten(page);
  await page.evaluate(watchTicks, TICK_MS);
  for (const letter of ["B", "C"])
    await preview(page, letter).locator("html").evaluate(watchTicksIn, TICK_MS);
  await variant(page, "A").evaluate(watchState);
  const session = await page.context().newCDPSession(page);
  await page.waitForTimeout(SETTLED_MS);
  return { page, session, close: () => browser.close() };
}

/** Presses a button from inside, because an answer to a click never comes; returns when. */
async function press(page: Page, index: number): Promise<number> {
  await waitForState(page, "A", "idle");
  const button = preview(page, "A").getByRole("button", { name: `Do ${index}` });
  await button.evaluate((element) => void setTimeout(() => (element as HTMLElement).click(), 50));
  return performance.timeOrigin + performance.now() + 50;
}

async function nextState(page: Page, state: string, after: number): Promise<number> {
  const handle = await page.waitForFunction(
    ([wanted, since]) =>
      (globalThis as unknown as { states: State[] }).states.find(
        (each) => each.state === wanted && each.at >= (since as number),
      )?.at,
    [state, after],
  );
  return (await handle.jsonValue()) as number;
}

async function stateAfter(session: CDPSession, state: string, after: number): Promise<number> {
  const expression = `states.find((each) => each.state === ${JSON.stringify(state)} && each.at >= ${after})?.at ?? 0`;
  for (;;) {
    const at = await evaluate<number>(session, expression);
    if (at > 0) return at;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function evaluate<Value>(session: CDPSession, expression: string): Promise<Value> {
  const { result } = await session.send("Runtime.evaluate", { expression, returnByValue: true });
  return result.value as Value;
}

async function worst(page: Page, when: string): Promise<Row[]> {
  const host = await page.evaluate(
    () => (globalThis as unknown as { ticks: { worst: number; key: number } }).ticks,
  );
  const siblings: number[] = [];
  for (const letter of ["B", "C"]) {
    const frame = preview(page, letter).locator("html");
    siblings.push(
      await frame.evaluate(() => (globalThis as unknown as { ticks: { worst: number } }).ticks.worst),
    );
  }
  return [
    row(`${when}: longest gap of the host page`, host.worst, "ms"),
    row(`${when}: slowest key of the host page, to its next paint`, host.key, "ms"),
    row(`${when}: longest gap of its neighbours`, Math.max(...siblings), "ms"),
  ];
}

/** In a page: how late a timer comes at worst, and how long a key takes to its next paint. */
function watchTicks(tickMs: number): void {
  const ticks = { worst: 0, key: 0 };
  (globalThis as unknown as { ticks: typeof ticks }).ticks = ticks;
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    ticks.worst = Math.max(ticks.worst, now - last - tickMs);
    last = now;
  }, tickMs);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) ticks.key = Math.max(ticks.key, duration);
  }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
}

function watchTicksIn(_element: Element, tickMs: number): void {
  const ticks = { worst: 0 };
  (globalThis as unknown as { ticks: typeof ticks }).ticks = ticks;
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    ticks.worst = Math.max(ticks.worst, now - last - tickMs);
    last = now;
  }, tickMs);
}

function watchState(article: Element): void {
  const states: State[] = [];
  (globalThis as unknown as { states: State[] }).states = states;
  const note = () => {
    states.push({
      state: article.getAttribute("data-state") ?? "",
      at: performance.timeOrigin + performance.now(),
    });
  };
  new MutationObserver(note).observe(article, { attributes: true, attributeFilter: ["data-state"] });
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function row(what: string, figure: number, unit: string): Row {
  return { what, figure: Math.round(figure), unit };
}
