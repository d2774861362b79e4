/**
 * A person's edits on their way to the server: the first after quiet goes at once, what is typed within the window after it is one
 * update, and it counts as pending until the server says it is stored. After a reconnect all that was not acknowledged is sent again,
 * whatever the server's state vector says: deletions are not in a vector, and what the server has seen it may not have stored. Sent
 * twice, an edit changes nothing.
 * The keeper holds every edit until then, for a page that does not live to see it.
 */
import * as Y from "yjs";
import type { VariantId } from "#lib/project/ids.ts";
import type { Keeper } from "./keeper.ts";

const WINDOW_MS = 16;

export type Outbox = {
  add(variantId: VariantId, bytes: Uint8Array): void;
  /** The connection is new: answers to what was under way will not come. */
  reset(): void;
  /** Sends again what was not acknowledged. */
  resend(variantId: VariantId): void;
  pending(): number;
};

export type SendUpdate = (variantId: VariantId, bytes: Uint8Array) => Promise<boolean>;
type Part = { bytes: Uint8Array; key: Promise<number | null> };

export function createOutbox(
  send: SendUpdate,
  onChange: (pending: number, savedMs: number | null) => void,
  keeper: Keeper,
  soon: (flush: () => void) => void = soonAfterQuiet(),
): Outbox {
  let waiting = new Map<VariantId, Part[]>();
  /** All that was not acknowledged, in order. */
  const kept = new Map<VariantId, Part[]>();
  let isDue = false;
  let pending = 0;
  let generation = 0;

  async function post(variantId: VariantId, parts: Part[]): Promise<void> {
    const mine = generation;
    const startedAt = performance.now();
    const bytes = parts.map((part) => part.bytes);
    const stored = await send(
      variantId,
      bytes.length === 1 ? (bytes[0] as Uint8Array) : Y.mergeUpdates(bytes),
    );
    if (mine !== generation || !stored) return;
    pending -= parts.length;
    onChange(pending, Math.round(performance.now() - startedAt));
    // These and no others: what was sent before them may have been refused.
    forget(variantId, parts);
  }

  function forget(variantId: VariantId, parts: Part[]): void {
    const left = (kept.get(variantId) ?? []).filter((part) => !parts.includes(part));
    kept.set(variantId, left);
    void Promise.all(parts.map((part) => part.key)).then((keys) =>
      keeper.forget(keys.filter((key): key is number => key !== null)),
    );
  }

  function flushSoon(): void {
    if (isDue) return;
    isDue = true;
    soon(flush);
  }

  function flush(): void {
    isDue = false;
    const now = waiting;
    waiting = new Map();
    for (const [variantId, parts] of now) void post(variantId, parts);
  }

  return {
    add(variantId, bytes) {
      const part = { bytes, key: keeper.keep(variantId, bytes) };
      waiting.set(variantId, [...(waiting.get(variantId) ?? []), part]);
      kept.set(variantId, [...(kept.get(variantId) ?? []), part]);
      pending++;
      onChange(pending, null);
      flushSoon();
    },
    reset() {
      generation++;
      waiting = new Map();
      pending = 0;
      onChange(0, null);
    },
    resend(variantId) {
      const parts = kept.get(variantId) ?? [];
      if (parts.length === 0) return;
      waiting.set(variantId, [...parts]);
      pending += parts.length;
      onChange(pending, null);
      flushSoon();
    },
    pending: () => pending,
  };
}

/**
 * At the end of the task that made the edit, or a window after the last one. A timer after a key waits for the browser to paint:
 * with it a key left the page 30 ms later (bench/code.ts).
 */
function soonAfterQuiet(): (flush: () => void) => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  return (flush) => {
    const go = () => {
      lastMs = performance.now();
      flush();
    };
    const waitMs = lastMs + WINDOW_MS - performance.now();
    if (waitMs > 0) setTimeout(go, waitMs);
    else queueMicrotask(go);
  };
}
