/** Keeps the embedded database away from a full disk. */
import { statfs } from "node:fs/promises";
import { StorageFailure } from "./types.ts";

/**
 * PGlite reports the first write that finds no room and then spins for ever in the next query, and the whole server
 * with it (seen with 0.5.16 on a full tmpfs). So writing stops while there is still room for what is under way.
 */
const KEEP_FREE_BYTES = 16 * 1024 * 1024;

export type FreeBytes = (folder: string) => Promise<number>;

/** Bytes that this user may still write where `folder` is; infinite where the file system does not say. */
export async function freeBytes(folder: string): Promise<number> {
  const { blocks, bavail, bsize } = await statfs(folder);
  return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
}

/** Throws `StorageFailure` "read-only" while the disk has less than `KEEP_FREE_BYTES`. */
export async function assertRoom(folder: string, measure: FreeBytes): Promise<void> {
  const free = await measure(folder);
  if (free >= KEEP_FREE_BYTES) return;
  throw new StorageFailure(
    "read-only",
    `The disk of "${folder}" is nearly full: ${megabytes(free)} MB are free and ${megabytes(KEEP_FREE_BYTES)} MB are needed. ` +
      "Make room there.",
  );
}

/** So much is not written in the time that it counts for. */
const PLENTY_BYTES = 1024 * 1024 * 1024;
const PLENTY_MS = 1_000;

/** As `assertRoom`, for before each write: where there was plenty of room a moment ago the disk is not asked again. */
export function watchRoom(folder: string, measure: FreeBytes): () => Promise<void> {
  let plentyUntil = 0;
  return async () => {
    if (performance.now() < plentyUntil) return;
    await assertRoom(folder, async (of) => {
      const free = await measure(of);
      if (free >= PLENTY_BYTES) plentyUntil = performance.now() + PLENTY_MS;
      return free;
    });
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
