/**
 * Where SEARCH lines stand in a file: whole lines on line boundaries, in tiers from exact to forgiving (edits.md §4). A tier
 * with one hit wins; several hits end the search unless a hint decides.
 */
import type { Near, Tier } from "./types.ts";

export type Place = {
  ok: true;
  start: number;
  end: number;
  tier: Tier;
  /** Puts a line of the replacement at the indentation of the place. */
  indent(line: string): string;
};
export type NoPlace = { ok: false; reason: "no-match" | "ambiguous" | "empty-search"; nearest: Near[] };

type Hints = { line?: number | null; after?: number };
type Comparison = { tier: Tier; fold(line: string): string };

const MAX_HITS = 8;
const TIERS: Comparison[] = [
  { tier: 1, fold: (line) => line },
  { tier: 2, fold: (line) => line.trimEnd() },
  { tier: 3, fold: (line) => line.trim() },
  { tier: 4, fold: (line) => foldUnicode(line).trim() },
];

/** `search` without line ends. `hints.line` (1-based) or `hints.after` (an offset) decide between several hits. */
export function locate(text: string, search: readonly string[], hints: Hints = {}): Place | NoPlace {
  if (!search.some((line) => line.trim() !== "")) return { ok: false, reason: "empty-search", nearest: [] };
  const lines = splitLines(text);
  for (const { wanted, tier } of variantsOf(search)) {
    for (const comparison of TIERS) {
      const hits = findRuns(lines, wanted, comparison);
      if (hits.length === 0) continue;
      const hit = choose(hits, lines, hints);
      if (hit === null)
        return { ok: false, reason: "ambiguous", nearest: hits.map((at) => nearLine(lines, at)) };
      return placeAt(lines, hit, wanted, tier ?? comparison.tier, comparison.tier >= 3);
    }
  }
  return { ok: false, reason: "no-match", nearest: nearestLines(lines, search) };
}

type Line = { text: string; start: number; end: number };

/** Lines with their offsets; `end` is behind the line end. A last empty line is no line. */
export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start < text.length) {
    const at = text.indexOf("\n", start);
    const end = at < 0 ? text.length : at + 1;
    const raw = text.slice(start, at < 0 ? end : at);
    lines.push({ text: raw.endsWith("\r") ? raw.slice(0, -1) : raw, start, end });
    start = end;
  }
  return lines;
}

/** As written; without blank edges (tier 5); without a line number before every line (tier 6). */
function variantsOf(search: readonly string[]): { wanted: string[]; tier: Tier | null }[] {
  const variants: { wanted: string[]; tier: Tier | null }[] = [{ wanted: [...search], tier: null }];
  let from = 0;
  let to = search.length;
  while (from < to && search[from]?.trim() === "") from++;
  while (to > from && search[to - 1]?.trim() === "") to--;
  if (to - from < search.length) variants.push({ wanted: search.slice(from, to), tier: 5 });
  const numbered = /^\s*\d+\s?[|:\t]\s?/;
  const filled = search.slice(from, to);
  if (filled.every((line) => numbered.test(line))) {
    variants.push({ wanted: filled.map((line) => line.replace(numbered, "")), tier: 6 });
  }
  return variants;
}

function findRuns(lines: Line[], wanted: string[], { fold }: Comparison): number[] {
  const folded = wanted.map(fold);
  const hits: number[] = [];
  for (let at = 0; at + folded.length <= lines.length && hits.length < MAX_HITS; at++) {
    if (folded.every((line, offset) => fold(lines[at + offset]?.text ?? "") === line)) hits.push(at);
  }
  return hits;
}

function choose(hits: number[], lines: Line[], { line, after }: Hints): number | null {
  if (hits.length === 1) return hits[0] ?? null;
  if (line) return [...hits].sort((a, b) => Math.abs(a + 1 - line) - Math.abs(b + 1 - line))[0] ?? null;
  const behind = after === undefined ? [] : hits.filter((at) => (lines[at]?.start ?? 0) >= after);
  return behind.length === 1 ? (behind[0] ?? null) : null;
}

function placeAt(lines: Line[], at: number, wanted: string[], tier: Tier, reindent: boolean): Place {
  const first = wanted.findIndex((line) => line.trim() !== "");
  const have = indentOf(lines[at + first]?.text ?? "");
  const want = indentOf(wanted[first] ?? "");
  const start = lines[at]?.start ?? 0;
  const end = lines[at + wanted.length - 1]?.end ?? start;
  return { ok: true, start, end, tier, indent: reindent ? reindenter(have, want) : (line) => line };
}

function reindenter(have: string, want: string): (line: string) => string {
  if (have === want) return (line) => line;
  return (line) => {
    if (line.trim() === "") return line;
    if (line.startsWith(want)) return have + line.slice(want.length);
    // Less indented than the first line: give it what the place has more.
    return have.endsWith(want) ? have.slice(0, have.length - want.length) + line : line;
  };
}

function indentOf(line: string): string {
  return /^\s*/.exec(line)?.[0] ?? "";
}

function foldUnicode(line: string): string {
  return line
    .replace(/[\u2018\u2019\u201a\u201b]/g, "'")
    .replace(/[\u201c-\u201f]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u00a0\u2002-\u200a\u202f\u205f\u3000]/g, " ");
}

function nearLine(lines: Line[], at: number): Near {
  return { line: at + 1, text: lines[at]?.text ?? "" };
}

/** The lines that share most words with the search, three at most: what a person or a repair turn needs to see. */
function nearestLines(lines: Line[], search: readonly string[]): Near[] {
  const words = new Set(search.flatMap(wordsOf));
  const scored = lines.map((line, at) => ({
    at,
    score: wordsOf(line.text).filter((word) => words.has(word)).length,
  }));
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, 3)
    .map(({ at }) => nearLine(lines, at));
}

function wordsOf(line: string): string[] {
  return line.match(/[\w-]{3,}/g) ?? [];
}
