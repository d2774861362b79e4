/** Projects, and the list of them with a line about each in four queries, however many there are. */
import { and, asc, count, desc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { CommitId, ProjectId } from "#lib/project/ids.ts";
import type { Network } from "#lib/project/network.ts";
import type { StoredPlan } from "#lib/project/plan.ts";
import type { Project } from "#lib/project/rows.ts";
import { type Content, insertCommit, prepareContent } from "./commits.ts";
import type { Database } from "./engine.ts";
import { type ProjectSettings, projects, turns, variants } from "./schema.ts";
import type { NewCommit, NewProject, NewVariant, ProjectSummary } from "./types.ts";
import { withHead } from "./variants.ts";

export async function createProject(
  db: Database,
  project: NewProject,
  commits: readonly NewCommit[],
  made: NewVariant[],
): Promise<void> {
  const contents = await Promise.all(commits.map((commit) => prepareContent(db, commit.files)));
  await db.transaction(async (tx) => {
    await tx.insert(projects).values(project);
    for (const [index, commit] of commits.entries())
      await insertCommit(tx, commit, contents[index] as Content);
    if (made.length > 0) await tx.insert(variants).values(made.map(withHead));
  });
}

export async function getProject(db: Database, id: ProjectId): Promise<Project | null> {
  const [row] = await db
    .select({ ...projectColumns, settings: projects.settings })
    .from(projects)
    .where(and(eq(projects.id, id), isNull(projects.deletedAt)));
  if (!row) return null;
  const { settings, ...project } = row;
  return { ...project, network: settings.network ?? null };
}

export async function renameProject(db: Database, id: ProjectId, title: string): Promise<void> {
  await db.update(projects).set({ title }).where(eq(projects.id, id));
}

export async function setNetwork(db: Database, id: ProjectId, network: Network | null): Promise<void> {
  await changeSettings(db, id, { network });
}

export async function setPlan(db: Database, id: ProjectId, plan: StoredPlan | null): Promise<void> {
  await changeSettings(db, id, { plan });
}

export async function getPlan(db: Database, id: ProjectId): Promise<StoredPlan | null> {
  const [row] = await db.select({ settings: projects.settings }).from(projects).where(eq(projects.id, id));
  return row?.settings.plan ?? null;
}

async function changeSettings(db: Database, id: ProjectId, change: ProjectSettings): Promise<void> {
  const settings = sql`${projects.settings} || ${sql.param(change, projects.settings)}::jsonb`;
  await db.update(projects).set({ settings }).where(eq(projects.id, id));
}

export async function networkHosts(db: Database, token: string): Promise<string[] | null> {
  const [row] = await db
    .select({ settings: projects.settings })
    .from(projects)
    .where(eq(sql`(${projects.settings} -> 'network' ->> 'token')`, token));
  return row?.settings.network?.hosts ?? null;
}

/** Its variants, documents, turns, commits and shares go too; blobs stay, since other projects may hold the same. */
export async function deleteProject(db: Database, id: ProjectId): Promise<void> {
  await db.delete(projects).where(eq(projects.id, id));
}

export async function hideProject(db: Database, id: ProjectId, at: number | null): Promise<void> {
  await db.update(projects).set({ deletedAt: at }).where(eq(projects.id, id));
}

export async function listHidden(
  db: Database,
  ownerId: string | null,
  limit: number,
): Promise<{ id: ProjectId; title: string }[]> {
  return db
    .select({ id: projects.id, title: projects.title })
    .from(projects)
    .where(and(isNotNull(projects.deletedAt), ownerId === null ? undefined : eq(projects.ownerId, ownerId)))
    .orderBy(desc(projects.deletedAt))
    .limit(limit);
}

export async function projectOwner(db: Database, id: ProjectId): Promise<string | null> {
  const [row] = await db.select({ ownerId: projects.ownerId }).from(projects).where(eq(projects.id, id));
  return row?.ownerId ?? null;
}

export async function listProjects(
  db: Database,
  ownerId: string | null,
  limit: number,
): Promise<ProjectSummary[]> {
  const listed = await db
    .select({ ...projectColumns, ownerId: projects.ownerId })
    .from(projects)
    .where(and(isNull(projects.deletedAt), ownerId === null ? undefined : eq(projects.ownerId, ownerId)))
    .orderBy(desc(projects.createdAt), desc(projects.id))
    .limit(limit);
  if (listed.length === 0) return [];
  const ids = listed.map((project) => project.id);
  const sets = await newestSets(db, ids);
  const activity = await turnActivity(db, ids);
  const prompts = await firstPrompts(db, ids);
  return listed.map((project) => ({
    ...project,
    letters: sets.get(project.id)?.letters ?? [],
    heads: sets.get(project.id)?.heads ?? [],
    turns: activity.get(project.id)?.turns ?? 0,
    prompt: prompts.get(project.id) ?? "",
    updatedAt: Math.max(project.createdAt, activity.get(project.id)?.latest ?? 0),
  }));
}

const projectColumns = { id: projects.id, title: projects.title, createdAt: projects.createdAt };

type NewestSet = { set: number; letters: string[]; heads: CommitId[] };

/** Each project's newest set, in the order of the table. */
async function newestSets(db: Database, ids: ProjectId[]): Promise<Map<ProjectId, NewestSet>> {
  const rows = await db
    .select({
      projectId: variants.projectId,
      set: variants.setNumber,
      letter: variants.letter,
      head: variants.headCommitId,
    })
    .from(variants)
    .where(and(inArray(variants.projectId, ids), isNull(variants.deletedAt)))
    .orderBy(desc(variants.setNumber), asc(variants.position));
  const sets = new Map<ProjectId, NewestSet>();
  for (const { projectId, set, letter, head } of rows) {
    const newest = sets.get(projectId) ?? { set, letters: [], heads: [] };
    sets.set(projectId, newest);
    if (newest.set !== set) continue;
    newest.letters.push(letter);
    newest.heads.push(head);
  }
  return sets;
}

/** Number of turns, and when the latest began or ended. */
async function turnActivity(
  db: Database,
  ids: ProjectId[],
): Promise<Map<ProjectId, { turns: number; latest: number }>> {
  const rows = await db
    .select({
      projectId: variants.projectId,
      turns: count(),
      latest: sql<number>`max(greatest(${turns.startedAt}, ${turns.endedAt}))`.mapWith(Number),
    })
    .from(turns)
    .innerJoin(variants, eq(turns.variantId, variants.id))
    .where(inArray(variants.projectId, ids))
    .groupBy(variants.projectId);
  return new Map(rows.map((row) => [row.projectId, row]));
}

/** What each project was asked for first; its first 400 characters, since a list shows a line of it. */
async function firstPrompts(db: Database, ids: ProjectId[]): Promise<Map<ProjectId, string>> {
  const rows = await db
    .selectDistinctOn([variants.projectId], {
      projectId: variants.projectId,
      prompt: sql<string>`left(${turns.prompt}, 400)`,
    })
    .from(turns)
    .innerJoin(variants, eq(turns.variantId, variants.id))
    .where(inArray(variants.projectId, ids))
    .orderBy(variants.projectId, asc(turns.startedAt));
  return new Map(rows.map((row) => [row.projectId, row.prompt]));
}
