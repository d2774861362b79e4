/**
 * The elements of a source text, in the order in which their opening tags stand in it: where each begins and ends, and what its
 * children are. Read only when somebody points at an element; the hot path never comes here.
 */
import { languageOf } from "./language.ts";
import { createScanner } from "./scanner.ts";

export type SourceTag = {
  /** "" for a fragment. */
  name: string;
  start: number;
  end: number;
  /** Between the opening and the closing tag; null when it closes itself. */
  children: { start: number; end: number } | null;
};

/** What was not closed is not among them, but keeps its number: its place in the list is null. */
export function tagsOf(path: string, source: string): (SourceTag | null)[] {
  if (languageOf(path) !== "tsx") return [];
  const tags: (SourceTag | null)[] = [];
  const open: { index: number; start: number; children: number; closing: number }[] = [];
  createScanner("tsx", {
    begin: (start) => void open.push({ index: tags.push(null) - 1, start, children: -1, closing: -1 }),
    drop: () => {
      // Type parameters hold no tags: it is the last.
      if (open.pop()) tags.pop();
    },
    children: (at) => Object.assign(open.at(-1) ?? {}, { children: at }),
    closing: (at) => Object.assign(open.at(-1) ?? {}, { closing: at }),
    end: (end) => {
      const tag = open.pop();
      if (!tag) return;
      const { index, start, children, closing } = tag;
      const name = /^<([\w$.:-]*)/.exec(source.slice(start, start + 120))?.[1] ?? "";
      tags[index] = {
        name,
        start,
        end,
        children: children < 0 ? null : { start: children, end: closing },
      };
    },
  }).feed(source);
  return tags;
}
