/** Which variants' turns this process may run: held while they run, renewed every second, let go after. */
import type { VariantId } from "#lib/project/ids.ts";
import type { Storage } from "#lib/storage/types.ts";

/** A process that says nothing for so long has lost its variants: with a look every second they are taken over in ≤ 5 s. */
const LEASE_MS = 3_500;
export const RENEW_MS = 1_000;

export type Leases = {
  /** True when the variant's turns may run here now; false while another process holds it. */
  hold(variantId: VariantId): Promise<boolean>;
  /** The epoch that writes of a turn carry; null when the variant is not held. */
  epochOf(variantId: VariantId): number | null;
  /** Lets go, unless a turn has begun meanwhile. */
  release(variantId: VariantId, isIdle: () => boolean): void;
  /** Those that another process has taken are told to `onLost`. */
  renew(): Promise<void>;
  close(): Promise<void>;
};

export type LeasesOptions = {
  storage: Pick<Storage, "holdLease" | "renewLeases" | "releaseLease">;
  owner: string;
  onLost(variantId: VariantId): void;
  onError(what: string, error: unknown): void;
};

export function createLeases({ storage, owner, onLost, onError }: LeasesOptions): Leases {
  const held = new Map<VariantId, number>();
  /** What is asked about one variant happens in order: a release must not overtake the hold after it. */
  const queues = new Map<VariantId, Promise<unknown>>();

  function inOrder<Value>(variantId: VariantId, work: () => Promise<Value>): Promise<Value> {
    const before = queues.get(variantId) ?? Promise.resolve();
    const done = before.catch(() => {}).then(work);
    queues.set(variantId, done);
    const tidy = () => void (queues.get(variantId) === done && queues.delete(variantId));
    done.then(tidy, tidy);
    return done;
  }

  return {
    hold: (variantId) =>
      inOrder(variantId, async () => {
        if (held.has(variantId)) return true;
        const epoch = await storage.holdLease(variantId, owner, LEASE_MS);
        if (epoch !== null) held.set(variantId, epoch);
        return epoch !== null;
      }),
    epochOf: (variantId) => held.get(variantId) ?? null,
    release(variantId, isIdle) {
      const letGo = async () => {
        if (!isIdle() || !held.delete(variantId)) return;
        await storage.releaseLease(variantId, owner);
      };
      inOrder(variantId, letGo).catch((error: unknown) => onError("letting a variant go", error));
    },
    async renew() {
      const mine = [...held.keys()];
      if (mine.length === 0) return;
      const kept = new Set(await storage.renewLeases(owner, mine, LEASE_MS));
      for (const variantId of mine) if (!kept.has(variantId) && held.delete(variantId)) onLost(variantId);
    },
    async close() {
      const mine = [...held.keys()];
      held.clear();
      await Promise.allSettled(queues.values());
      await Promise.all(mine.map((variantId) => storage.releaseLease(variantId, owner))).catch(
        (error: unknown) => onError("letting variants go", error),
      );
    },
  };
}
