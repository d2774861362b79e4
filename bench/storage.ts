/**
 * The embedded database: how long it takes to open, how many update rows it takes a second, and what a durable
 * acknowledgement costs through group commit while a room writes (live.md §5.1; the promise is p95 ≤ 100 ms).
 */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { CommitId, ProjectId, VariantId } from "#lib/project/ids.ts";
import { templateFiles } from "#lib/project/template.ts";
import { groupCommit } from "#lib/storage/group-commit.ts";
import { openStorage } from "#lib/storage/open.ts";
import { makeTemplate } from "#lib/storage/pglite-engine.ts";
import type { Storage } from "#lib/storage/types.ts";

type Row = { what: string; figure: number; unit: string };

const UPDATE_BYTES = 300;
const BATCH_ROWS = 50;
const BATCHES = 40;

export async function bench(): Promise<{ name: string; rows: Row[] }> {
  const folder = await mkdtemp(join(tmpdir(), "triptych-bench-storage-"));
  try {
    return { name: "storage", rows: [...(await opening(folder)), ...(await writing(folder))] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One process throughout: the first of these also warms up the WebAssembly compiler. */
async function opening(folder: string): Promise<Row[]> {
  const template = join(folder, "template");
  const none = join(folder, "none");
  const make = await timed(() => makeTemplate(template));
  const data = join(folder, "data");
  const fromTemplate = await timed(() => openAndClose(data, template));
  const again = await timed(() => openAndClose(data, template));
  const fromNothing = await timed(() => openAndClose(join(folder, "other"), none));
  return [
    { what: "make the empty database once (build)", figure: make, unit: "ms" },
    { what: "open a new folder, with that template", figure: fromTemplate, unit: "ms" },
    { what: "open a new folder, without template", figure: fromNothing, unit: "ms" },
    { what: "open a used folder", figure: again, unit: "ms" },
  ];
}

async function writing(folder: string): Promise<Row[]> {
  const storage = await open(join(folder, "data"), join(folder, "template"));
  const variants = await threeVariants(storage);
  const throughput = await appendThroughput(storage, variants);
  const acks = await ackTimes(storage, variants);
  const load = await timed(() => storage.loadDocument(variants[0] as VariantId));
  const commitMs = await commitTime(storage);
  await storage.close();
  return [
    {
      what: `append, batches of ${BATCH_ROWS} rows of ${UPDATE_BYTES} B`,
      figure: throughput,
      unit: "rows/s",
    },
    {
      what: "durable ack through group commit, 3 variants × 60 updates/s, p50",
      figure: quantile(acks, 0.5),
      unit: "ms",
    },
    {
      what: "durable ack through group commit, 3 variants × 60 updates/s, p95",
      figure: quantile(acks, 0.95),
      unit: "ms",
    },
    { what: "load a document of 900 updates", figure: load, unit: "ms" },
    { what: "commit of 7 files, one changed", figure: commitMs, unit: "ms" },
  ];
}

async function appendThroughput(storage: Storage, variants: VariantId[]): Promise<number> {
  const batch = Array.from({ length: BATCH_ROWS }, (_, row) => update(variants[row % 3] as VariantId));
  await storage.appendUpdates(batch);
  const totalMs = await timed(async () => {
    for (let count = 0; count < BATCHES; count += 1) await storage.appendUpdates(batch);
  });
  return Math.round((BATCH_ROWS * BATCHES * 1000) / totalMs);
}

/** As a room writes while three variants stream: each makes an update every 16 ms. 4 s. */
async function ackTimes(storage: Storage, variants: VariantId[]): Promise<number[]> {
  const log = groupCommit(storage);
  const acks: Promise<number>[] = [];
  const startedMs = performance.now();
  for (let tick = 1; tick <= 250; tick += 1) {
    for (const variant of variants) acks.push(timed(() => log.append(update(variant))));
    await sleep(Math.max(0, startedMs + tick * 16 - performance.now()));
  }
  const times = await Promise.all(acks);
  await log.close();
  return times.sort((a, b) => a - b);
}

async function commitTime(storage: Storage): Promise<number> {
  const [project] = await storage.listProjects(null, 1);
  const times: number[] = [];
  for (let turn = 0; turn < 20; turn += 1) {
    const files = new Map([...templateFiles, ["/src/App.tsx", randomBytes(6_000).toString("base64")]]);
    const commit = { ...firstCommit(project?.id as ProjectId), id: `commit-${turn}` as CommitId, files };
    times.push(await timed(() => storage.writeCommit(commit, null)));
  }
  return quantile(
    times.sort((a, b) => a - b),
    0.5,
  );
}

async function threeVariants(storage: Storage): Promise<VariantId[]> {
  const projectId = "project-bench" as ProjectId;
  const commit = firstCommit(projectId);
  const ids = ["variant-a", "variant-b", "variant-c"] as VariantId[];
  const variants = ids.map((id, position) => ({
    id,
    projectId,
    letter: "ABC"[position] ?? "",
    name: "",
    setNumber: 1,
    position,
    parentId: null,
    baseCommitId: commit.id,
    keptAt: null,
    deletedAt: null,
    createdAt: Date.now(),
  }));
  await storage.createProject(
    { id: projectId, title: "Bench", createdAt: Date.now(), ownerId: "bench" },
    commit,
    variants,
  );
  return ids;
}

function firstCommit(projectId: ProjectId) {
  return {
    id: "commit-first" as CommitId,
    projectId,
    parentId: null,
    turnId: null,
    authorKind: "system" as const,
    files: templateFiles,
    createdAt: Date.now(),
  };
}

function update(variantId: VariantId) {
  return { variantId, author: "model:bench", data: new Uint8Array(randomBytes(UPDATE_BYTES)) };
}

async function openAndClose(folder: string, templateFolder: string): Promise<void> {
  await (await open(folder, templateFolder)).close();
}

function open(folder: string, templateFolder: string): Promise<Storage> {
  return openStorage({ databaseUrl: null, folder, templateFolder });
}

/** Milliseconds, to a tenth. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return Math.round((performance.now() - startedMs) * 10) / 10;
}

function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
