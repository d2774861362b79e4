/**
 * Half-written components: how many of their states can be shown, how often a candidate has to be tried, and what that costs
 * (preview.md §6; the promises are ≥ 98.5 % of prefixes, ≥ 92 % of regions, ≤ 1 ms p50). What fails is printed by kind.
 */
import { Healer } from "#lib/runtime/heal.ts";
import { percent, quantile, type Row, round } from "./figures.ts";
import {
  attributeRegionsOf,
  corpus,
  elementRegionsOf,
  type Growth,
  lineRegionsOf,
  prefixesOf,
} from "./healing/cases.ts";
import { compileFor, type Rendered, render } from "./healing/render.ts";

/** As many as the frame tries (lib/runtime/page.ts). */
const MAX_TRIES = 5;
const EXAMPLES_PER_KIND = 3;

type Outcome = {
  path: string;
  /** The last characters that were written. */
  caret: string;
  result: Rendered | { ok: false; stage: "no candidate"; message: string };
  tries: number;
  /** Reading, cutting and compiling, without running. */
  costMs: number;
  heldBackChars: number;
};

export async function bench(): Promise<{ name: string; rows: Row[] }> {
  const files = [...corpus()];
  const whole = files.map(([path, text]) => renderWhole(path, text));
  // Once for the compiler of the language, whose first runs are slow.
  for (const [path, text] of files.slice(0, 5)) heal(prefixesOf(path, text));
  const prefixes = files.flatMap(([path, text]) => heal(prefixesOf(path, text)));
  const elements = files.flatMap(([path, text]) => elementRegionsOf(path, text).flatMap(heal));
  const attributes = files.flatMap(([path, text]) => attributeRegionsOf(path, text).flatMap(heal));
  const lines = files.flatMap(([path, text]) => lineRegionsOf(path, text).flatMap(heal));
  report("prefixes", prefixes);
  report("elements", elements);
  report("attributes", attributes);
  report("single lines", lines);
  const mountable = prefixes.filter(({ result }) => result.ok && result.hasDefault).length;
  return {
    name: "healing",
    rows: [
      {
        what: "components of the corpus that render whole",
        figure: whole.filter(Boolean).length,
        unit: `of ${files.length}`,
      },
      shareRow("prefixes in the JSX phase that render", prefixes),
      {
        what: "the same, with a default export that a page can mount",
        figure: percent(mountable, prefixes.length),
        unit: "%",
      },
      shareRow("regions, elements and attributes, that render", [...elements, ...attributes]),
      shareRow("regions, elements only", elements),
      shareRow("regions, attributes only", attributes),
      shareRow("regions, single lines as a model quotes them", lines),
      ...costRows([...prefixes, ...elements, ...attributes]),
    ],
  };
}

function renderWhole(path: string, text: string): boolean {
  const compiled = compileFor(path, text);
  const result = "error" in compiled ? { ok: false as const, message: compiled.error } : render(compiled);
  if (!result.ok) console.log(`${path} does not render whole: ${result.message}`);
  return result.ok;
}

/** One draft's life: the healer reads on from cut to cut, as in the frame. */
function heal({ path, before, whole, after, cuts }: Growth): Outcome[] {
  const healer = new Healer();
  return cuts.map((cut) => healOnce(healer, path, before, whole.slice(0, cut), after));
}

function healOnce(healer: Healer, path: string, before: string, partial: string, after: string): Outcome {
  const caret = partial.slice(-30);
  const written = before + partial;
  let result: Outcome["result"] = { ok: false, stage: "no candidate", message: "" };
  let tries = 0;
  let costMs = 0;
  let startedAt = performance.now();
  for (const candidate of healer.healed(path, before, partial, after)) {
    if (++tries > MAX_TRIES) break;
    const compiled = compileFor(path, candidate);
    costMs += performance.now() - startedAt;
    const tried: Rendered =
      "error" in compiled
        ? { ok: false, stage: "does not compile", message: compiled.error }
        : render(compiled);
    startedAt = performance.now();
    if (tried.ok)
      return { path, caret, result: tried, tries, costMs, heldBackChars: heldBack(written, candidate) };
    // The first, which shows most, says what is to be mended.
    if (tries === 1) result = tried;
  }
  costMs += performance.now() - startedAt;
  return { path, caret, result, tries, costMs, heldBackChars: partial.length };
}

function heldBack(written: string, candidate: string): number {
  let same = 0;
  while (same < written.length && written[same] === candidate[same]) same++;
  return written.length - same;
}

function shareRow(what: string, outcomes: Outcome[]): Row {
  const good = outcomes.filter(({ result }) => result.ok).length;
  return { what: `${what} (of ${outcomes.length})`, figure: percent(good, outcomes.length), unit: "%" };
}

function costRows(outcomes: Outcome[]): Row[] {
  const good = outcomes.filter(({ result }) => result.ok);
  const tries = good.reduce((sum, each) => sum + each.tries, 0) / good.length;
  const costs = outcomes.map(({ costMs }) => costMs);
  const held = good.map(({ heldBackChars }) => heldBackChars);
  return [
    { what: "tries until one renders, mean", figure: round(tries, 2), unit: "tries" },
    { what: "healing and compiling, p50", figure: round(quantile(costs, 0.5), 2), unit: "ms" },
    { what: "healing and compiling, p95", figure: round(quantile(costs, 0.95), 2), unit: "ms" },
    { what: "characters held back behind the caret, p50", figure: quantile(held, 0.5), unit: "chars" },
    { what: "characters held back behind the caret, p95", figure: quantile(held, 0.95), unit: "chars" },
  ];
}

function report(what: string, outcomes: Outcome[]): void {
  const kinds = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const { result } = outcome;
    if (result.ok) continue;
    const kind = `${result.stage}: ${result.message.replace(/^Error transforming \S+ |\s*\(\d+:\d+\)/g, "")}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), outcome]);
  }
  const sorted = [...kinds].sort(([, a], [, b]) => b.length - a.length);
  for (const [kind, failed] of sorted) {
    console.log(`${what}, ${failed.length} ×  ${kind}`);
    for (const { path, caret } of spread(failed)) console.log(`    ${path} … ${JSON.stringify(caret)}`);
  }
}

function spread(failed: Outcome[]): Outcome[] {
  const step = Math.max(1, Math.floor(failed.length / EXAMPLES_PER_KIND));
  return failed.filter((_, index) => index % step === 0).slice(0, EXAMPLES_PER_KIND);
}
