/** Opens the storage of this process: Postgres when there is a URL, else the embedded engine in the data folder. */
import { join } from "node:path";
import { databaseStorage } from "./database-storage.ts";
import { freeBytes as diskFreeBytes, type FreeBytes } from "./disk-space.ts";
import type { Engine } from "./engine.ts";
import { asFailure } from "./failure.ts";
import { openPglite } from "./pglite-engine.ts";
import type { PostgresOptions } from "./postgres-engine.ts";
import type { Storage } from "./types.ts";

export type OpenOptions = {
  databaseUrl: string | null;
  /** The data folder; the embedded database is its `db`. */
  folder: string;
  /** Default: `drizzle` in the current folder. */
  migrationsFolder?: string;
  /** An empty cluster made by `makeTemplate`; used for a new data folder if it is there. Default: `dist/database`. */
  templateFolder?: string;
  /** How much room the disk of the data folder has; tests give their own. */
  freeBytes?: FreeBytes;
};

/** Applies missing migrations. Throws `StorageFailure` with a sentence for the person who starts the server. */
export async function openStorage(options: OpenOptions): Promise<Storage> {
  const {
    databaseUrl,
    folder,
    migrationsFolder = join(process.cwd(), "drizzle"),
    templateFolder = join(process.cwd(), "dist", "database"),
    freeBytes = diskFreeBytes,
  } = options;
  try {
    const engine = databaseUrl
      ? await postgres({ databaseUrl, migrationsFolder })
      : await openPglite({ folder, migrationsFolder, templateFolder, freeBytes });
    return databaseStorage(engine);
  } catch (error) {
    throw asFailure("The database cannot be opened", error);
  }
}

/** Its driver is loaded only then. */
async function postgres(options: PostgresOptions): Promise<Engine> {
  const { openPostgres } = await import("./postgres-engine.ts");
  return openPostgres(options);
}
