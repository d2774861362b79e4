/** The outbox with a keeper in memory (IndexedDB itself is used by the browser tests). */
import { expect, test } from "vitest";
import * as Y from "yjs";
import type { Keeper } from "../../lib/client/keeper.ts";
import { createOutbox } from "../../lib/client/outbox.ts";
import type { VariantId } from "../../lib/project/ids.ts";

const variantId = "variant-0001" as VariantId;

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

test("what was under way when the connection broke stays kept until the next join says that the server has it", async () => {
  const keeper = memoryKeeper();
  const outbox = createOutbox(
    async () => false,
    () => {},
    keeper,
  );
  for (const bytes of typed("a", "b")) outbox.add(variantId, bytes);
  await expect.poll(() => keeper.rows.size).toBe(2);
  outbox.reset();
  expect(outbox.pending()).toBe(0);
  expect(keeper.rows.size).toBe(2);
  outbox.settled(variantId);
  await expect.poll(() => keeper.rows.size).toBe(0);
});

test("what a join sends again stands for all that was kept before it", async () => {
  const keeper = memoryKeeper();
  let isUp = false;
  const outbox = createOutbox(
    async () => isUp,
    () => {},
    keeper,
  );
  const [first, second] = typed("a", "b");
  outbox.add(variantId, first as Uint8Array);
  await expect.poll(() => keeper.rows.size).toBe(1);
  outbox.reset();
  isUp = true;
  outbox.add(variantId, second as Uint8Array);
  await expect.poll(() => keeper.rows.size).toBe(0);
});
