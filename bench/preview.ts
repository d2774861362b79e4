/**
 * A running preview against stock Sandpack and the Vite dev server, side by side in one run: how long an edit takes to the DOM
 * and to the screen, how much of a stream is painted, how long a cold start takes, and what it costs in memory (preview.md
 * §10; the promises are ≥ 8 × against stock and ≥ 6 × against Vite at p50, three panes p95 ≤ 60 ms, streams ≥ 97 % with a lag
 * p95 ≤ 35 ms, half-written ≥ 95 % and ≥ 85 %, cold ≤ 0.6 s and ≤ 1.2 s, reload ≤ 250 ms, memory ≤ 150 MB).
 */
import { percent, quantile, type Row, round } from "./figures.ts";
import { growingRows } from "./preview/fixture.ts";
import type { Stream } from "./preview/host.ts";
import { heapRows, memoryRows } from "./preview/memory.ts";
import { type OurHost, withPage } from "./preview/pages.ts";
import { type Contender, type Servers, startServers } from "./preview/servers.ts";

// Stands on the host page.
declare const tried: OurHost;

type Measured = { dom: number[]; paint: number[]; lost: number; cold: number[] };

const CONTENDERS: Contender[] = ["ours", "stock", "vite"];
const NAMES = { ours: "ours", stock: "stock Sandpack", vite: "Vite HMR" };
const EDITS = 40;
const WARM_UP_EDITS = 5;
const STREAM_EDITS = 500;
const MARKS = 250;
const COLD_RUNS = 3;
const RELOADS = 5;

export async function bench(): Promise<{ name: string; rows: Row[] }> {
  const servers = await startServers();
  try {
    // Vite optimises its packages at the first request: once, before anything is measured.
    await withPage(servers.url("vite", 3), async () => {});
    const parts = [
      () => sideBySide(servers, 1),
      () => sideBySide(servers, 3),
      () => manyFiles(servers),
      () => validStreams(servers),
      () => halfWritten(servers, 1),
      () => halfWritten(servers, 3),
      () => restarts(servers),
      () => memoryRows((panes) => servers.url("ours", panes)),
      () => heapRows(servers.url("ours", 1)),
    ];
    const rows: Row[] = [];
    for (const part of parts) rows.push(...(await part().catch(notMeasured)));
    return { name: "preview", rows };
  } finally {
    await servers.close();
  }
}

/** One part that fails must not cost the figures of the others. */
function notMeasured(error: unknown): Row[] {
  console.error("  not measured:", error);
  return [];
}

async function sideBySide(servers: Servers, panes: number): Promise<Row[]> {
  const measured = {} as Record<Contender, Measured>;
  for (const contender of CONTENDERS) measured[contender] = await measure(servers.url(contender, panes));
  const title = panes === 1 ? "one pane" : "three panes";
  return [
    ...CONTENDERS.flatMap((contender) => rowsOf(`${title}, ${NAMES[contender]}`, measured[contender])),
    ...(["stock", "vite"] as const).flatMap((other) => [
      ratioRow(`${title}, edit → DOM p50, ${NAMES[other]} ÷ ours`, measured[other].dom, measured.ours.dom),
      ratioRow(
        `${title}, edit → paint p50, ${NAMES[other]} ÷ ours`,
        measured[other].paint,
        measured.ours.paint,
      ),
      ratioRow(`${title}, cold start, ${NAMES[other]} ÷ ours`, measured[other].cold, measured.ours.cold),
    ]),
  ];
}

/** Edits in the first of a few fresh browsers; the others only start. */
async function measure(url: string): Promise<Measured> {
  const cold: number[] = [];
  const edits = await withPage(url, async (page, { openedMs }) => {
    cold.push(openedMs);
    await page.evaluate((count) => tried.edits(count), WARM_UP_EDITS);
    return page.evaluate((count) => tried.edits(count), EDITS);
  });
  for (let run = 1; run < COLD_RUNS; run++)
    await withPage(url, async (_page, { openedMs }) => {
      cold.push(openedMs);
    });
  return { ...edits, cold };
}

