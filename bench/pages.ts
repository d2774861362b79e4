/**
 * What a page weighs and how soon it is there, from the built product on loopback: the scripts that its HTML names, those that it has
 * loaded by itself once it is quiet, largest paint and layout shift with a processor slowed down four times.
 */
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { type App, newPage, openBrowser, preview, startApp } from "../tests/e2e/harness.ts";
import { quantile, type Row, round } from "./figures.ts";

const SLOWED = 4;
const RUNS = 3;
const QUIET_MS = 2_500;

export async function bench(): Promise<{ name: string; rows: Row[] }> {
  const [app, browser] = await Promise.all([startApp(), openBrowser()]);
  try {
    const rows: Row[] = [];
    const studio = await makeProject(app);
    const share = await makeShare(browser, studio);
    for (const [name, url] of [
      ["start", app.url],
      ["studio", studio],
      ["share", share],
    ] as const)
      rows.push(...(await weigh(browser, name, url)));
    for (const [name, url] of [
      ["start", app.url],
      ["studio", studio],
    ] as const)
      rows.push(...(await paints(browser, name, url)));
    return { name: "pages", rows };
  } finally {
    await browser.close();
    await app.dispose();
  }
}

async function makeProject(app: App): Promise<string> {
  const made = await fetch(`${app.url}/api/projects`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: app.url },
    body: JSON.stringify({ template: "event", count: 3 }),
  });
  const { projectId } = (await made.json()) as { projectId: string };
  return `${app.url}/p/${projectId}`;
}

/** A link to the version that lies there, as its owner makes it. */
async function makeShare(browser: Browser, studio: string): Promise<string> {
  const page = await newPage(browser);
  await page.goto(studio);
  await preview(page, "A").getByRole("heading", { level: 1 }).waitFor();
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("radio", { name: /to compare/ }).click();
  const box = page.getByRole("textbox", { name: "Link" });
  await page.waitForFunction(() =>
    /\/s\/[\w-]+#/.test(
      (document.querySelector("[aria-label=Link], input[readonly]") as HTMLInputElement)?.value ?? "",
    ),
  );
  const link = await box.inputValue();
  await page.context().close();
  return link;
}

async function weigh(browser: Browser, name: string, url: string): Promise<Row[]> {
  const page = await newPage(browser);
  const loaded = new Map<string, number>();
  page.on("response", async (response) => {
    // What runs in frames is not the page's.
    if (response.request().resourceType() !== "script" || response.frame() !== page.mainFrame()) return;
    loaded.set(new URL(response.url()).pathname, gzipSync(await response.body().catch(() => "")).length);
  });
  const html = (await (await page.goto(url))?.text()) ?? "";
  await untilQuiet(() => loaded.size);
  const named = new Set([...html.matchAll(/<script[^>]*\bsrc="([^"?]+)/g)].map(([, src = ""]) => src));
  const sum = (paths: Iterable<string>) =>
    round([...paths].reduce((bytes, path) => bytes + (loaded.get(path) ?? 0), 0) / 1024, 0);
  await page.context().close();
  return [
    { what: `${name}: scripts that its HTML names`, figure: sum(named), unit: "KB gzip" },
    { what: `${name}: scripts loaded once it is quiet`, figure: sum(loaded.keys()), unit: "KB gzip" },
  ];
}

async function paints(browser: Browser, name: string, url: string): Promise<Row[]> {
  const seen: { lcp: number; cls: number }[] = [];
  for (let run = 0; run < RUNS; run++) seen.push(await paint(browser, url));
  const of = (key: "lcp" | "cls") => seen.map((each) => each[key]);
  return [
    {
      what: `${name}: largest paint, ${SLOWED} × slower, median`,
      figure: round(quantile(of("lcp"), 0.5), 0),
      unit: "ms",
    },
    { what: `${name}: layout shift, worst of ${RUNS}`, figure: round(Math.max(...of("cls")), 3), unit: "" },
  ];
}

async function paint(browser: Browser, url: string): Promise<{ lcp: number; cls: number }> {
  const page = await newPage(browser);
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
  await page.addInitScript(watch);
  await page.goto(url);
  await untilQuiet(() => page.evaluate(() => performance.getEntriesByType("resource").length));
  const figures = await page.evaluate(() => (globalThis as unknown as Watched).vitals);
  await page.context().close();
  return figures;
}

/** A studio is never idle on the network: it is quiet once nothing new has come for a while. */
async function untilQuiet(count: () => number | Promise<number>): Promise<void> {
  for (let before = -1, now = await count(); now !== before; now = await count()) {
    before = now;
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
}

type Watched = { vitals: { lcp: number; cls: number } };

/** Runs in the page, before anything else. */
function watch(): void {
  if (window !== window.top) return;
  const vitals = { lcp: 0, cls: 0 };
  Object.assign(globalThis, { vitals });
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) vitals.lcp = startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
    })[])
      if (!entry.hadRecentInput) vitals.cls += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}
