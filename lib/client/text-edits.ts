/** One text into another, changing as little as possible: carets, and what others write meanwhile, stay where they are. */
import { lineSplices } from "#lib/document/line-diff.ts";

/** Places in the old text, in ascending order; they do not touch each other. */
export type TextEdit = { from: number; to: number; insert: string };

export function textEdits(before: string, after: string): TextEdit[] {
  return lineSplices(before, after).map(({ start, end, text }) => {
    const old = before.slice(start, end);
    const short = Math.min(old.length, text.length);
    let head = 0;
    while (head < short && old[head] === text[head]) head++;
    let tail = 0;
    while (tail < short - head && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
    return { from: start + head, to: end - tail, insert: text.slice(head, text.length - tail) };
  });
}
