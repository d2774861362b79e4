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

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
