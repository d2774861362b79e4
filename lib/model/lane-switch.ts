/** A lane that can be given another model while it is used: running answers end as they began, the next one uses the new model. */
import type { Limit } from "./limits.ts";
import type { Driver } from "./types.ts";

/** A turn has ended by then (limits.turnMs), and nothing speaks over the old connections any more. */
const CLOSE_AFTER_MS = 180_000;

export type LaneSwitch = {
  /** Always the same object: what it is and does is what is set now. */
  driver: Driver;
  set(next: Driver): void;
  /** What the provider said last of each limit of the model that is set now. */
  limits(): Limit[];
};

export function createLaneSwitch(first: Driver): LaneSwitch {
  let now = first;
  let meters = new Map<string, Limit>();
  const driver: Driver = {
    get name() {
      return now.name;
    },
    get builtIn() {
      return now.builtIn;
    },
    get wire() {
      return now.wire;
    },
    model(prompt, signal, note) {
      const seen = meters;
      return now.model(prompt, signal, (fact) => {
        if (fact.type === "limits") for (const limit of fact.limits) seen.set(limit.family, limit);
        note?.(fact);
      });
    },
    warm: (prefix) => now.warm(prefix),
    // An answer of the model before is not known to this one: it is stopped and sent on.
    steer: async (text, responseId) => (await now.steer?.(text, responseId)) ?? false,
    close: () => now.close(),
  };
  return {
    driver,
    set(next) {
      const before = now;
      now = next;
      meters = new Map();
      if (before !== next && !before.builtIn) setTimeout(() => void before.close(), CLOSE_AFTER_MS).unref();
    },
    limits: () => [...meters.values()],
  };
}
