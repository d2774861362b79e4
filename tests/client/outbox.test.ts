/** The outbox with a keeper in memory (IndexedDB itself is used by the browser tests). */
import { afterEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import type { Keeper } from "../../lib/client/keeper.ts";
import { createOutbox } from "../../lib/client/outbox.ts";
import type { VariantId } from "../../lib/project/ids.ts";

const variantId = "variant-0001" as VariantId;

afterEach(() => {
  vi.useRealTimers();
});

function memoryKeeper(): Keeper & { rows: Map<number, Uint8Array> } {
  const rows = new Map<number, Uint8Array>();
  let last = 0;
  return {
    rows,
    async keep(_variant, bytes) {
      rows.set(++last, bytes);
      return last;
    },
    async forget(keys) {
      for (const key of keys) rows.delete(key);
    },
    recall: async () => [...rows].map(([key, bytes]) => ({ key, variantId, bytes })),
  };
}

function typed(...texts: string[]): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (bytes) => updates.push(bytes));
  for (const text of texts) doc.getText("t").insert(0, text);
  return updates;
}

test("an edit is kept until the server has stored it, and what is typed within one window is one update", async () => {
  const keeper = memoryKeeper();
  const sent: Uint8Array[] = [];
  let pending = -1;
  let store: (stored: boolean) => void = () => {};
  const outbox = createOutbox(
    (_variant, bytes) => {
      sent.push(bytes);
      return new Promise((resolve) => {
        store = resolve;
      });
    },
    (count) => {
      pending = count;
    },
    keeper,
  );
  for (const bytes of typed("a", "b", "c")) outbox.add(variantId, bytes);
  await expect.poll(() => sent.length).toBe(1);
  expect(pending).toBe(3);
  expect(keeper.rows.size).toBe(3);
  store(true);
  await expect.poll(() => keeper.rows.size).toBe(0);
  expect(pending).toBe(0);
});

test("the first edit after quiet leaves at the end of its task, with all that the task made; the next ones together, a window later", async () => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout"] });
  const sent: string[] = [];
  const theirs = new Y.Doc();
  const outbox = createOutbox(
    async (_variant, bytes) => {
      Y.applyUpdate(theirs, bytes);
      sent.push(theirs.getText("t").toString());
      return true;
    },
    () => {},
    memoryKeeper(),
  );
  const [a, b, c, d] = typed("a", "b", "c", "d") as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  outbox.add(variantId, a);
  outbox.add(variantId, b);
  expect(sent).toEqual([]);
  await Promise.resolve();
  expect(sent).toEqual(["ba"]);
  outbox.add(variantId, c);
  outbox.add(variantId, d);
  await Promise.resolve();
  expect(sent).toEqual(["ba"]);
  await vi.advanceTimersByTimeAsync(100);
  expect(sent).toEqual(["ba", "dcba"]);
  expect(outbox.pending()).toBe(0);
});

test("what was under way when the connection broke is kept, and sent again after it is back", async () => {
  const keeper = memoryKeeper();
  const sent: Uint8Array[] = [];
  let isUp = false;
  const outbox = createOutbox(
    async (_variant, bytes) => {
      sent.push(bytes);
      return isUp;
    },
    () => {},
    keeper,
  );
  for (const bytes of typed("a", "b")) outbox.add(variantId, bytes);
  await expect.poll(() => sent.length).toBe(1);
  outbox.reset();
  expect(outbox.pending()).toBe(0);
  expect(keeper.rows.size).toBe(2);
  isUp = true;
  outbox.resend(variantId);
  expect(outbox.pending()).toBe(2);
  await expect.poll(() => keeper.rows.size).toBe(0);
  expect(sent[1]).toEqual(sent[0]);
  expect(outbox.pending()).toBe(0);
  outbox.resend(variantId);
  expect(outbox.pending()).toBe(0);
});

test("what is told as saved is the time from an update's sending to its own acknowledgement; a refused one tells none", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    const answers: ((stored: boolean) => void)[] = [];
    const told: (number | null)[] = [];
    const outbox = createOutbox(
      () => new Promise((resolve) => answers.push(resolve)),
      (_pending, savedMs) => told.push(savedMs),
      memoryKeeper(),
      (flush) => flush(),
    );
    const [first, second, third] = typed("a", "b", "c") as [Uint8Array, Uint8Array, Uint8Array];
    outbox.add(variantId, first);
    vi.advanceTimersByTime(30);
    outbox.add(variantId, second);
    vi.advanceTimersByTime(8);
    answers[0]?.(true);
    await new Promise(setImmediate);
    outbox.add(variantId, third);
    vi.advanceTimersByTime(12);
    answers[2]?.(false);
    answers[1]?.(true);
    await new Promise(setImmediate);
    expect(outbox.pending()).toBe(1);
    expect(told.filter((ms) => ms !== null)).toEqual([38, 20]);
  } finally {
    vi.useRealTimers();
  }
});
