/**
 * What nothing leads to any more. A commit is reached from variants, turns, links and checkpoints, and from every commit that was
 * made from it; contents from commits and turns. The rest is deleted once it is old enough: what is being written just now is
 * reached by nothing yet.
 */
import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { readBlobs } from "./blobs.ts";
import type { Engine } from "./engine.ts";
import { blobs, commits, projects, turns } from "./schema.ts";

/** PGlite holds the event loop during a query: many small ones. */
const BATCH = 100;

export async function sweep(engine: Engine, before: number): Promise<{ commits: number; blobs: number }> {
  await engine.db.delete(projects).where(lt(projects.deletedAt, before));
  const deleted = await sweepCommits(engine, before);
  const swept = { commits: deleted, blobs: await sweepBlobs(engine, before) };
  await engine.rowsDeleted(swept.commits + swept.blobs);
  return swept;
}

/** One statement, so that a commit which becomes reachable meanwhile is not lost: a foreign key then refuses the whole of it. */
async function sweepCommits({ db }: Engine, before: number): Promise<number> {
  const unreached = sql`${commits.id} not in (
    with recursive reached(id) as (
      select id from (
        select base_commit_id as id from variant
        union select head_commit_id from variant
        union select commit_id from turn where commit_id is not null
        union select commit_id from share where commit_id is not null
        union select version ->> 'commitId' from share, jsonb_array_elements(share.versions) as version
          where jsonb_typeof(share.versions) = 'array'
        union select commit_id from checkpoint
      ) as roots
      union select c.parent_id from "commit" c join reached r on c.id = r.id where c.parent_id is not null
    ) select id from reached)`;
  const deleted = await db
    .delete(commits)
    .where(and(lt(commits.createdAt, before), unreached))
    .returning({ id: commits.id });
  return deleted.length;
}

async function sweepBlobs({ db }: Engine, before: number): Promise<number> {
  const old = await db.select({ hash: blobs.hash }).from(blobs).where(lt(blobs.storedAt, before));
  if (old.length === 0) return 0;
  const reached = await reachedBlobs({ db });
  const unreached = old.map(({ hash }) => hash).filter((hash) => !reached.has(hash));
  let count = 0;
  for (let start = 0; start < unreached.length; start += BATCH) {
    const deleted = await db
      .delete(blobs)
      // Asked again: one that was stored anew since is young now.
      .where(and(inArray(blobs.hash, unreached.slice(start, start + BATCH)), lt(blobs.storedAt, before)))
      .returning({ hash: blobs.hash });
    count += deleted.length;
  }
  return count;
}

/** Manifests, the files that they name, and raw outputs of turns. */
async function reachedBlobs({ db }: Pick<Engine, "db">): Promise<Set<string>> {
  const outputs = await db
    .selectDistinct({ hash: turns.outputHash })
    .from(turns)
    .innerJoin(blobs, eq(blobs.hash, turns.outputHash));
  const manifests = (await db.selectDistinct({ hash: commits.manifestHash }).from(commits)).map(
    ({ hash }) => hash,
  );
  const reached = new Set(manifests);
  for (const { hash } of outputs) if (hash !== null) reached.add(hash);
  for (let start = 0; start < manifests.length; start += BATCH) {
    const texts = await readBlobs(db, manifests.slice(start, start + BATCH));
    // Written by `prepareContent`.
    for (const text of texts.values())
      for (const [, hash] of JSON.parse(text) as [string, string][]) reached.add(hash);
  }
  return reached;
}
