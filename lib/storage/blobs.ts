/** Content-addressed bytes: a blob's name is the SHA-256 of its content, so the same content is stored once. */
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { deflateRaw, inflateRaw } from "node:zlib";
import { and, gt, inArray, sql } from "drizzle-orm";
import type { Database } from "./engine.ts";
import { blobs } from "./schema.ts";
import { StorageFailure } from "./types.ts";

export type BlobRow = typeof blobs.$inferInsert;

export function hashOf(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** What was stored longer ago is stored anew: a sweep takes nothing that is younger than a day, so none comes between. */
const FRESH_MS = 12 * 3_600_000;

/**
 * The rows that `texts` (hash → text) still need. Hashing and deflating happen here, before a transaction is open:
 * PGlite has one connection, and zlib's threads would keep it waiting.
 */
export async function missingBlobs(db: Database, texts: ReadonlyMap<string, string>): Promise<BlobRow[]> {
  const hashes = [...texts.keys()];
  const storedAt = Date.now();
  const known = await db
    .select({ hash: blobs.hash })
    .from(blobs)
    .where(and(inArray(blobs.hash, hashes), gt(blobs.storedAt, storedAt - FRESH_MS)));
  const present = new Set(known.map((row) => row.hash));
  // Sorted, so that two processes that write the same blobs lock them in the same order.
  const missing = [...texts].filter(([hash]) => !present.has(hash)).sort(([a], [b]) => (a < b ? -1 : 1));
  return Promise.all(missing.map(async ([hash, text]) => ({ ...(await encode(hash, text)), storedAt })));
}

export async function writeBlobs(db: Database, rows: BlobRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(blobs)
    .values(rows)
    .onConflictDoUpdate({ target: blobs.hash, set: { storedAt: sql`excluded.stored_at` } });
}

/** Texts by hash. Throws `StorageFailure` "failed" when one is missing or its bytes are not what its name says. */
export async function readBlobs(db: Database, hashes: string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(hashes)];
  if (wanted.length === 0) return new Map();
  const rows = await db.select().from(blobs).where(inArray(blobs.hash, wanted));
  const texts = new Map(await Promise.all(rows.map(async (row) => [row.hash, await decode(row)] as const)));
  const lost = wanted.find((hash) => !texts.has(hash));
  if (lost !== undefined) throw new StorageFailure("failed", `Stored content ${lost} is missing.`);
  return texts;
}

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

async function encode(hash: string, text: string): Promise<BlobRow> {
  const raw = Buffer.from(text, "utf8");
  const deflated = await deflate(raw);
  return deflated.length < raw.length
    ? { hash, size: raw.length, encoding: "deflate", data: deflated }
    : { hash, size: raw.length, encoding: "raw", data: raw };
}

async function decode(row: typeof blobs.$inferSelect): Promise<string> {
  const raw = row.encoding === "deflate" ? await inflated(row.hash, row.data) : Buffer.from(row.data);
  if (createHash("sha256").update(raw).digest("hex") !== row.hash) throw damaged(row.hash);
  return raw.toString("utf8");
}

async function inflated(hash: string, data: Uint8Array): Promise<Buffer> {
  try {
    return await inflate(data);
  } catch (error) {
    throw damaged(hash, error);
  }
}

function damaged(hash: string, cause?: unknown): StorageFailure {
  return new StorageFailure(
    "failed",
    `Stored content ${hash} is damaged: its bytes do not match its name.`,
    cause,
  );
}
