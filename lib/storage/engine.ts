/** What an engine hands to the queries: one Drizzle database, whichever driver is below it. */
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type { Storage } from "./types.ts";

export type Database = PgDatabase<PgQueryResultHKT>;

export type Engine = {
  name: Storage["engine"];
  db: Database;
  /** Called before each write; throws `StorageFailure` "read-only" when the write would not fit. */
  assertWritable(): Promise<void>;
  /** Called after log rows were deleted; an engine without its own vacuum gives their room back here. */
  rowsDeleted(count: number): Promise<void>;
  close(): Promise<void>;
};
