/** Checkpoints: names for moments of a variant. */
import { asc, eq, getTableColumns } from "drizzle-orm";
import type { CheckpointId, ProjectId } from "#lib/project/ids.ts";
import type { Checkpoint } from "#lib/project/rows.ts";
import type { Database } from "./engine.ts";
import { checkpoints, variants } from "./schema.ts";

export async function createCheckpoint(db: Database, checkpoint: Checkpoint): Promise<void> {
  await db.insert(checkpoints).values(checkpoint);
}

export async function listCheckpoints(db: Database, projectId: ProjectId): Promise<Checkpoint[]> {
  return db
    .select(getTableColumns(checkpoints))
    .from(checkpoints)
    .innerJoin(variants, eq(checkpoints.variantId, variants.id))
    .where(eq(variants.projectId, projectId))
    .orderBy(asc(checkpoints.createdAt), asc(checkpoints.id));
}

export async function renameCheckpoint(db: Database, id: CheckpointId, name: string): Promise<void> {
  await db.update(checkpoints).set({ name }).where(eq(checkpoints.id, id));
}

export async function deleteCheckpoint(db: Database, id: CheckpointId): Promise<void> {
  await db.delete(checkpoints).where(eq(checkpoints.id, id));
}
