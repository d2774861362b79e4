import { expect, test } from "vitest";
import { isBusyIn } from "../../lib/runtime/busy.ts";

const window = (busy: number, idle: number) => [...Array(busy).fill(true), ...Array(idle).fill(false)];

test.each([
  ["ten seconds without a pause", window(40, 0), true],
  ["four fifths of them", window(32, 8), true],
  ["a little less", window(31, 9), false],
  ["not ten seconds yet", window(39, 0), false],
  ["idle", window(0, 40), false],
])("%s", (_name, samples, expected) => {
  expect(isBusyIn(samples)).toBe(expected);
});
