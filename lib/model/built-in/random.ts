/** Seeded choice: the same words give the same page. FNV-1a feeding mulberry32. */
import { fnv1a } from "#lib/project/fnv.ts";

export type Random = { pick<Item>(items: readonly Item[]): Item; below(limit: number): number };

export function randomOf(...words: (string | number)[]): Random {
  let state = fnv1a(words.join("\u0000"));
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    below: (limit) => Math.floor(next() * limit),
    pick: (items) => items[Math.floor(next() * items.length)] as (typeof items)[number],
  };
}
