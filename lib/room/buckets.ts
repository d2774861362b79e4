import { createTokenBucket } from "./token-bucket.ts";

/** A token bucket for each key (an address, a room): made when it is first used, forgotten when it has been full for a while. */
export function createBuckets(perSecond: number, burst: number, now: () => number): (key: string) => boolean {
  const buckets = new Map<string, { take: () => boolean; usedAt: number }>();
  const fullAfterMs = (burst / perSecond) * 1_000;
  let sweptAt = now();

  function sweep(at: number): void {
    if (at - sweptAt < fullAfterMs * 10) return;
    sweptAt = at;
    for (const [key, { usedAt }] of buckets) if (at - usedAt > fullAfterMs) buckets.delete(key);
  }

  return (key) => {
    const at = now();
    sweep(at);
    const bucket = buckets.get(key) ?? { take: createTokenBucket(perSecond, burst, now), usedAt: at };
    bucket.usedAt = at;
    buckets.set(key, bucket);
    return bucket.take();
  };
}
