/** `takeBack` over all files of a change: also those that it made or deleted. */
import type { Files } from "#lib/project/files.ts";
import { takeBack } from "./take-back.ts";

/** Where somebody has written since; lines count from 1, in the text as it is now. */
export type Stayed = { path: string; line: number };

/** `before` → `after` was the change; what comes back is `now` without it. */
export function takeBackFiles(before: Files, after: Files, now: Files): { files: Files; stayed: Stayed[] } {
  const files = new Map(now);
  const stayed: Stayed[] = [];
  for (const path of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [was, became, is] = [before.get(path), after.get(path), now.get(path)];
    if (was === became || is === was) continue;
    if (is === became) {
      if (was === undefined) files.delete(path);
      else files.set(path, was);
    } else if (was === undefined || became === undefined || is === undefined) stayed.push({ path, line: 1 });
    else {
      const { splices, places } = takeBack(was, became, is);
      files.set(path, spliced(is, splices));
      stayed.push(...places.map((place) => ({ path, line: lineOf(is, place) })));
    }
  }
  return { files, stayed };
}

function spliced(text: string, splices: readonly { start: number; end: number; text: string }[]): string {
  let result = "";
  let from = 0;
  for (const { start, end, text: put } of splices) {
    result += text.slice(from, start) + put;
    from = end;
  }
  return result + text.slice(from);
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
