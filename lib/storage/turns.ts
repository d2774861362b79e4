/** Turns: one prompt and what the model did in answer, with the model's raw output as a blob. */
import { and, asc, eq, getTableColumns, gt, or } from "drizzle-orm";
import type { ProjectId, TurnId } from "#lib/project/ids.ts";
import type { Turn } from "#lib/project/rows.ts";
import { hashOf, missingBlobs, readBlobs, writeBlobs } from "./blobs.ts";
import type { Database } from "./engine.ts";
import { turns, variants } from "./schema.ts";
import type { UsedTurn } from "./types.ts";

const { outputHash: _outputHash, ...columns } = getTableColumns(turns);

/** A turn that was stopped before it began may be stored as ended already: that stands. */
export async function startTurn(db: Database, turn: Turn): Promise<void> {
  await db.insert(turns).values(turn).onConflictDoNothing();
}

/** Also stores a turn that was never started: a restore begins and ends at once. */
export async function endTurn(db: Database, turn: Turn, rawOutput: string): Promise<void> {
  const outputHash = hashOf(rawOutput);
  const missing = await missingBlobs(db, new Map([[outputHash, rawOutput]]));
  const { id, ...rest } = turn;
  await db.transaction(async (tx) => {
    await writeBlobs(tx, missing);
    await tx
      .insert(turns)
      .values({ id, ...rest, outputHash })
      // Whoever was slow to end it finds it cut by the process that took its variant over: that stands.
      .onConflictDoUpdate({
        target: turns.id,
        set: { ...rest, outputHash },
        setWhere: eq(turns.state, "running"),
      });
  });
}

/** Oldest first; turns of one prompt in the order of the table. */
export async function listTurns(db: Database, projectId: ProjectId, since?: number): Promise<Turn[]> {
  const isRecent =
    since === undefined
      ? undefined
      : or(eq(turns.state, "running"), gt(turns.startedAt, since), gt(turns.endedAt, since));
  return db
    .select(columns)
    .from(turns)
    .innerJoin(variants, eq(turns.variantId, variants.id))
    .where(and(eq(variants.projectId, projectId), isRecent))
    .orderBy(asc(turns.startedAt), asc(variants.setNumber), asc(variants.position), asc(turns.id));
}

export async function listUsed(db: Database, since: number): Promise<UsedTurn[]> {
  const { lane, model, usage, timings, endedAt } = turns;
  return db.select({ lane, model, usage, timings, endedAt }).from(turns).where(gt(endedAt, since));
}

export async function readTurnOutput(db: Database, id: TurnId): Promise<string | null> {
  const [turn] = await db.select({ hash: turns.outputHash }).from(turns).where(eq(turns.id, id));
  if (!turn?.hash) return null;
  return (await readBlobs(db, [turn.hash])).get(turn.hash) ?? null;
}
