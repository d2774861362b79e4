/** Allows `perSecond` calls on average and `burst` at once; returns whether this one is allowed. */
export function createTokenBucket(perSecond: number, burst: number, now: () => number): () => boolean {
  let tokens = burst;
  let filledAt = now();
  return () => {
    const at = now();
    tokens = Math.min(burst, tokens + ((at - filledAt) * perSecond) / 1_000);
    filledAt = at;
    if (tokens < 1) return false;
    tokens--;
    return true;
  };
}
