/** What is typed in the palette → entries, best first. Each typed word must be found; nothing is guessed from scattered letters. */
import type { Entry, Section } from "./palette-entries.ts";

/** All of them in their sections while nothing is typed; one list, best first, when something is. */
export function searched(sections: readonly Section[], typed: string): readonly Section[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return sections;
  const found = sections
    .flatMap(({ entries }) => entries)
    .map((entry, order) => ({ entry, order, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || one.order - other.order);
  return found.length === 0 ? [] : [{ title: "Found", entries: found.map(({ entry }) => entry) }];
}

/** 0: one of the words is not in it. */
export function scoreOf({ title, words: also }: Pick<Entry, "title" | "words">, words: string[]): number {
  const name = title.toLowerCase();
  const others = also.join(" ").toLowerCase();
  const scores = words.map((word, at) => {
    if (name === word) return 10;
    if (at === 0 && name.startsWith(word)) return 8;
    if (beginsAWord(name, word)) return 6;
    if (beginsAWord(others, word)) return 4;
    return name.includes(word) || others.includes(word) ? 2 : 0;
  });
  return scores.includes(0) ? 0 : scores.reduce((sum: number, score) => sum + score, 0);
}

function beginsAWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? "")) return true;
  return false;
}
