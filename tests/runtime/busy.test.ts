import { expect, test } from "vitest";
import { isBusyIn } from "../../lib/runtime/busy.ts";

const window = (busy: number, idle: number) => [...Array(busy).fill(true), ...Array(idle).fill(false)];

test.each([
  ["ten seconds without a pause", window(10, 0), true],
  ["four fifths of them", window(8, 2), true],
  ["a little less", window(7, 3), false],
  ["not ten seconds yet", window(9, 0), false],
  ["idle", window(0, 10), false],
])("%s", (_name, samples, expected) => {
  expect(isBusyIn(samples)).toBe(expected);
});
