/** Variants: rows that say where a candidate lies on the table and which commit it stands at. */
import { asc, eq, getTableColumns, max } from "drizzle-orm";
import type { ProjectId, VariantId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";
import type { Database } from "./engine.ts";
import { projects, variants } from "./schema.ts";
import type { NewVariant, VariantChange } from "./types.ts";

const { docSeq: _docSeq, ...columns } = getTableColumns(variants);

/** By set, then by position. */
export async function listVariants(db: Database, projectId: ProjectId): Promise<Variant[]> {
  return db
    .select(columns)
    .from(variants)
    .where(eq(variants.projectId, projectId))
    .orderBy(asc(variants.setNumber), asc(variants.position), asc(variants.createdAt));
}

export async function getVariant(db: Database, id: VariantId): Promise<Variant | null> {
  const [variant] = await db.select(columns).from(variants).where(eq(variants.id, id));
  return variant ?? null;
}

/**
 * All of a set or none of it. A number that another process has taken for a set of its own becomes the next free one: the
 * project's row is locked while it is looked for.
 */
export async function addVariants(db: Database, made: NewVariant[]): Promise<Variant[]> {
  const [first] = made;
  if (!first) return [];
  return db.transaction(async (tx) => {
    await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, first.projectId)).for("update");
    const [last] = await tx
      .select({ setNumber: max(variants.setNumber) })
      .from(variants)
      .where(eq(variants.projectId, first.projectId));
    const setNumber = Math.max(first.setNumber, (last?.setNumber ?? 0) + 1);
    const rows = made.map((variant) => withHead({ ...variant, setNumber }));
    await tx.insert(variants).values(rows);
    return rows;
  });
}

export async function changeVariant(
  db: Database,
  id: VariantId,
  change: VariantChange,
): Promise<Variant | null> {
  if (Object.values(change).every((value) => value === undefined)) return getVariant(db, id);
  const [variant] = await db.update(variants).set(change).where(eq(variants.id, id)).returning(columns);
  return variant ?? null;
}

export async function reorderVariants(db: Database, ids: VariantId[]): Promise<Variant[]> {
  return db.transaction(async (tx) => {
    const moved: Variant[] = [];
    for (const [position, id] of ids.entries()) {
      const [variant] = await tx
        .update(variants)
        .set({ position })
        .where(eq(variants.id, id))
        .returning(columns);
      if (variant) moved.push(variant);
    }
    return moved;
  });
}

/** A new variant stands at the commit it was made from. */
export function withHead(variant: NewVariant): Variant {
  return { ...variant, headCommitId: variant.baseCommitId };
}
