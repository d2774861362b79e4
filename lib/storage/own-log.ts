/**
 * The log of a database that no other process writes: numbers are counted here and not in the variants' rows, so an append is one
 * plain statement. Counting in a row costs a transaction of four, and five times the processor (bench/storage.ts): at fifty
 * appends a second that was the most expensive thing a room did.
 *
 * 1. Appends run one after another; a number is used only once its row is written.
 * 2. What a variant's last number is says the database when it is asked first: its newest row, or the state that replaced it.
 */
import { inArray, sql } from "drizzle-orm";
import type { VariantId } from "#lib/project/ids.ts";
import type { Database } from "./engine.ts";
import { assertUnfenced } from "./leases.ts";
import { docStates, docUpdates, variants } from "./schema.ts";
import { type LoggedUpdate, StorageFailure } from "./types.ts";

export type Log = {
  append(updates: LoggedUpdate[]): Promise<number[]>;
  seed(variantId: VariantId, data: Uint8Array): Promise<boolean>;
};

export function ownLog(db: Database): Log {
  const last = new Map<VariantId, number>();
  let queue: Promise<unknown> = Promise.resolve();

  function inOrder<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = queue.then(work);
    queue = done.catch(() => {});
    return done;
  }

  async function append(updates: LoggedUpdate[]): Promise<number[]> {
    if (updates.length === 0) return [];
    const ids = [...new Set(updates.map(({ variantId }) => variantId))];
    await learn(ids.filter((id) => !last.has(id)));
    await assertUnfenced(db, updates);
    const next = new Map(ids.map((id) => [id, last.get(id) ?? 0]));
    const rows = updates.map(({ variantId, author, data }) => {
      const seq = (next.get(variantId) ?? 0) + 1;
      next.set(variantId, seq);
      return { variantId, author, data, seq };
    });
    await insertRows(db, rows);
    for (const [id, seq] of next) last.set(id, seq);
    return rows.map(({ seq }) => seq);
  }

  async function learn(ids: VariantId[]): Promise<void> {
    if (ids.length === 0) return;
    const known = new Map(await lastNumbers(db, ids));
    for (const id of ids) {
      const seq = known.get(id);
      if (seq === undefined)
        throw new StorageFailure("failed", `There is no variant ${id} to write updates of.`);
      last.set(id, seq);
    }
  }

  return {
    append: (updates) => inOrder(() => append(updates)),
    seed: (variantId, data) =>
      inOrder(async () => {
        const [known] = await lastNumbers(db, [variantId]);
        if (!known || known[1] > 0) return false;
        await append([{ variantId, author: "seed", data }]);
        return true;
      }),
  };
}

/** Of those variants that are there: the last number that was given, whoever counted. */
export async function lastNumbers(db: Database, ids: VariantId[]): Promise<[VariantId, number][]> {
  const newest = sql`(select max(${docUpdates.seq}) from ${docUpdates} where ${docUpdates.variantId} = ${variants.id})`;
  const replaced = sql`(select ${docStates.uptoSeq} from ${docStates} where ${docStates.variantId} = ${variants.id})`;
  const rows = await db
    .select({ id: variants.id, seq: sql<string>`greatest(${variants.docSeq}, ${newest}, ${replaced})` })
    .from(variants)
    .where(inArray(variants.id, ids));
  return rows.map(({ id, seq }) => [id, Number(seq)]);
}

type Row = { variantId: VariantId; author: string; data: Uint8Array; seq: number };

/** Postgres takes at most 65,535 parameters in a statement; a row has four. All of them or none. */
export async function insertRows(db: Database, rows: Row[]): Promise<void> {
  const most = 10_000;
  if (rows.length <= most) return void (await db.insert(docUpdates).values(rows));
  await db.transaction(async (tx) => {
    for (let start = 0; start < rows.length; start += most)
      await tx.insert(docUpdates).values(rows.slice(start, start + most));
  });
}
