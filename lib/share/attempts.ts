/** Wrong keys of the last minute, by whoever shows them: each try counts before it is looked at, and a right one is given back. */
export type Attempts = {
  /** False when there were too many. */
  take(who: string): boolean;
  giveBack(who: string): void;
};

const WINDOW_MS = 60_000;
/** Addresses that are remembered; with more, the ones that came first are forgotten. */
const REMEMBERED = 10_000;

export function createAttempts(perMinute: number, now: () => number = Date.now): Attempts {
  const tries = new Map<string, { count: number; since: number }>();
  return {
    take(who) {
      const known = tries.get(who);
      const current = known && now() - known.since < WINDOW_MS ? known : { count: 0, since: now() };
      if (current.count >= perMinute) return false;
      current.count++;
      tries.delete(who);
      tries.set(who, current);
      const [oldest] = tries.keys();
      if (tries.size > REMEMBERED && oldest !== undefined) tries.delete(oldest);
      return true;
    },
    giveBack(who) {
      const known = tries.get(who);
      if (known && known.count > 0) known.count--;
    },
  };
}
