/** The engine for deployments: a Postgres that several processes may share. */
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import type { Engine } from "./engine.ts";
import { attempt, root } from "./failure.ts";
import { bringUpToDate } from "./migrate.ts";
import { StorageFailure } from "./types.ts";

export type PostgresOptions = { databaseUrl: string; migrationsFolder: string };

/** Throws `StorageFailure`: "unreachable" (with the host, never the password), "newer-schema". */
export async function openPostgres({ databaseUrl, migrationsFolder }: PostgresOptions): Promise<Engine> {
  const host = hostOf(databaseUrl);
  await migrateUnderLock(databaseUrl, migrationsFolder, host);
  const client = postgres(databaseUrl, { ...settings, max: 10 });
  return {
    name: "postgres",
    db: drizzle({ client }),
    assertWritable: async () => {}, // Its disk is its own matter; it says so when it is full.
    rowsDeleted: async () => {}, // Postgres vacuums by itself.
    close: () => client.end({ timeout: 5 }),
  };
}

const settings = { connect_timeout: 5, onnotice: () => {}, connection: { application_name: "triptych" } };

/** "trip": processes that start together migrate one after the other; the lock goes with its connection. */
const MIGRATION_LOCK = 0x74726970;

async function migrateUnderLock(databaseUrl: string, migrationsFolder: string, host: string): Promise<void> {
  const client = postgres(databaseUrl, { ...settings, max: 1 });
  try {
    await connect(client, host);
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    const db = drizzle({ client });
    await bringUpToDate(db, migrationsFolder, () => migrate(db, { migrationsFolder }));
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** A database that is just starting gets three seconds. */
async function connect(client: postgres.Sql, host: string): Promise<void> {
  try {
    await attempt("", () => client`select 1`, { forMs: 3_000, repeatable: true });
  } catch (error) {
    const reason = root(error instanceof StorageFailure ? error.cause : error).message;
    throw new StorageFailure(
      "unreachable",
      `Postgres at ${host} cannot be used (${reason}). Check DATABASE_URL, or unset it to use the embedded database.`,
      error,
    );
  }
}

function hostOf(databaseUrl: string): string {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : null;
  if (url?.protocol !== "postgres:" && url?.protocol !== "postgresql:") {
    // The address itself is not repeated: it may hold a password.
    throw new StorageFailure(
      "unreachable",
      "DATABASE_URL is not an address like postgres://user@host:5432/name.",
    );
  }
  return url.host || "localhost";
}
