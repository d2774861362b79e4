import { expect, test } from "vitest";
import { createBuckets } from "../../lib/room/buckets.ts";

test("[W16] every address and every room has a bucket of its own: one that is used up is refused, others are not, and it fills again", () => {
  let time = 0;
  const take = createBuckets(10, 20, () => time);
  const taken = (key: string, times: number) =>
    Array.from({ length: times }, () => take(key)).filter(Boolean).length;
  expect(taken("one", 100)).toBe(20);
  expect(taken("other", 5)).toBe(5);
  time = 500;
  expect(taken("one", 100)).toBe(5);
  // So long that it was forgotten: as full as at first, and no fuller.
  time = 3_600_000;
  expect(taken("other", 1)).toBe(1);
  expect(taken("one", 100)).toBe(20);
});