function rowsOf(title: string, { dom, paint, lost, cold }: Measured): Row[] {
  return [
    row(`${title}, edit → DOM p50`, quantile(dom, 0.5)),
    row(`${title}, edit → DOM p95`, quantile(dom, 0.95)),
    row(`${title}, edit → paint p50`, quantile(paint, 0.5)),
    row(`${title}, edit → paint p95`, quantile(paint, 0.95)),
    row(`${title}, page opened → painted, median of ${COLD_RUNS}`, quantile(cold, 0.5)),
    ...(lost > 0 ? [row(`${title}, edits never shown`, lost, "edits")] : []),
  ];
}

function ratioRow(what: string, others: number[], ours: number[]): Row {
  return row(what, quantile(others, 0.5) / quantile(ours, 0.5), "times");
}

async function manyFiles(servers: Servers): Promise<Row[]> {
  const [few, many] = [await measure(servers.url("ours", 1, 16)), await measure(servers.url("ours", 1, 200))];
  return [
    row("200 files, edit → DOM p50", quantile(many.dom, 0.5)),
    row("200 files, edit → DOM p95", quantile(many.dom, 0.95)),
    ratioRow("200 files ÷ 16 files, edit → DOM p50", many.dom, few.dom),
  ];
}

async function validStreams(servers: Servers): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [contender, panes] of [
    ["ours", 1],
    ["ours", 3],
    ["stock", 1],
    ["vite", 1],
  ] as const) {
    const stream = await withPage(servers.url(contender, panes), async (page) => {
      await page.evaluate((count) => tried.edits(count), WARM_UP_EDITS);
      return page.evaluate((count) => tried.stream(count), STREAM_EDITS);
    });
    rows.push(
      ...streamRows(`${STREAM_EDITS} edits 20 ms apart, ${NAMES[contender]}, ${titleOf(panes)}`, stream),
    );
  }
  return rows;
}

async function halfWritten(servers: Servers, panes: number): Promise<Row[]> {
  const title = `half-written file, ${MARKS} marks in 10 s, ${titleOf(panes)}`;
  return withPage(servers.url("ours", panes), async (page) => {
    await page.evaluate((count) => tried.edits(count), WARM_UP_EDITS);
    const text = growingRows(MARKS);
    const stream = await page.evaluate(([whole, steps]) => tried.halfWritten(whole, steps), [
      text,
      500,
    ] as const);
    const errors = await page.evaluate(() => tried.errors());
    return [...streamRows(title, stream), row(`${title}, error messages`, errors, "errors")];
  });
}

/** `seen` is of the pane that saw least. */
function streamRows(title: string, { seen, sent, lags, late, showsLast }: Stream): Row[] {
  return [
    row(`${title}, painted, least of its panes`, percent(Math.min(...seen), sent), "%"),
    row(`${title}, lag p50`, quantile(lags, 0.5)),
    row(`${title}, lag p95`, quantile(lags, 0.95)),
    row(`${title}, final state shown`, showsLast.filter(Boolean).length, `of ${showsLast.length}`),
    ...(late > 0 ? [row(`${title}, sent late by the host page itself`, late, "edits")] : []),
  ];
}

async function restarts(servers: Servers): Promise<Row[]> {
  const rows: Row[] = [];
  for (const panes of [1, 3])
    rows.push(
      ...(await withPage(servers.url("ours", panes), async (page, { readyMs }) => {
        const title = titleOf(panes);
        const reloads: number[] = [];
        const fresh: number[] = [];
        for (let run = 0; run < RELOADS; run++) reloads.push(await page.evaluate(() => tried.reload()));
        for (let run = 0; run < RELOADS; run++) fresh.push(await page.evaluate(() => tried.restart()));
        return [
          row(`${title}, last frame ready → all painted`, readyMs),
          row(`${title}, reload → painted, median of ${RELOADS}`, quantile(reloads, 0.5)),
          row(`${title}, new frame → painted, median of ${RELOADS}`, quantile(fresh, 0.5)),
        ];
      })),
    );
  return rows;
}

function titleOf(panes: number): string {
  return panes === 1 ? "one pane" : "three panes";
}

function row(what: string, figure: number, unit = "ms"): Row {
  // A run takes minutes: what is known is said.
  console.log(`  ${what}: ${round(figure)} ${unit}`);
  return { what, figure: round(figure), unit };
}
