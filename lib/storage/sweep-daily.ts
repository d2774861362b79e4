/** Tidies the history once a day, long after the start: nobody waits for it. */
import type { Storage } from "./types.ts";

const FIRST_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;

/** Returns how to stop. Several processes may do it at once: what one has deleted is not there for the other. */
export function sweepDaily(
  storage: Pick<Storage, "sweep">,
  onError: (what: string, error: unknown) => void = (what, error) => console.error(`${what} failed:`, error),
): () => void {
  let timer = setTimeout(run, FIRST_MS);
  timer.unref();
  function run(): void {
    storage.sweep(Date.now() - DAY_MS).catch((error: unknown) => onError("tidying the history", error));
    timer = setTimeout(run, DAY_MS);
    timer.unref();
  }
  return () => clearTimeout(timer);
}
