/** The log of a variant's document: raw update bytes, numbered per variant, now and then replaced by one state. */
import { and, asc, eq, gt, lt, lte, sql } from "drizzle-orm";
import type { VariantId } from "#lib/project/ids.ts";
import type { Database, Engine } from "./engine.ts";
import { assertUnfenced } from "./leases.ts";
import { insertRows, type Log, lastNumbers } from "./own-log.ts";
import { docStates, docUpdates, variants } from "./schema.ts";
import { type LoggedUpdate, StorageFailure, type StoredDocument } from "./types.ts";

/** Several processes write: each variant's row counts its numbers, and locks them. */
export function sharedLog(db: Database): Log {
  return {
    append: (updates) => appendUpdates(db, updates),
    seed: (variantId, data) => seedDocument(db, variantId, data),
  };
}

/** One transaction: n variants cost n + 1 statements, however many rows there are. */
async function appendUpdates(db: Database, updates: LoggedUpdate[]): Promise<number[]> {
  if (updates.length === 0) return [];
  return db.transaction(async (tx) => {
    const last = await takeNumbers(tx, updates);
    await assertUnfenced(tx, updates);
    const rows = updates.map(({ variantId, author, data }) => {
      const seq = (last.get(variantId) ?? 0) + 1;
      last.set(variantId, seq);
      return { variantId, author, data, seq };
    });
    await insertRows(tx, rows);
    return rows.map((row) => row.seq);
  });
}

/**
 * State and the log after it. The log is read first: a compaction between the two reads then only means that the state
 * holds some of the updates as well, which changes nothing in Yjs; the other order could lose them.
 */
export async function loadDocument(db: Database, variantId: VariantId, after = 0): Promise<StoredDocument> {
  const rows = await db
    .select({ seq: docUpdates.seq, data: docUpdates.data })
    .from(docUpdates)
    .where(and(eq(docUpdates.variantId, variantId), gt(docUpdates.seq, after)))
    .orderBy(asc(docUpdates.seq));
  const [saved] = await db
    .select()
    .from(docStates)
    .where(and(eq(docStates.variantId, variantId), gt(docStates.uptoSeq, after)));
  const uptoSeq = saved?.uptoSeq ?? after;
  const updates = rows.filter((row) => row.seq > uptoSeq);
  return {
    state: saved?.state ?? null,
    updates: updates.map((row) => row.data),
    seq: updates.at(-1)?.seq ?? uptoSeq,
  };
}

/** The number is taken only while there is none: of two processes that open a new document at once, one seeds it. */
async function seedDocument(db: Database, variantId: VariantId, data: Uint8Array): Promise<boolean> {
  return db.transaction(async (tx) => {
    const taken = await tx
      .update(variants)
      .set({ docSeq: 1 })
      .where(and(eq(variants.id, variantId), eq(variants.docSeq, 0)))
      .returning({ id: variants.id });
    if (taken.length === 0) return false;
    await tx.insert(docUpdates).values({ variantId, seq: 1, author: "seed", data });
    return true;
  });
}

/** A state older than the one that is there changes nothing; one that claims numbers not yet given is refused. */
export async function compact(
  engine: Engine,
  variantId: VariantId,
  seq: number,
  state: Uint8Array,
): Promise<void> {
  const deleted = await engine.db.transaction(async (tx) => {
    const [known] = await lastNumbers(tx, [variantId]);
    if (!known || seq > known[1]) {
      const reason = known ? `its log ends at ${known[1]}` : "there is no such variant";
      throw new StorageFailure("failed", `Variant ${variantId} cannot be compacted up to ${seq}: ${reason}.`);
    }
    await tx
      .insert(docStates)
      .values({ variantId, uptoSeq: seq, state })
      .onConflictDoUpdate({
        target: docStates.variantId,
        set: { uptoSeq: seq, state },
        setWhere: lte(docStates.uptoSeq, seq),
      });
    await tx
      .update(variants)
      .set({ docSeq: seq })
      .where(and(eq(variants.id, variantId), lt(variants.docSeq, seq)));
    return tx
      .delete(docUpdates)
      .where(and(eq(docUpdates.variantId, variantId), lte(docUpdates.seq, seq)))
      .returning({ seq: docUpdates.seq });
  });
  await engine.rowsDeleted(deleted.length);
}

export async function logSize(db: Database): Promise<{ rows: number; bytes: number }> {
  const [size] = await db
    .select({
      rows: sql<number>`count(*)::int`,
      bytes: sql<number>`coalesce(sum(length(${docUpdates.data})), 0)::float8`,
    })
    .from(docUpdates);
  return size ?? { rows: 0, bytes: 0 };
}

/** Takes each variant's numbers; the value is the number before the first one taken. */
async function takeNumbers(tx: Database, updates: LoggedUpdate[]): Promise<Map<VariantId, number>> {
  const counts = new Map<VariantId, number>();
  for (const { variantId } of updates) counts.set(variantId, (counts.get(variantId) ?? 0) + 1);
  const last = new Map<VariantId, number>();
  // Sorted: the update locks the row, and two processes must lock several in the same order.
  for (const [variantId, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [row] = await tx
      .update(variants)
      .set({ docSeq: sql`${variants.docSeq} + ${count}` })
      .where(eq(variants.id, variantId))
      .returning({ docSeq: variants.docSeq });
    if (!row) throw new StorageFailure("failed", `There is no variant ${variantId} to write updates of.`);
    last.set(variantId, row.docSeq - count);
  }
  return last;
}
