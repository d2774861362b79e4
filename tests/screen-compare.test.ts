/** The comparison of screenshots itself: it lets a letter's smoothing pass and stops a moved button. Drawn here, pixel by pixel. */
import { PNG } from "pngjs";
import { expect, test } from "vitest";
import { compareScreens } from "./visual/compare.ts";

type Sketch = { buttonX?: number; softness?: number; width?: number };

/** Paper, slanted strokes as letters have, and a dark button; `softness` is how a machine smooths the strokes' edges. */
function draw({ buttonX = 120, softness = 1, width = 320 }: Sketch = {}): Buffer {
  const png = new PNG({ width, height: 120 });
  for (let y = 0; y < png.height; y++)
    for (let x = 0; x < width; x++) png.data.set(pixelAt(x, y, buttonX, softness), (y * width + x) * 4);
  return PNG.sync.write(png);
}

function pixelAt(x: number, y: number, buttonX: number, softness: number): number[] {
  const isButton = x >= buttonX && x < buttonX + 80 && y >= 70 && y < 102;
  if (isButton) return [30, 28, 25, 255];
  const isText = y >= 20 && y < 34 && x >= 20 && x < 220;
  // A stroke of 1.6 px every 7 px, slanted: its edge pixels are neither ink nor paper.
  const distance = Math.abs(((x - y * 0.3) % 7) - 3.5);
  const ink = isText ? Math.min(1, Math.max(0, (0.8 + softness / 2 - distance) / softness)) : 0;
  const level = Math.round(250 - 215 * ink);
  return [level, level, level, 255];
}

test("the same screen, and one whose letters were smoothed in another way, are the same", () => {
  expect(compareScreens(draw(), draw())).toMatchObject({ isSame: true });
  const { isSame, words } = compareScreens(draw({ softness: 1 }), draw({ softness: 1.5 }));
  expect(isSame, words).toBe(true);
});

test("a button that moved by 4 pixels, or is gone, is another screen", () => {
  expect(compareScreens(draw(), draw({ buttonX: 124 })).isSame).toBe(false);
  expect(compareScreens(draw(), draw({ buttonX: 400 })).isSame).toBe(false);
});

test("another size is another screen, and the sizes are said", () => {
  expect(compareScreens(draw(), draw({ width: 300 }))).toEqual({
    isSame: false,
    words: "320 × 120 became 300 × 120",
  });
});
