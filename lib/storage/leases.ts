/**
 * The right to run the turns of a variant, held by one process at a time and by the database's clock. Each new holder gets
 * the next epoch; a model's writes carry it, and those of an older holder are refused (live.md §7).
 */
import { and, eq, inArray, ne, notInArray, sql } from "drizzle-orm";
import type { ProjectId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Database } from "./engine.ts";
import { leases, turns, variants } from "./schema.ts";
import { type LoggedUpdate, StorageFailure } from "./types.ts";

const until = (ms: number) => sql`now() + ${ms / 1_000} * interval '1 second'`;

/** The holder's epoch; null while another owner's lease lives. Of two who ask at once exactly one gets it. */
export async function holdLease(
  db: Database,
  variantId: VariantId,
  owner: string,
  ms: number,
): Promise<number | null> {
  const [lease] = await db
    .insert(leases)
    .values({ variantId, owner, epoch: 1, until: until(ms) })
    .onConflictDoUpdate({
      target: leases.variantId,
      // The epoch changes with the owner only: who was away and finds nobody in its place goes on where it was.
      set: {
        owner,
        epoch: sql`${leases.epoch} + case when ${leases.owner} = ${owner} then 0 else 1 end`,
        until: until(ms),
      },
      setWhere: sql`${leases.owner} = ${owner} or ${leases.until} <= now()`,
    })
    .returning({ epoch: leases.epoch });
  return lease?.epoch ?? null;
}

/** Those of `held` that are still this owner's, for longer now. */
export async function renewLeases(
  db: Database,
  owner: string,
  held: VariantId[],
  ms: number,
): Promise<VariantId[]> {
  if (held.length === 0) return [];
  const renewed = await db
    .update(leases)
    .set({ until: until(ms) })
    .where(and(eq(leases.owner, owner), inArray(leases.variantId, held)))
    .returning({ id: leases.variantId });
  return renewed.map(({ id }) => id);
}

/** The row stays: its epoch must not begin anew. */
export async function releaseLease(db: Database, variantId: VariantId, owner: string): Promise<void> {
  await db
    .update(leases)
    .set({ until: sql`now()` })
    .where(and(eq(leases.variantId, variantId), eq(leases.owner, owner)));
}

/** Who runs the variant's turns now. */
export async function leaseOwner(db: Database, variantId: VariantId): Promise<string | null> {
  const [lease] = await db
    .select({ owner: leases.owner })
    .from(leases)
    .where(and(eq(leases.variantId, variantId), sql`${leases.until} > now()`));
  return lease?.owner ?? null;
}

export type CutTurn = { id: TurnId; variantId: VariantId; projectId: ProjectId };

/**
 * Turns that run by their row while nobody holds their variant: cut, each told to exactly one caller. The variant gets
 * another epoch first, so that what a holder who only slept writes later is refused.
 */
export async function cutAbandonedTurns(db: Database, message: string, now: number): Promise<CutTurn[]> {
  return db.transaction(async (tx) => {
    const running = tx.select({ id: turns.variantId }).from(turns).where(eq(turns.state, "running"));
    await tx
      .update(leases)
      .set({ owner: "", epoch: sql`${leases.epoch} + 1` })
      .where(and(sql`${leases.until} <= now()`, ne(leases.owner, ""), inArray(leases.variantId, running)));
    const held = tx.select({ id: leases.variantId }).from(leases).where(sql`${leases.until} > now()`);
    const cut = await tx
      .update(turns)
      .set({ state: "cut", message, endedAt: now })
      .where(and(eq(turns.state, "running"), notInArray(turns.variantId, held)))
      .returning({ id: turns.id, variantId: turns.variantId });
    return cut.length === 0 ? [] : withProjects(tx, cut);
  });
}

async function withProjects(tx: Database, cut: Omit<CutTurn, "projectId">[]): Promise<CutTurn[]> {
  const ids = cut.map(({ variantId }) => variantId);
  const rows = await tx
    .select({ id: variants.id, projectId: variants.projectId })
    .from(variants)
    .where(inArray(variants.id, ids));
  const projects = new Map(rows.map(({ id, projectId }) => [id, projectId]));
  return cut.flatMap((turn) => {
    const projectId = projects.get(turn.variantId);
    return projectId ? [{ ...turn, projectId }] : [];
  });
}

/** After the start of the only process on this database: nobody else can hold anything. */
export async function dropLeases(db: Database): Promise<void> {
  await db.update(leases).set({ until: sql`now()` });
}

/** Throws "fenced" when a row was written under an epoch that is not the variant's any more; holds the leases until commit. */
export async function assertUnfenced(tx: Database, updates: LoggedUpdate[]): Promise<void> {
  const claimed = updates.filter(({ epoch }) => epoch !== undefined && epoch !== null);
  if (claimed.length === 0) return;
  const ids = [...new Set(claimed.map(({ variantId }) => variantId))];
  const rows = await tx
    .select({ id: leases.variantId, epoch: leases.epoch })
    .from(leases)
    .where(inArray(leases.variantId, ids))
    .for("share");
  const epochs = new Map(rows.map(({ id, epoch }) => [id, epoch]));
  const stale = claimed.find(({ variantId, epoch }) => epochs.get(variantId) !== epoch);
  if (!stale) return;
  throw new StorageFailure(
    "fenced",
    `Variant ${stale.variantId} is written by another process now (epoch ${epochs.get(stale.variantId)}, this write has ${stale.epoch}).`,
  );
}
