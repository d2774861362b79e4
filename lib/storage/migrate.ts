/** Brings a database to the schema of this program: the same folder of migrations on both engines. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { max } from "drizzle-orm";
import { bigint, pgSchema } from "drizzle-orm/pg-core";
import type { Database } from "./engine.ts";
import { root } from "./failure.ts";
import { StorageFailure } from "./types.ts";

/**
 * Runs `migrate`, Drizzle's migrator of the engine, when the database is behind; each run is one transaction.
 * Throws `StorageFailure` "newer-schema" when the database is ahead, without touching it.
 */
export async function bringUpToDate(
  db: Database,
  migrationsFolder: string,
  migrate: () => Promise<void>,
): Promise<void> {
  const known = await newestKnown(migrationsFolder);
  const applied = await newestApplied(db);
  if (applied > known) throw newerSchema(applied, known);
  if (applied < known) await migrate();
}

// Drizzle's own table; `created_at` is when the migration was generated, the order it goes by.
const migrations = pgSchema("drizzle").table("__drizzle_migrations", {
  createdAt: bigint("created_at", { mode: "number" }),
});

async function newestApplied(db: Database): Promise<number> {
  try {
    const [row] = await db.select({ newest: max(migrations.createdAt) }).from(migrations);
    return row?.newest ?? 0;
  } catch (error) {
    // No such table: an empty database.
    if (root(error).code === "42P01") return 0;
    throw error;
  }
}

async function newestKnown(migrationsFolder: string): Promise<number> {
  try {
    const journal: { entries: { when: number }[] } = JSON.parse(
      await readFile(join(migrationsFolder, "meta", "_journal.json"), "utf8"),
    );
    return Math.max(0, ...journal.entries.map((entry) => entry.when));
  } catch (error) {
    throw new StorageFailure("failed", `No migrations can be read in "${migrationsFolder}": ${error}`, error);
  }
}

function newerSchema(applied: number, known: number): StorageFailure {
  return new StorageFailure(
    "newer-schema",
    `The database was written by a newer Triptych (its schema is of ${day(applied)}, this program's of ${day(known)}). ` +
      "Nothing was changed. Start the newer version, or give this one another TRIPTYCH_DATA or DATABASE_URL.",
  );
}

function day(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 16).replace("T", " ");
}
