/** SEARCH text with "..." for lines it leaves out: the segments between them are found in order (edits.md §4, tier 7). */
import { findRuns, type Run } from "./find-runs.ts";
import { splitLines } from "./lines.ts";
import { isPlaceholder } from "./placeholder.ts";

/** `gaps`: the file's lines that each elision stands for, in order. */
export type ElidedRun = Run & { gaps: string[][] };

/** Null when there is no elision; no place, or several for the first segment, is an empty list or several runs. */
export function findElided(text: string, search: readonly string[]): ElidedRun[] | null {
  const segments = segmentsOf(search);
  if (!segments) return null;
  const [first = [], ...rest] = segments.filter((segment) => segment.length > 0);
  const runs: ElidedRun[] = [];
  for (const start of findRuns(text, first)) {
    const run = follow(text, start, rest);
    if (run) runs.push(withEdges(run, segments));
  }
  return runs;
}

function segmentsOf(search: readonly string[]): string[][] | null {
  const segments: string[][] = [[]];
  for (const line of search) {
    if (isPlaceholder(line)) segments.push([]);
    else segments.at(-1)?.push(line);
  }
  return segments.length > 1 && segments.some((segment) => segment.length > 0) ? segments : null;
}

/** Each further segment at its first place behind the one before. */
function follow(text: string, start: Run, rest: string[][]): ElidedRun | null {
  const gaps: string[][] = [];
  let end = start.end;
  for (const segment of rest) {
    const [next] = findRuns(text, segment, { from: end, limit: 1 });
    if (!next) return null;
    gaps.push(splitLines(text.slice(end, next.start)).map((line) => line.text));
    end = next.end;
  }
  return { start: start.start, end, tier: 7, gaps };
}

/** An elision before the first or after the last segment stands for nothing inside the region. */
function withEdges(run: ElidedRun, segments: string[][]): ElidedRun {
  const gaps = [...run.gaps];
  if (segments[0]?.length === 0) gaps.unshift([]);
  while (gaps.length < segments.length - 1) gaps.push([]);
  return { ...run, gaps };
}
