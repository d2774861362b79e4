/**
 * A change taken back later, when nobody remembers its single steps: what it replaced is put back where its own text still
 * stands, and left alone where somebody has written since.
 */
import { type LineSplice, lineSplices } from "./line-diff.ts";

export type TakenBack = {
  /** In ascending order, offsets in `now`: apply them from last to first. */
  splices: LineSplice[];
  /** Where in `now` somebody has written over the change. */
  places: number[];
};

/** `before` → `after` was the change; `now` is the text it is taken out of. */
export function takeBack(before: string, after: string, now: string): TakenBack {
  const since = lineSplices(after, now);
  const splices: LineSplice[] = [];
  const places: number[] = [];
  let grown = 0;
  for (const { start, end, text } of lineSplices(before, after)) {
    const from = start + grown;
    const to = from + text.length;
    grown += text.length - (end - start);
    if (since.some((later) => overlaps(later, from, to))) places.push(movedTo(since, from));
    else {
      const moved = movedTo(since, from);
      splices.push({ start: moved, end: moved + text.length, text: before.slice(start, end) });
    }
  }
  return { splices, places };
}

function overlaps(later: LineSplice, from: number, to: number): boolean {
  if (later.start === later.end) return later.start > from && later.start < to;
  return later.start < to && later.end > from;
}

/** Where a place of the text before `splices` is behind them. */
function movedTo(splices: readonly LineSplice[], place: number): number {
  let moved = place;
  for (const { start, end, text } of splices) if (end <= place) moved += text.length - (end - start);
  return moved;
}
