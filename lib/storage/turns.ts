/** Turns: one prompt and what the model did in answer, with the model's raw output as a blob. */
import { asc, eq, getTableColumns } from "drizzle-orm";
import type { ProjectId, TurnId } from "#lib/project/ids.ts";
import type { Turn } from "#lib/project/rows.ts";
import { hashOf, missingBlobs, readBlobs, writeBlobs } from "./blobs.ts";
import type { Database } from "./engine.ts";
import { turns, variants } from "./schema.ts";

const { outputHash: _outputHash, ...columns } = getTableColumns(turns);

export async function startTurn(db: Database, turn: Turn): Promise<void> {
  await db.insert(turns).values(turn);
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
      .onConflictDoUpdate({ target: turns.id, set: { ...rest, outputHash } });
  });
}

/** Oldest first; turns of one prompt in the order of the table. */
export async function listTurns(db: Database, projectId: ProjectId): Promise<Turn[]> {
  return db
    .select(columns)
    .from(turns)
    .innerJoin(variants, eq(turns.variantId, variants.id))
    .where(eq(variants.projectId, projectId))
    .orderBy(asc(turns.startedAt), asc(variants.setNumber), asc(variants.position), asc(turns.id));
}

export async function cutRunningTurns(db: Database, message: string, now: number): Promise<number> {
  const cut = await db
    .update(turns)
    .set({ state: "cut", message, endedAt: now })
    .where(eq(turns.state, "running"))
    .returning({ id: turns.id });
  return cut.length;
}

export async function readTurnOutput(db: Database, id: TurnId): Promise<string | null> {
  const [turn] = await db.select({ hash: turns.outputHash }).from(turns).where(eq(turns.id, id));
  if (!turn?.hash) return null;
  return (await readBlobs(db, [turn.hash])).get(turn.hash) ?? null;
}
