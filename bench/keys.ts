/**
 * From a key to the painted result, in a real page with three variants: the palette, its filter, the prompt, the sheet, a variant
 * large; idle, and while three variants stream 1,000 tok/s each. Event Timing tells each key's whole delay, as INP counts it.
 */
import type { Page } from "playwright-core";
import {
  createProject,
  newPage,
  openBrowser,
  send,
  startApp,
  waitForState,
  waitUntilCreated,
} from "../tests/e2e/harness.ts";
import { startChatServer } from "../tests/fixtures/providers/chat-server.ts";
import { quantile, type Row, round } from "./figures.ts";

const TIMES = 30;
const TOKENS_PER_SECOND = 1_000;

export async function bench(): Promise<{ name: string; rows: Row[] }> {
  const provider = await startChatServer({
    script: ({ body }) =>
      JSON.stringify(body).includes("Write for long")
        ? [{ text: longPage(), rate: TOKENS_PER_SECOND, chunkChars: 8 }]
        : [{ text: "Nothing to do." }],
  });
  const app = await startApp({
    TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`,
    TRIPTYCH_FAST_MODEL: "scripted",
  });
  const browser = await openBrowser();
  try {
    const page = await newPage(browser);
    await createProject(page, app, "A page");
    await waitUntilCreated(page);
    // As text: what compiles this file puts helpers into functions that a page does not have.
    await page.evaluate(`const __name = (of) => of; (${watch.toString()})()`);
    const rows = await measure(page, "idle");
    await send(page, "Write for long");
    await waitForState(page, "A", "writing");
    return { name: "keys", rows: [...rows, ...(await measure(page, "while three stream"))] };
  } finally {
    await browser.close();
    await app.dispose();
    await provider.close();
  }
}

type Watched = { painted(selector: string): Promise<number>; delays: number[] };
declare global {
  var watched: Watched;
}

/** In the page: when the last key was pressed, and when what it brings was painted. */
function watch(): void {
  let pressedAt = 0;
  const delays: number[] = [];
  addEventListener("keydown", (event) => (pressedAt = event.timeStamp), true);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === "keydown") delays.push(entry.duration);
  }).observe({ type: "event", durationThreshold: 16, buffered: false } as PerformanceObserverInit);
  globalThis.watched = {
    delays,
    painted: (selector) =>
      new Promise((resolve) => {
        const look = () => {
          if (!document.querySelector(selector)) return requestAnimationFrame(look);
          // The task after a frame's callbacks comes when the frame was handed to the compositor.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - pressedAt);
          requestAnimationFrame(() => port2.postMessage(null));
        };
        look();
      }),
  };
}

async function measure(page: Page, when: string): Promise<Row[]> {
  const times = {
    "palette open": [] as number[],
    "palette filter, one key": [] as number[],
    "sheet of keys open": [] as number[],
    "a variant large": [] as number[],
    "focus the prompt": [] as number[],
  };
  const press = async (key: string, selector: string) => {
    const painted = page.evaluate((wanted) => globalThis.watched.painted(wanted), selector);
    await page.keyboard.press(key);
    return painted;
  };
  const delaysBefore = await page.evaluate(() => globalThis.watched.delays.length);
  for (let time = 0; time < TIMES; time++) {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    times["palette open"].push(await press("Control+k", "[cmdk-input]"));
    times["palette filter, one key"].push(await press("s", '[cmdk-input][value="s"]'));
    await page.keyboard.press("Escape");
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    times["sheet of keys open"].push(await press("?", "[role=dialog]"));
    await page.keyboard.press("Escape");
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    times["a variant large"].push(await press(String(1 + (time % 3)), 'main[data-view="focus"]'));
    await page.keyboard.press("0");
    times["focus the prompt"].push(await press("/", "#prompt:focus"));
  }
  const delays = (await page.evaluate(() => globalThis.watched.delays)).slice(delaysBefore);
  return [
    ...Object.entries(times).flatMap(([what, all]) => [
      { what: `${what}, ${when}, p50`, figure: round(quantile(all, 0.5)), unit: "ms" },
      { what: `${what}, ${when}, p95`, figure: round(quantile(all, 0.95)), unit: "ms" },
    ]),
    {
      what: `keys slower than 16 ms by Event Timing, ${when}`,
      figure: delays.length,
      unit: `of ${TIMES * 8}`,
    },
    { what: `their delay, ${when}, p98`, figure: round(quantile(delays, 0.98)), unit: "ms" },
  ];
}

/** About half a minute at the bench's rate. */
function longPage(): string {
  const lines = Array.from(
    { length: 1_500 },
    (_, line) => `      <p>Line ${line} of a page that is written for as long as keys are measured.</p>`,
  );
  return `/src/App.tsx\n\`\`\`tsx\nexport default function App() {\n  return (\n    <main>\n${lines.join("\n")}\n    </main>\n  );\n}\n\`\`\`\n`;
}
