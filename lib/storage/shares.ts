/** Shares: links with a role. Only hashes of a link's token and password are here. */
import { and, asc, eq, getTableColumns, isNull } from "drizzle-orm";
import type { ProjectId, ShareId } from "#lib/project/ids.ts";
import type { Share } from "#lib/project/rows.ts";
import type { Database } from "./engine.ts";
import { projects, shares } from "./schema.ts";
import type { ShareChange, StoredShare } from "./types.ts";

const { tokenHash: _tokenHash, ...columns } = getTableColumns(shares);

export async function createShare(db: Database, share: StoredShare): Promise<void> {
  await db.insert(shares).values(share);
}

/** None of a project that was deleted. */
export async function getShare(db: Database, id: ShareId): Promise<StoredShare | null> {
  const [share] = await db
    .select(getTableColumns(shares))
    .from(shares)
    .innerJoin(projects, eq(projects.id, shares.projectId))
    .where(and(eq(shares.id, id), isNull(projects.deletedAt)));
  return share ?? null;
}

/** Oldest first, revoked ones too; without hashes. */
export async function listShares(db: Database, projectId: ProjectId): Promise<Share[]> {
  const rows = await db
    .select(columns)
    .from(shares)
    .where(eq(shares.projectId, projectId))
    .orderBy(asc(shares.createdAt), asc(shares.id));
  return rows.map(shown);
}

export async function changeShare(db: Database, id: ShareId, change: ShareChange): Promise<Share | null> {
  const [share] = await db.update(shares).set(change).where(eq(shares.id, id)).returning(columns);
  return share ? shown(share) : null;
}

/** The first time counts: a second call does not move it. */
export async function revokeShare(db: Database, id: ShareId, now: number): Promise<void> {
  await db
    .update(shares)
    .set({ revokedAt: now })
    .where(and(eq(shares.id, id), isNull(shares.revokedAt)));
}

function shown({ passwordHash, ...share }: Omit<StoredShare, "tokenHash">): Share {
  return { ...share, hasPassword: passwordHash !== null };
}
