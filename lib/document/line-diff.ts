/**
 * Turns one text into another by replacing runs of whole lines, so that equal lines keep their identity in the document:
 * cursors stay, and a rewrite costs its difference (edits.md §5: lines instead of characters, 332 structs against 7,301).
 */
export type LineSplice = { start: number; end: number; text: string };

/** Beyond this many differing lines on a side the middle is replaced as one run; keeps the work linear. */
const MAX_MIDDLE_LINES = 4_000;
const MAX_EDIT_DISTANCE = 400;

/** Splices in ascending order; offsets are in `before` (apply them from last to first). */
export function lineSplices(before: string, after: string): LineSplice[] {
  if (before === after) return [];
  const old = splitLines(before);
  const fresh = splitLines(after);
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head++;
  let tail = 0;
  const room = Math.min(old.length, fresh.length) - head;
  while (tail < room && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail++;
  const oldMiddle = old.slice(head, old.length - tail);
  const freshMiddle = fresh.slice(head, fresh.length - tail);
  return toSplices(matchLines(oldMiddle, freshMiddle), oldMiddle, freshMiddle, lengthOf(old, 0, head));
}

function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function lengthOf(lines: string[], from: number, to: number): number {
  let length = 0;
  for (let index = from; index < to; index++) length += lines[index]?.length ?? 0;
  return length;
}

type Match = [oldIndex: number, freshIndex: number];

/** Longest common subsequence of lines by Myers' greedy algorithm ("An O(ND) Difference Algorithm", 1986), capped. */
function matchLines(old: string[], fresh: string[]): Match[] {
  if (old.length === 0 || fresh.length === 0) return [];
  if (old.length + fresh.length > MAX_MIDDLE_LINES) return [];
  const trace = findPath(old, fresh);
  return trace === null ? [] : walkBack(trace, old.length, fresh.length);
}

/** The furthest-reaching x per diagonal, one map per edit distance; null when the texts differ in too many lines. */
function findPath(old: string[], fresh: string[]): Int32Array[] | null {
  const limit = Math.min(MAX_EDIT_DISTANCE, old.length + fresh.length);
  const middle = limit + 1;
  const reach = new Int32Array(2 * limit + 3);
  const trace: Int32Array[] = [];
  for (let distance = 0; distance <= limit; distance++) {
    trace.push(reach.slice());
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      let x = startOf(reach, middle, diagonal, distance);
      while (x < old.length && x - diagonal < fresh.length && old[x] === fresh[x - diagonal]) x++;
      reach[middle + diagonal] = x;
      if (x >= old.length && x - diagonal >= fresh.length) return trace;
    }
  }
  return null;
}

function startOf(reach: Int32Array, middle: number, diagonal: number, distance: number): number {
  const below = reach[middle + diagonal - 1] ?? 0;
  const above = reach[middle + diagonal + 1] ?? 0;
  const down = diagonal === -distance || (diagonal !== distance && below < above);
  return down ? above : below + 1;
}

function walkBack(trace: Int32Array[], oldLength: number, freshLength: number): Match[] {
  const matches: Match[] = [];
  let x = oldLength;
  let y = freshLength;
  for (let distance = trace.length - 1; distance >= 0; distance--) {
    const reach = trace[distance] as Int32Array;
    const middle = (reach.length - 1) / 2;
    const diagonal = x - y;
    const begin = distance === 0 ? 0 : startOf(reach, middle, diagonal, distance);
    while (x > begin && y > begin - diagonal) matches.push([--x, --y]);
    if (distance === 0) break;
    const below = reach[middle + diagonal - 1] ?? 0;
    const above = reach[middle + diagonal + 1] ?? 0;
    const down = diagonal === -distance || (diagonal !== distance && below < above);
    if (down) y--;
    else x--;
  }
  return matches.reverse();
}

function toSplices(matches: Match[], old: string[], fresh: string[], offset: number): LineSplice[] {
  const splices: LineSplice[] = [];
  let oldAt = 0;
  let freshAt = 0;
  let position = offset;
  for (const [oldIndex, freshIndex] of [...matches, [old.length, fresh.length] as Match]) {
    const removed = lengthOf(old, oldAt, oldIndex);
    const text = fresh.slice(freshAt, freshIndex).join("");
    if (removed > 0 || text !== "") splices.push({ start: position, end: position + removed, text });
    position += removed + (old[oldIndex]?.length ?? 0);
    oldAt = oldIndex + 1;
    freshAt = freshIndex + 1;
  }
  return splices;
}
