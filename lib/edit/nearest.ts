/** The real lines that a failed search was closest to: what a person or a repair turn needs to see. */
import { splitLines } from "./lines.ts";
import type { Near } from "./types.ts";

/** The lines that share most words with the search, three at most. */
export function nearestLines(text: string, search: readonly string[]): Near[] {
  const words = new Set(search.flatMap(wordsOf));
  if (words.size === 0) return [];
  const scored = splitLines(text).map((line, at) => ({
    at,
    text: line.text,
    score: scoreOf(line.text, words),
  }));
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, 3)
    .map(({ at, text }) => ({ line: at + 1, text }));
}

function scoreOf(line: string, words: ReadonlySet<string>): number {
  return wordsOf(line).filter((word) => words.has(word)).length;
}

function wordsOf(line: string): string[] {
  return line.match(/[\w-]{3,}/g) ?? [];
}
