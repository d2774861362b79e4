/** What the storage tests share: temporary folders, a quick embedded database, rows to write. */
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommitId, ProjectId, PromptId, ShareId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Turn } from "#lib/project/rows.ts";
import { openStorage } from "#lib/storage/open.ts";
import { makeTemplate } from "#lib/storage/pglite-engine.ts";
import type { NewCommit, NewProject, NewVariant, Storage, StoredShare } from "#lib/storage/types.ts";

export const REPOSITORY = join(import.meta.dirname, "..", "..");
export const MIGRATIONS = join(REPOSITORY, "drizzle");

export async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "triptych-storage-"));
}

/** An embedded database with its tables, made once per machine, version and schema: opening a copy takes 0.4 s instead of 3. */
export async function templateFolder(): Promise<string> {
  const manifest = join(REPOSITORY, "node_modules", "@electric-sql", "pglite", "package.json");
  const { version } = JSON.parse(await readFile(manifest, "utf8"));
  const { entries } = JSON.parse(await readFile(join(MIGRATIONS, "meta", "_journal.json"), "utf8"));
  const shared = join(tmpdir(), `triptych-template-${version}-${entries.at(-1).when}`);
  if (existsSync(shared)) return shared;
  const own = `${shared}.${process.pid}`;
  await makeTemplate(own, MIGRATIONS);
  // Another test file may have been faster.
  await rename(own, shared).catch(() => rm(own, { recursive: true, force: true }));
  return shared;
}

export async function openEmbedded(folder: string): Promise<Storage> {
  return openStorage({
    databaseUrl: null,
    folder,
    migrationsFolder: MIGRATIONS,
    templateFolder: await templateFolder(),
  });
}

let made = 0;
/** Unique in this process and between processes, readable in failures. */
export function newId<Id extends string>(kind: string): Id {
  made += 1;
  return `${kind}-${process.pid}-${made}` as Id;
}

export function newProject(change: Partial<NewProject> = {}): NewProject {
  return {
    id: newId<ProjectId>("project"),
    title: "Bakery",
    ownerId: "owner-one",
    createdAt: 1000,
    ...change,
  };
}

export function newCommit(projectId: ProjectId, change: Partial<NewCommit> = {}): NewCommit {
  return {
    id: newId<CommitId>("commit"),
    projectId,
    parentId: null,
    turnId: null,
    authorKind: "system",
    files: new Map([["/src/App.tsx", "export default () => null;\n"]]),
    createdAt: 1000,
    ...change,
  };
}

export function newVariant(
  projectId: ProjectId,
  baseCommitId: CommitId,
  change: Partial<NewVariant> = {},
): NewVariant {
  return {
    id: newId<VariantId>("variant"),
    projectId,
    letter: "A",
    name: "First",
    setNumber: 1,
    position: 0,
    parentId: null,
    baseCommitId,
    keptAt: null,
    deletedAt: null,
    createdAt: 1000,
    ...change,
  };
}

export function newTurn(variantId: VariantId, change: Partial<Turn> = {}): Turn {
  return {
    id: newId<TurnId>("turn"),
    promptId: newId<PromptId>("prompt"),
    variantId,
    kind: "prompt",
    prompt: "darker",
    lane: "fast",
    model: "Built-in designer",
    state: "running",
    message: null,
    answer: "",
    appliedEdits: 0,
    changes: [],
    warnings: [],
    failedEdits: [],
    repair: null,
    usage: null,
    timings: null,
    commitId: null,
    startedAt: 2000,
    endedAt: null,
    ...change,
  };
}

export function newShare(projectId: ProjectId, change: Partial<StoredShare> = {}): StoredShare {
  return {
    id: newId<ShareId>("share"),
    tokenHash: newId("hash"),
    projectId,
    name: "",
    commitId: null,
    variantId: null,
    set: null,
    variantLetter: null,
    role: "view",
    passwordHash: null,
    indexed: false,
    createdAt: 3000,
    expiresAt: null,
    revokedAt: null,
    ...change,
  };
}

/** A project with variants A, B and C in the database. */
export async function seedProject(storage: Storage, change: Partial<NewProject> = {}) {
  const project = newProject(change);
  const commit = newCommit(project.id);
  const variants = ["A", "B", "C"].map((letter, position) =>
    newVariant(project.id, commit.id, { letter, position }),
  );
  await storage.createProject(project, commit, variants);
  const [a, b, c] = variants;
  if (!a || !b || !c) throw new Error("three variants were made");
  return { project, commit, variants, a, b, c };
}

export function update(variantId: VariantId, text: string, author = "person:one") {
  return { variantId, author, data: new TextEncoder().encode(text) };
}
