/**
 * A person's edits on their way to the server: what is typed within one window is one update, and it counts as pending until
 * the server says it is stored. After a reconnect the state vectors say what is missing, so nothing is sent from memory twice.
 */
import * as Y from "yjs";
import type { VariantId } from "#lib/project/ids.ts";

const WINDOW_MS = 16;

export type Outbox = {
  add(variantId: VariantId, bytes: Uint8Array): void;
  /** Forget what is under way: the next join finds out what the server lacks. */
  reset(): void;
  pending(): number;
};

export type SendUpdate = (variantId: VariantId, bytes: Uint8Array) => Promise<boolean>;

export function createOutbox(
  send: SendUpdate,
  onChange: (pending: number, savedMs: number | null) => void,
): Outbox {
  let waiting = new Map<VariantId, Uint8Array[]>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let pending = 0;
  let generation = 0;

  async function post(variantId: VariantId, parts: Uint8Array[]): Promise<void> {
    const mine = generation;
    const startedAt = performance.now();
    const merged = parts.length === 1 ? (parts[0] as Uint8Array) : Y.mergeUpdates(parts);
    const stored = await send(variantId, merged);
    if (mine !== generation || !stored) return;
    pending -= parts.length;
    onChange(pending, Math.round(performance.now() - startedAt));
  }

  function flush(): void {
    timer = null;
    const now = waiting;
    waiting = new Map();
    for (const [variantId, parts] of now) void post(variantId, parts);
  }

  return {
    add(variantId, bytes) {
      waiting.set(variantId, [...(waiting.get(variantId) ?? []), bytes]);
      pending++;
      onChange(pending, null);
      timer ??= setTimeout(flush, WINDOW_MS);
    },
    reset() {
      generation++;
      if (timer) clearTimeout(timer);
      timer = null;
      waiting = new Map();
      pending = 0;
      onChange(0, null);
    },
    pending: () => pending,
  };
}
