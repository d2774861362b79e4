/**
 * Token received by the server → changed DOM in all three previews, at 3 × 1,000 tok/s and in a burst of 3 × 4,000, through
 * everything: a scripted provider on a real socket, the built server, Socket.IO, the page, the relay, the frames. Both clocks are
 * this machine's.
 */

import {
  createProject,
  newPage,
  openBrowser,
  preview,
  send,
  startApp,
  waitForState,
  waitUntilWritten,
} from "../tests/e2e/harness.ts";
import { startChatServer } from "../tests/fixtures/providers/chat-server.ts";

/** A mark every 20 ms at this rate. */
const TOKENS_PER_SECOND = 1_000;
const BURST_TOKENS_PER_SECOND = 4_000;
const MARK_EVERY_MS = 20;
const LETTERS = ["A", "B", "C"];
const MARKS = 250;
const MARKS_PROMPT = "Write the marks";

type Seen = Record<number, number>;

type Row = { what: string; figure: number; unit: string };

export async function bench(): Promise<{ name: string; rows: Row[] }> {
  const rows = [
    ...(await streamNewFile(TOKENS_PER_SECOND)),
    ...(await streamNewFile(BURST_TOKENS_PER_SECOND)),
    ...(await coldOpen()),
  ];
  return { name: "stream", rows };
}

/** One file that grows by a marked line every 20 tokens (80 characters), in three variants at once. */
async function streamNewFile(rate: number): Promise<Row[]> {
  const sentAt = new Map<string, Map<number, number>>();
  const provider = await startChatServer({
    script: ({ body }) =>
      JSON.stringify(body).includes(MARKS_PROMPT)
        ? [{ text: markedPage(), rate, chunkChars: 8 }]
        : [{ text: SMALL_PAGE }],
    onText: (requestId, sentChars) => {
      const times = sentAt.get(requestId) ?? new Map<number, number>();
      sentAt.set(requestId, times);
      const now = performance.timeOrigin + performance.now();
      for (let mark = times.size; markEnd(mark) <= sentChars && mark < MARKS; mark++) times.set(mark, now);
    },
  });
  const app = await startApp({
    TRIPTYCH_FAST_BASE_URL: `${provider.url}/v1`,
    TRIPTYCH_FAST_MODEL: "scripted",
  });
  const browser = await openBrowser();
  try {
    const page = await newPage(browser);
    // The loader of this file marks functions with a helper that pages do not have.
    await page.addInitScript("globalThis.__name = (value) => value");
    await page.addInitScript(watchMarks);
    await page.addInitScript(watchTasks);
    await createProject(page, app, "A small page");
    const small = LETTERS.map((letter) => preview(page, letter).getByRole("heading", { name: "Small" }));
    await Promise.all(small.map((heading) => heading.waitFor()));
    await waitUntilWritten(page, LETTERS, 60_000);
    sentAt.clear();
    await page.evaluate(() => void (globalThis as unknown as Watched).longTasks.splice(0));
    await send(page, MARKS_PROMPT);
    await waitForState(page, "A", "writing");
    await waitUntilWritten(page, LETTERS, 60_000);
    const seen: Seen[] = [];
    for (const letter of LETTERS) {
      const frame = preview(page, letter).locator("html");
      seen.push(await frame.evaluate(() => (globalThis as unknown as { marks: Seen }).marks));
    }
    const tasks = await page.evaluate(() => (globalThis as unknown as Watched).longTasks);
    return rowsOf(`3 × ${rate} tok/s`, { seen, streams: [...sentAt.values()], tasks });
  } finally {
    await browser.close();
    await app.dispose();
    await provider.close();
  }
}

type Streamed = { seen: Seen[]; streams: Map<number, number>[]; tasks: number[] };

function rowsOf(title: string, { seen, streams, tasks }: Streamed): Row[] {
  const lags = seen.flatMap((each) => lagsOf(each, streams)).sort(byNumber);
  const painted = seen.reduce((sum, each) => sum + Object.keys(each).length, 0);
  const finals = seen.filter((each) => each[MARKS - 1] !== undefined).length;
  return [
    { what: `${title}: token → changed DOM, three previews, p50`, figure: quantile(lags, 0.5), unit: "ms" },
    { what: `${title}: token → changed DOM, three previews, p95`, figure: quantile(lags, 0.95), unit: "ms" },
    {
      what: `${title}: states 20 tokens apart that were painted`,
      figure: round((100 * painted) / (MARKS * LETTERS.length)),
      unit: "%",
    },
    { what: `${title}: previews that show the final state`, figure: finals, unit: "of 3" },
    { what: `${title}: tasks of the host page above 50 ms`, figure: tasks.length, unit: "tasks" },
    {
      what: `${title}: longest task of the host page, 50 or less unseen`,
      figure: Math.max(0, ...tasks),
      unit: "ms",
    },
  ];
}

