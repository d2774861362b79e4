/** The one storage of this process. Next evaluates its own copy of every module, so it hangs on `globalThis`. */
import type { Storage } from "./types.ts";

const KEY = Symbol.for("triptych.storage");
const shared: typeof globalThis & { [KEY]?: Storage | null } = globalThis;

/** Throws when `server.ts` has not opened one, as during `next build`, which must never touch a database. */
export function currentStorage(): Storage {
  const storage = shared[KEY];
  if (!storage)
    throw new Error("No storage is open: the server sets it with setCurrentStorage before it listens.");
  return storage;
}

export function setCurrentStorage(storage: Storage | null): void {
  shared[KEY] = storage;
}
