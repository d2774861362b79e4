/** The embedded engine: Postgres compiled to WebAssembly, in this process, with its files in the data folder. */
import { cpSync, existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import { PGlite, types } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { assertRoom, type FreeBytes, watchRoom } from "./disk-space.ts";
import type { Engine } from "./engine.ts";
import { root } from "./failure.ts";
import { dropLeases } from "./leases.ts";
import { lockFolder } from "./lock.ts";
import { bringUpToDate } from "./migrate.ts";
import { StorageFailure } from "./types.ts";

/**
 * How much a WebAssembly function works before V8 makes fast code of it (its own: 1.8 million bytes of code run). A start of Postgres
 * reaches that in hundreds of functions that then rest: with 30 million a start of the server takes 2.4 s of CPU instead of 2.9, and
 * a thousand transactions later each costs the same (decision 2026-11-26-start).
 */
setFlagsFromString("--wasm-tiering-budget=30000000");

export type PgliteOptions = {
  folder: string;
  migrationsFolder: string;
  templateFolder: string;
  freeBytes: FreeBytes;
};

/** Throws `StorageFailure`: "locked", "read-only" (no such folder can be made or written, no room), "newer-schema". */
export async function openPglite(options: PgliteOptions): Promise<Engine> {
  const { folder, migrationsFolder, templateFolder, freeBytes } = options;
  const lock = await holdFolder(folder);
  let client: PGlite | null = null;
  try {
    await assertRoom(folder, freeBytes);
    const opened = await startCluster(join(folder, "db"), templateFolder);
    client = opened;
    const db = drizzle({ client: opened });
    await bringUpToDate(db, migrationsFolder, () => migrate(db, { migrationsFolder }));
    // The folder is ours alone: whoever held a lease is gone.
    await dropLeases(db);
    return {
      name: "pglite",
      db,
      assertWritable: watchRoom(folder, freeBytes),
      rowsDeleted: vacuuming(opened),
      close: closing(opened, lock.release),
    };
  } catch (error) {
    await client?.close();
    await lock.release();
    throw error;
  }
}

/**
 * Makes an empty cluster for `templateFolder`, once, in a build step. Opening a new data folder then takes 0.4–0.8 s
 * instead of 2.6–3.5 s (bench/storage.ts) and leaves the process 120 MB smaller. With `migrationsFolder` its tables are there too.
 */
export async function makeTemplate(templateFolder: string, migrationsFolder?: string): Promise<void> {
  const draft = `${templateFolder}.${process.pid}.new`;
  await mkdir(dirname(resolve(templateFolder)), { recursive: true });
  const client = await PGlite.create(settings(draft));
  if (migrationsFolder) await migrate(drizzle({ client }), { migrationsFolder });
  await dropOtherDatabases(client);
  await client.close();
  await rm(templateFolder, { recursive: true, force: true });
  await rename(draft, templateFolder);
}

/** Nobody makes a second database from Postgres' own two templates, and they are two thirds of the files that a first start copies. */
async function dropOtherDatabases(client: PGlite): Promise<void> {
  const others = "datname <> current_database()";
  await client.query(`update pg_database set datistemplate = false where ${others}`);
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(datname) as name from pg_database where ${others}`,
  );
  for (const { name } of rows) await client.query(`drop database ${name}`);
}

async function holdFolder(folder: string): Promise<{ release(): Promise<void> }> {
  try {
    await mkdir(folder, { recursive: true });
    return await lockFolder(folder);
  } catch (error) {
    if (error instanceof StorageFailure) throw error;
    throw new StorageFailure(
      "read-only",
      `The data folder "${folder}" cannot be made or written (${root(error).message}). ` +
        "Set TRIPTYCH_DATA to a folder that can, or DATABASE_URL to use Postgres.",
      error,
    );
  }
}

/** A cluster whose making was cut short holds nothing anyone was promised, so the next start makes it anew. */
async function startCluster(cluster: string, templateFolder: string): Promise<PGlite> {
  const making = `${cluster}.making`;
  if (existsSync(making)) await rm(cluster, { recursive: true, force: true });
  if (existsSync(join(cluster, "PG_VERSION"))) return PGlite.create(settings(cluster));
  await writeFile(making, "");
  if (existsSync(join(templateFolder, "PG_VERSION"))) copyFolder(templateFolder, cluster);
  const client = await PGlite.create(settings(cluster));
  await rm(making);
  return client;
}

/** At a start nothing else waits for this thread, and a thousand small files are three times as fast this way. */
function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
}

function settings(cluster: string) {
  return {
    dataDir: resolve(cluster),
    // 128 MB by default, and WebAssembly memory is never given back: 16 MB saves 100 MB of memory here.
    startParams: [...PGlite.defaultStartParams, "-c", "shared_buffers=16MB"],
    // Write-ahead log in pieces of 1 MB instead of 16: making a cluster takes half the time.
    initDbStartParams: ["--wal-segsize=1"],
    // Bytes travel as hexadecimal digits. PGlite's own way makes a string of each byte: 3 ms for 20 KB, this 0.05.
    serializers: { [types.BYTEA]: (data: Uint8Array) => `\\x${hexadecimal(data)}` },
    parsers: { [types.BYTEA]: (text: string) => Buffer.from(text.slice(2), "hex") },
  };
}

function hexadecimal(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex");
}

const VACUUM_ROWS = 2_000;

/** PGlite has no autovacuum: without this the log's table would grow for ever, although its rows are deleted. */
function vacuuming(client: PGlite): Engine["rowsDeleted"] {
  let deleted = 0;
  return async (count) => {
    deleted += count;
    if (deleted < VACUUM_ROWS) return;
    deleted = 0;
    await client.exec("vacuum doc_update, doc_state, variant, turn");
  };
}

function closing(client: PGlite, release: () => Promise<void>): () => Promise<void> {
  let closed: Promise<void> | null = null;
  return () => {
    closed ??= client.close().finally(release);
    return closed;
  };
}
