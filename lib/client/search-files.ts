/** Looks for text in all files of a variant, line by line. */

import { isPicture } from "#lib/project/file-name.ts";
import type { Files } from "#lib/project/files.ts";

export type Query = { text: string; isRegex: boolean; matchesCase: boolean };
/** Lines and columns from 1. `before`, `match` and `after` are the line, cut to what is near. */
export type Match = {
  line: number;
  column: number;
  length: number;
  before: string;
  match: string;
  after: string;
};
export type FileMatches = { path: string; matches: Match[] };
export type Found =
  | { ok: true; files: FileMatches[]; count: number; isCut: boolean }
  | { ok: false; message: string };

const MOST_MATCHES = 1_000;
const NEAR_CHARS = 60;
/** A pattern that goes back and forth over long lines would stand in everybody's way. */
const LONGEST_LINE_CHARS = 5_000;
const LONGEST_MS = 250;

/** `now`: a clock, so that a slow pattern is given up. Empty matches count for nothing. */
export function searchFiles(files: Files, query: Query, now: () => number): Found {
  const pattern = patternOf(query);
  if (!pattern) return { ok: true, files: [], count: 0, isCut: false };
  if (typeof pattern === "string") return { ok: false, message: pattern };
  const endsAt = now() + LONGEST_MS;
  const found: FileMatches[] = [];
  let count = 0;
  for (const [path, text] of [...files].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (isPicture(path)) continue;
    const matches: Match[] = [];
    for (const [index, line] of text.split("\n").entries()) {
      if (line.length <= LONGEST_LINE_CHARS) matches.push(...matchesIn(line, index + 1, pattern));
      if (count + matches.length < MOST_MATCHES && now() <= endsAt) continue;
      matches.length = Math.min(matches.length, MOST_MATCHES - count);
      found.push({ path, matches });
      return { ok: true, files: found, count: count + matches.length, isCut: true };
    }
    count += matches.length;
    if (matches.length > 0) found.push({ path, matches });
  }
  return { ok: true, files: found, count, isCut: false };
}

/** A sentence when it is no pattern; null when there is nothing to look for. */
function patternOf({ text, isRegex, matchesCase }: Query): RegExp | string | null {
  if (text === "") return null;
  try {
    const source = isRegex ? text : text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    return new RegExp(source, matchesCase ? "g" : "gi");
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, "") : "";
    return `This is no regular expression (${reason}). Correct it, or switch “.*” off to look for it as text.`;
  }
}

function matchesIn(line: string, number: number, pattern: RegExp): Match[] {
  return [...line.matchAll(pattern)]
    .filter(([match]) => match !== "")
    .map(({ 0: match, index }) => ({
      line: number,
      column: index + 1,
      length: match.length,
      before: line.slice(Math.max(0, index - NEAR_CHARS), index).trimStart(),
      match: match.slice(0, NEAR_CHARS * 2),
      after: line.slice(index + match.length, index + match.length + NEAR_CHARS),
    }));
}
