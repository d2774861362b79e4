/**
 * Where SEARCH lines stand in a file: whole lines on line boundaries, in tiers from exact to forgiving (edits.md §4). A tier
 * with one hit wins; several hits end the search unless a hint decides.
 */
import { findElided } from "./elision.ts";
import { findRuns, type Run } from "./find-runs.ts";
import { lineNumberAt, splitLines } from "./lines.ts";
import { nearestLines } from "./nearest.ts";
import { indentOf, reindenter } from "./reindent.ts";
import type { Near, Tier } from "./types.ts";
import { type Undo, undosFor } from "./undo-escapes.ts";

export type Place = {
  ok: true;
  start: number;
  end: number;
  tier: Tier;
  /** What a line of the replacement becomes at this place; null: it stays as it is. */
  rewrite: ((line: string) => string[]) | null;
  /** For each elision of the search, in order: the lines it stands for. */
  gaps: string[][];
};
export type NoPlace = { ok: false; reason: "no-match" | "ambiguous" | "empty-search"; nearest: Near[] };

export type Hints = { line?: number | null; after?: number };
type Wanted = { lines: string[]; tier: Tier | null; undo: Undo | null };

/** `search` without line ends. `hints.line` (1-based) or `hints.after` (an offset) decide between several hits. */
export function locate(text: string, search: readonly string[], hints: Hints = {}): Place | NoPlace {
  if (!search.some((line) => line.trim() !== "")) return { ok: false, reason: "empty-search", nearest: [] };
  for (const wanted of variantsOf(search)) {
    const runs = findRuns(text, wanted.lines);
    if (runs.length === 0) continue;
    const run = choose(runs, text, hints);
    return run ? placeAt(text, run, wanted) : refuse(text, runs);
  }
  const elided = findElided(text, search);
  const run = elided && choose(elided, text, hints);
  if (run) return { ok: true, ...run, rewrite: null };
  if (elided && elided.length > 1) return refuse(text, elided);
  return (
    locateUndone(text, search, hints) ?? {
      ok: false,
      reason: "no-match",
      nearest: nearestLines(text, search),
    }
  );
}

/** As written; without blank edges (tier 5); without a line number before every line (tier 6). */
function* variantsOf(search: readonly string[]): Generator<Wanted> {
  yield { lines: [...search], tier: null, undo: null };
  let from = 0;
  let to = search.length;
  while (from < to && search[from]?.trim() === "") from++;
  while (to > from && search[to - 1]?.trim() === "") to--;
  const filled = search.slice(from, to);
  if (filled.length < search.length) yield { lines: filled, tier: 5, undo: null };
  const strip = lineNumberStripper(filled);
  if (strip) yield { lines: filled.flatMap(strip), tier: 6, undo: strip };
}

/** "12 | foo" → "foo", when every line begins like that; the replacement's lines may carry numbers too. */
function lineNumberStripper(lines: string[]): Undo | null {
  const numbered = /^\s*\d+\s?[|:\t]\s?/;
  if (!lines.every((line) => numbered.test(line) || line.trim() === "")) return null;
  // "7 | " is a fence of digits of one width: what stands behind it is kept to the character.
  const exact = /^\s*\d+(?: ?\| ?|: ?|\t)/;
  return (line) => [line.replace(exact, "")];
}

/** Tier 8: only when the literal text stands nowhere and the undone text does. */
function locateUndone(text: string, search: readonly string[], hints: Hints): Place | NoPlace | null {
  for (const undo of undosFor(search)) {
    const lines = search.flatMap(undo);
    const runs = findRuns(text, lines);
    if (runs.length === 0) continue;
    const run = choose(runs, text, hints);
    return run ? placeAt(text, run, { lines, tier: 8, undo }) : refuse(text, runs);
  }
  return null;
}

function choose<R extends Run>(runs: R[], text: string, { line, after }: Hints): R | null {
  if (runs.length === 1) return runs[0] ?? null;
  if (line) {
    const distance = (run: R) => Math.abs(lineNumberAt(text, run.start) - line);
    return [...runs].sort((a, b) => distance(a) - distance(b))[0] ?? null;
  }
  const behind = after === undefined ? [] : runs.filter((run) => run.start >= after);
  return behind.length === 1 ? (behind[0] ?? null) : null;
}

function refuse(text: string, runs: Run[]): NoPlace {
  const nearest = runs.map(({ start }) => ({
    line: lineNumberAt(text, start),
    text: splitLines(text.slice(start, text.indexOf("\n", start) + 1 || text.length))[0]?.text ?? "",
  }));
  return { ok: false, reason: "ambiguous", nearest };
}

function placeAt(text: string, run: Run, wanted: Wanted): Place {
  const { start, end } = run;
  const indent = run.tier >= 3 ? indentAt(text, run, wanted.lines) : null;
  const { undo } = wanted;
  const rewrite = indent || undo ? (line: string) => (undo?.(line) ?? [line]).map(indent ?? same) : null;
  return { ok: true, start, end, tier: wanted.tier ?? run.tier, rewrite, gaps: [] };
}

/** By the difference at the first line that is not blank. */
export function indentAt(
  text: string,
  { start, end }: Run,
  wanted: readonly string[],
): ((line: string) => string) | null {
  const first = wanted.findIndex((line) => line.trim() !== "");
  const found = splitLines(text.slice(start, end))[first]?.text ?? "";
  return reindenter(indentOf(found), indentOf(wanted[first] ?? ""));
}

function same(line: string): string {
  return line;
}
