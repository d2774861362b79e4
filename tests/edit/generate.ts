/** Edits of real-style files, made from a seed: each is a change of whole lines after which the file still parses. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parses } from "./parses.ts";

export type Change = {
  path: string;
  before: string;
  after: string;
  start: number;
  old: string[];
  fresh: string[];
};

const folder = join(import.meta.dirname, "corpus");

export function corpus(): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".txt"));
  return Object.fromEntries(
    names.map((name) => [`/src/${name.slice(0, -4)}`, readFileSync(join(folder, name), "utf8")]),
  );
}

/** At most `count` changes of one file, each made on the text as it was. */
export function changesOf(path: string, before: string, count: number, seed: number): Change[] {
  const random = randomFrom(seed);
  const changes: Change[] = [];
  for (let tries = 0; tries < count * 40 && changes.length < count; tries++) {
    const change = randomChange(path, before, random);
    if (change.after !== before && parses(path, change.after)) changes.push(change);
  }
  return changes;
}

function randomChange(path: string, before: string, random: (below: number) => number): Change {
  const lines = before.split("\n").slice(0, -1);
  const start = random(lines.length);
  const old = lines.slice(start, start + 1 + random(Math.min(14, lines.length - start)));
  const fresh = MUTATIONS[random(MUTATIONS.length)]?.(old, lines, random) ?? old;
  const after = [...lines.slice(0, start), ...fresh, ...lines.slice(start + old.length), ""].join("\n");
  return { path, before, after, start, old, fresh };
}

type Mutation = (old: string[], lines: string[], random: (below: number) => number) => string[];

const MUTATIONS: Mutation[] = [
  // Other words.
  (old) => old.map((line) => line.replace(/\b(title|value|name|text|items|path|state)\b/g, "$1Two")),
  // Other numbers, one line only.
  (old) =>
    old.map((line, at) =>
      at === old.length >> 1 ? line.replace(/\d+/g, (digits) => `${Number(digits) + 1}`) : line,
    ),
  (old) => [...old, ...old],
  () => [],
  (old, _lines, random) => old.filter((_line, at) => at !== random(old.length)),
  // Lines from elsewhere in the file.
  (old, lines, random) => {
    const from = random(lines.length);
    return [...old, ...lines.slice(from, from + 1 + random(8))];
  },
  (old, lines, random) => {
    const from = random(lines.length);
    return [...lines.slice(from, from + 1 + random(8)), ...old];
  },
  (old) => [
    `${/^\s*/.exec(old[0] ?? "")?.[0]}<div>`,
    ...old.map((line) => `  ${line}`),
    `${/^\s*/.exec(old[0] ?? "")?.[0]}</div>`,
  ],
  (old) => ["  // a note, with `ticks` and {braces", ...old],
  (old) => ["  if (globalThis.debug) {", ...old, "  }"],
  (old) => [...old].reverse(),
];

/** A small generator of numbers below a bound; the same seed gives the same numbers. */
export function randomFrom(seed: number): (below: number) => number {
  let state = (seed * 2654435761 + 1) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Context on both sides makes the place the only one. */
export function withContext(
  { before, start, old, fresh }: Change,
  count: number,
): { search: string[]; replace: string[] } {
  const lines = before.split("\n").slice(0, -1);
  const head = lines.slice(Math.max(0, start - count), start);
  const tail = lines.slice(start + old.length, start + old.length + count);
  return { search: [...head, ...old, ...tail], replace: [...head, ...fresh, ...tail] };
}

/** A change in one of the formats that models write. */
export const FORMATS: Record<string, (change: Change) => string> = {
  "SEARCH/REPLACE"(change) {
    const { search, replace } = withContext(change, 3);
    return `${change.path}\n<<<<<<< SEARCH\n${lines(search)}=======\n${lines(replace)}>>>>>>> REPLACE\n`;
  },
  V4A: (change) => `*** Begin Patch\n*** Update File: ${change.path}\n@@\n${hunk(change)}*** End Patch\n`,
  "unified diff": (change) =>
    `\`\`\`diff\n--- a${change.path}\n+++ b${change.path}\n@@ -${Math.max(1, change.start - 2)} +1 @@\n${hunk(change)}\`\`\`\n`,
  XML(change) {
    const { search, replace } = withContext(change, 3);
    return `<edits path="${change.path}">\n<old_text>\n${lines(search)}</old_text>\n<new_text>\n${lines(replace)}</new_text>\n</edits>\n`;
  },
  "whole file": (change) => `${change.path}\n~~~~~\n${change.after}~~~~~\n`,
};

export function toolArguments(change: Change): string {
  const { search, replace } = withContext(change, 3);
  return JSON.stringify({ path: change.path, old_string: lines(search), new_string: lines(replace) });
}

function hunk(change: Change): string {
  const { search } = withContext(change, 3);
  const head = Math.min(3, change.start);
  const tail = search.length - head - change.old.length;
  return [
    ...search.slice(0, head).map((line) => ` ${line}`),
    ...change.old.map((line) => `-${line}`),
    ...change.fresh.map((line) => `+${line}`),
    ...search.slice(search.length - tail).map((line) => ` ${line}`),
    "",
  ].join("\n");
}

function lines(all: string[]): string {
  return all.map((line) => `${line}\n`).join("");
}