/** Opening an existing project until all three previews have painted it. */
async function coldOpen(): Promise<Row[]> {
  const app = await startApp();
  try {
    const writer = await openBrowser();
    const page = await newPage(writer);
    await createProject(page, app, "A landing page for a village bakery");
    await waitForState(page, "A", "writing");
    await waitUntilWritten(page);
    const url = page.url();
    await writer.close();
    const times: number[] = [];
    for (let run = 0; run < 5; run++) times.push(await openOnce(url));
    times.sort((a, b) => a - b);
    return [
      {
        what: "cold open → three painted previews, fresh browser, median of 5",
        figure: quantile(times, 0.5),
        unit: "ms",
      },
    ];
  } finally {
    await app.dispose();
  }
}

async function openOnce(url: string): Promise<number> {
  const browser = await openBrowser();
  try {
    const page = await newPage(browser);
    const started = performance.now();
    await page.goto(url, { waitUntil: "commit" });
    await Promise.all(LETTERS.map((letter) => preview(page, letter).locator("h1").first().waitFor()));
    return round(performance.now() - started);
  } finally {
    await browser.close();
  }
}

/** Runs in every frame: notes when a state whose newest mark is n was first in the DOM. */
function watchMarks(): void {
  const marks: Seen = {};
  (globalThis as unknown as { marks: Seen }).marks = marks;
  const note = () => {
    const text = document.getElementById("root")?.textContent ?? "";
    const mark = Number(/.*MARK-(\d{4})/s.exec(text)?.[1] ?? -1);
    if (mark >= 0) marks[mark] ??= performance.timeOrigin + performance.now();
  };
  new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true });
}

type Watched = { longTasks: number[] };

/** Runs in every frame: notes how long its tasks above 50 ms were. */
function watchTasks(): void {
  const longTasks: number[] = [];
  Object.assign(globalThis, { longTasks });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(Math.round(duration));
  }).observe({ type: "longtask" });
}

const SMALL_PAGE =
  "/src/App.tsx\n```tsx\nexport default function App() {\n  return <h1>Small</h1>;\n}\n```\n";
const HEAD = "/src/App.tsx\n```tsx\nexport default function App() {\n  return (\n    <main>\n";
const CHARS_PER_MARK = (TOKENS_PER_SECOND * 4 * MARK_EVERY_MS) / 1_000;

/** Exactly CHARS_PER_MARK characters a line, so that a mark leaves the provider every 20 ms. */
function markLine(mark: number): string {
  const open = `      <p className="text-base">MARK-${String(mark).padStart(4, "0")} `;
  return `${open}${"x".repeat(CHARS_PER_MARK - open.length - 5)}</p>\n`;
}

function markedPage(): string {
  return `${HEAD}${Array.from({ length: MARKS }, (_, mark) => markLine(mark)).join("")}    </main>\n  );\n}\n\`\`\`\n`;
}

/** Characters sent when a mark's digits are complete. */
function markEnd(mark: number): number {
  return HEAD.length + mark * CHARS_PER_MARK + markLine(mark).indexOf("MARK-") + 9;
}

/** A mark is on screen as soon as a state with it or a later one is. Each preview is matched with its own stream: the one that started nearest before it. */
function lagsOf(seen: Seen, streams: Map<number, number>[]): number[] {
  const shown = Object.entries(seen)
    .map(([mark, at]) => [Number(mark), at] as const)
    .sort((a, b) => a[0] - b[0]);
  const candidates = streams
    .map((times) => lagsAgainst(shown, times))
    .filter((lags) => lags.every((lag) => lag > -1));
  // Streams run in step; where several fit, the earliest sender gives the largest and so the honest figure.
  return (
    candidates.sort(
      (a, b) => quantile([...b].sort(byNumber), 0.5) - quantile([...a].sort(byNumber), 0.5),
    )[0] ?? []
  );
}

function lagsAgainst(shown: (readonly [number, number])[], times: Map<number, number>): number[] {
  const lags: number[] = [];
  let next = 0;
  for (const [mark, sent] of times) {
    while (next < shown.length && (shown[next]?.[0] ?? 0) < mark) next++;
    const at = shown[next]?.[1];
    if (at !== undefined) lags.push(at - sent);
  }
  return lags;
}

const byNumber = (a: number, b: number) => a - b;

function quantile(sorted: number[], share: number): number {
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
