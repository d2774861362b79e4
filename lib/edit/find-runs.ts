/**
 * Where lines stand in a text, compared in tiers from exact to forgiving (edits.md §4, tiers 1 to 4). Exact hits are found by
 * the engine's own string search, so that 20,000 lines cost a fraction of a millisecond; the rest reads line by line.
 */
import { type Line, splitLines } from "./lines.ts";
import type { Tier } from "./types.ts";

/** Whole lines, as offsets of the text. */
export type Run = { start: number; end: number; tier: Tier };

export type FindOptions = {
  /** Only at or behind this offset, which must be the beginning of a line. */
  from?: number;
  /** The most forgiving comparison to try. */
  maxTier?: 1 | 2 | 3 | 4;
  /** At most so many hits are counted. */
  limit?: number;
};

type Comparison = { tier: 2 | 3 | 4; fold(line: string): string };

export const MAX_HITS = 8;
const FORGIVING: Comparison[] = [
  { tier: 2, fold: (line) => line.trimEnd() },
  { tier: 3, fold: (line) => line.trim() },
  { tier: 4, fold: (line) => foldUnicode(line).trim() },
];

/** The hits of the first tier that has any. */
export function findRuns(text: string, wanted: readonly string[], options: FindOptions = {}): Run[] {
  const { from = 0, maxTier = 4, limit = MAX_HITS } = options;
  if (wanted.length === 0) return [];
  const exact = findExact(text, wanted, from, limit);
  if (exact.length > 0 || maxTier === 1) return exact;
  const lines = splitLines(text, from);
  for (const { tier, fold } of FORGIVING) {
    if (tier > maxTier) break;
    const hits = findFolded(lines, wanted.map(fold), fold, limit);
    if (hits.length > 0) return hits.map((at) => runAt(lines, at, wanted.length, tier));
  }
  return [];
}

function findExact(text: string, wanted: readonly string[], from: number, limit: number): Run[] {
  const usesReturns = text.includes("\r");
  const needle = wanted.join(usesReturns ? lineEndAfter(text, from) : "\n");
  const hits: Run[] = [];
  // A blank needle stands everywhere: it is left to the forgiving tiers, which count lines.
  if (needle === "") return hits;
  for (
    let at = text.indexOf(needle, from);
    at >= 0 && hits.length < limit;
    at = text.indexOf(needle, at + 1)
  ) {
    const isLineStart = at === from || isBreak(text[at - 1]);
    const behind = at + needle.length;
    const end = behind + breakLength(text, behind);
    // At the very end of a text there is no further empty line.
    const isLineEnd = end > behind || (end === text.length && wanted.at(-1) !== "");
    if (isLineStart && isLineEnd) hits.push({ start: at, end, tier: 1 });
  }
  return hits;
}

function lineEndAfter(text: string, from: number): string {
  const at = text.indexOf("\n", from);
  if (at < 0) return text.indexOf("\r", from) < 0 ? "\n" : "\r";
  return text[at - 1] === "\r" ? "\r\n" : "\n";
}

function isBreak(character: string | undefined): boolean {
  return character === "\n" || character === "\r";
}

function breakLength(text: string, at: number): number {
  if (text[at] === "\n") return 1;
  if (text[at] !== "\r") return 0;
  return text[at + 1] === "\n" ? 2 : 1;
}

function findFolded(lines: Line[], wanted: string[], fold: Comparison["fold"], limit: number): number[] {
  const folded = lines.map(({ text }) => fold(text));
  const hits: number[] = [];
  // The longest wanted line is the rarest: looking for it first keeps endless repetition linear.
  const rarest = wanted.reduce(
    (best, line, at) => (line.length > (wanted[best] ?? "").length ? at : best),
    0,
  );
  for (let at = 0; at + wanted.length <= folded.length && hits.length < limit; at++) {
    if (folded[at + rarest] !== wanted[rarest]) continue;
    if (wanted.every((line, offset) => folded[at + offset] === line)) hits.push(at);
  }
  return hits;
}

function runAt(lines: Line[], at: number, count: number, tier: Tier): Run {
  const start = lines[at]?.start ?? 0;
  return { start, end: lines[at + count - 1]?.end ?? start, tier };
}

export function foldUnicode(line: string): string {
  return line
    .replace(/[\u2018\u2019\u201a\u201b]/g, "'")
    .replace(/[\u201c-\u201f]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u00a0\u2002-\u200a\u202f\u205f\u3000]/g, " ");
}
