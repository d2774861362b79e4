/** What previews weigh: the processes of the browser with and without them, and the heap of one frame over many edits. */
import { readFileSync } from "node:fs";
import type { Browser, Frame, Page } from "playwright-core";
import { type Row, round } from "../figures.ts";
import { type OurHost, withPage } from "./pages.ts";

declare const tried: OurHost;

const HEAP_EDITS = 500;
const EDITS_BEFORE = 50;
const KB = 1024;

export async function memoryRows(urlOf: (panes: number) => string): Promise<Row[]> {
  const without = await weighed(urlOf(0));
  const withThree = await weighed(urlOf(3));
  return [
    {
      what: "memory of three previews over the host page (proportional)",
      figure: round((withThree - without) / KB / KB),
      unit: "MB",
    },
  ];
}

/** The sum of all processes' proportional share: pages that they share count once. */
function weighed(url: string): Promise<number> {
  return withPage(url, async (page) => {
    await page.evaluate(() => tried.edits(10));
    const pids = await processesOf(page.context().browser() as Browser);
    return pids.map(proportionalBytes).reduce((sum, bytes) => sum + bytes, 0);
  });
}

async function processesOf(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
}

function proportionalBytes(pid: number): number {
  const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
  return Number(pss ?? 0) * KB;
}

export function heapRows(url: string): Promise<Row[]> {
  return withPage(url, async (page) => {
    const frame = page.frames().find((each) => each.parentFrame()?.parentFrame()) as Frame;
    await page.evaluate((count) => tried.stream(count), EDITS_BEFORE);
    const before = await heapOf(page, frame);
    await page.evaluate((count) => tried.stream(count), HEAP_EDITS);
    const grown = (await heapOf(page, frame)) - before;
    const what = `heap of a frame after ${HEAP_EDITS} edits, growth an edit`;
    return [{ what, figure: round(grown / KB / HEAP_EDITS, 2), unit: "KB" }];
  });
}

/** After a full collection. */
async function heapOf(page: Page, frame: Frame): Promise<number> {
  const session = await page.context().newCDPSession(frame);
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}
