/**
 * Is this screenshot the one that it was? Counted by small squares, not over the whole picture: another machine smooths letters in
 * another way, a few pixels everywhere; what moved changes a square wholly. tests/screen-compare.test.ts proves both.
 */
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

const SQUARE_PX = 16;
/** The share of a square's pixels that may differ after smoothed edges are left out. */
const MOST = 0.15;
/** Difference of one pixel's colour, 0 to 1, that counts as one. */
const THRESHOLD = 0.2;

export type Comparison = { isSame: boolean; words: string };

export function compareScreens(reference: Buffer, shot: Buffer): Comparison {
  const [one, other] = [PNG.sync.read(reference), PNG.sync.read(shot)];
  const { width, height } = one;
  if (width !== other.width || height !== other.height)
    return { isSame: false, words: `${width} × ${height} became ${other.width} × ${other.height}` };
  const marks = new Uint8Array(width * height * 4);
  const pixels = pixelmatch(one.data, other.data, marks, width, height, {
    threshold: THRESHOLD,
    diffMask: true,
  });
  const { share, x, y } = worstSquare(marks, width);
  const words = `${pixels} pixels differ, most at ${x}, ${y}: ${Math.round(share * 100)} % of a square`;
  return { isSame: share <= MOST, words };
}

/** `marks`: with `diffMask` only what differs is not transparent. */
function worstSquare(marks: Uint8Array, width: number) {
  const across = Math.ceil(width / SQUARE_PX);
  const counts = new Map<number, number>();
  for (let at = 3; at < marks.length; at += 4) {
    if (marks[at] === 0) continue;
    const pixel = (at - 3) / 4;
    const square = Math.floor(pixel / width / SQUARE_PX) * across + Math.floor((pixel % width) / SQUARE_PX);
    // Smoothed edges are marked yellow, differences red.
    if ((marks[at - 2] ?? 0) > 0) continue;
    counts.set(square, (counts.get(square) ?? 0) + 1);
  }
  let worst = { square: 0, count: 0 };
  for (const [square, count] of counts) if (count > worst.count) worst = { square, count };
  return {
    share: worst.count / SQUARE_PX ** 2,
    x: (worst.square % across) * SQUARE_PX,
    y: Math.floor(worst.square / across) * SQUARE_PX,
  };
}
