/**
 * Commits: a commit names a manifest, the manifest (JSON `[[path, hash], …]`, paths sorted) names the files, and all of
 * them are blobs. A commit of unchanged files adds one row and no bytes.
 */
import { and, eq, isNull } from "drizzle-orm";
import type { Files } from "#lib/project/files.ts";
import type { CommitId, ProjectId, VariantId } from "#lib/project/ids.ts";
import { type BlobRow, hashOf, missingBlobs, readBlobs, writeBlobs } from "./blobs.ts";
import type { Database } from "./engine.ts";
import { commits, projects, variants } from "./schema.ts";
import { type NewCommit, StorageFailure } from "./types.ts";

export async function writeCommit(
  db: Database,
  commit: NewCommit,
  variantId: VariantId | null,
): Promise<void> {
  const content = await prepareContent(db, commit.files);
  await db.transaction(async (tx) => {
    await insertCommit(tx, commit, content);
    if (variantId !== null) await moveHead(tx, commit, variantId);
  });
}

export async function readCommit(db: Database, id: CommitId): Promise<Files | null> {
  const [commit] = await db.select({ hash: commits.manifestHash }).from(commits).where(eq(commits.id, id));
  if (!commit) return null;
  const manifest = (await readBlobs(db, [commit.hash])).get(commit.hash) ?? "[]";
  // The manifest's bytes matched their hash, so this is what `prepareContent` wrote.
  const entries = JSON.parse(manifest) as [path: string, hash: string][];
  const texts = await readBlobs(
    db,
    entries.map(([, hash]) => hash),
  );
  return new Map(entries.map(([path, hash]) => [path, texts.get(hash) ?? ""]));
}

export async function commitProject(db: Database, id: CommitId): Promise<ProjectId | null> {
  const [row] = await db.select({ projectId: commits.projectId }).from(commits).where(eq(commits.id, id));
  return row?.projectId ?? null;
}

export async function commitOwner(db: Database, id: CommitId): Promise<string | null> {
  const [row] = await db
    .select({ ownerId: projects.ownerId })
    .from(commits)
    .innerJoin(projects, eq(projects.id, commits.projectId))
    .where(and(eq(commits.id, id), isNull(projects.deletedAt)));
  return row?.ownerId ?? null;
}

export async function commitParent(db: Database, id: CommitId): Promise<CommitId | null> {
  const [commit] = await db.select({ parentId: commits.parentId }).from(commits).where(eq(commits.id, id));
  return commit?.parentId ?? null;
}

export type Content = { manifestHash: string; missing: BlobRow[] };

/** Hashes the files and encodes what the database lacks; outside the transaction that `insertCommit` belongs to. */
export async function prepareContent(db: Database, files: Files): Promise<Content> {
  const texts = new Map<string, string>();
  const entries = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, text]) => [path, keep(text)]);
  const manifestHash = keep(JSON.stringify(entries));
  return { manifestHash, missing: await missingBlobs(db, texts) };

  function keep(text: string): string {
    const hash = hashOf(text);
    texts.set(hash, text);
    return hash;
  }
}

export async function insertCommit(tx: Database, commit: NewCommit, content: Content): Promise<void> {
  const { files: _files, ...row } = commit;
  await writeBlobs(tx, content.missing);
  await tx.insert(commits).values({ ...row, manifestHash: content.manifestHash });
}

async function moveHead(tx: Database, commit: NewCommit, variantId: VariantId): Promise<void> {
  const moved = await tx
    .update(variants)
    .set({ headCommitId: commit.id })
    .where(and(eq(variants.id, variantId), eq(variants.projectId, commit.projectId)))
    .returning({ id: variants.id });
  if (moved.length === 0) {
    throw new StorageFailure(
      "failed",
      `Project ${commit.projectId} has no variant ${variantId} to commit to.`,
    );
  }
}
