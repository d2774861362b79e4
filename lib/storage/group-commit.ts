/**
 * Many small appends, few transactions (live.md §5.2). The first row opens a window; it closes after 20 ms, or at once
 * at 64 KB or 200 rows; then one transaction writes it and every append learns its number. Nobody waits for a model's row: alone, it
 * holds the window open for 100 ms.
 *
 * 1. An append resolves only after its transaction has ended: whoever acknowledges after it never lies.
 * 2. One transaction at a time, rows in the order they came. While one runs, the next window stays open.
 */
import type { LoggedUpdate, Storage } from "./types.ts";
import { StorageFailure } from "./types.ts";

export type GroupCommit = {
  /** Resolves with the update's number when it is durable; rejects with the `StorageFailure` of its transaction. */
  append(update: LoggedUpdate): Promise<number>;
  /** Writes what waits, now. Resolves when every append made before this call has been answered; never rejects. */
  flush(): Promise<void>;
  /** Flushes; appends made later are refused. */
  close(): Promise<void>;
};

export type GroupCommitOptions = {
  windowMs?: number;
  modelWindowMs?: number;
  limitBytes?: number;
  limitRows?: number;
};

type Waiting = { update: LoggedUpdate; resolve: (seq: number) => void; reject: (error: unknown) => void };

export function groupCommit(
  storage: Pick<Storage, "appendUpdates">,
  { windowMs = 20, modelWindowMs = 100, limitBytes = 64 * 1024, limitRows = 200 }: GroupCommitOptions = {},
): GroupCommit {
  let waiting: Waiting[] = [];
  let waitingBytes = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** Only a model's rows wait. */
  let patient = true;
  /** The window has closed while a transaction ran: the next one starts as soon as that has ended. */
  let due = false;
  let writing: Promise<void> | null = null;
  let newest: Promise<unknown> = Promise.resolve();
  let closed = false;

  return { append, flush, close };

  function append(update: LoggedUpdate): Promise<number> {
    if (closed)
      return Promise.reject(new StorageFailure("failed", "The log is closed: the server is stopping."));
    const answer = new Promise<number>((resolve, reject) => {
      waiting.push({ update, resolve, reject });
    });
    newest = answer.catch(() => {}); // The caller has the rejection; `flush` only waits for it.
    waitingBytes += update.data.length;
    if (isFull()) closeWindow();
    else if (!due) openWindow(update.author === "model");
    return answer;
  }

  function openWindow(isModel: boolean): void {
    if (timer && (isModel || !patient)) return;
    if (timer) clearTimeout(timer);
    patient = isModel;
    timer = setTimeout(closeWindow, isModel ? modelWindowMs : windowMs);
  }

  async function flush(): Promise<void> {
    closeWindow();
    await newest;
    await writing;
  }

  async function close(): Promise<void> {
    closed = true;
    await flush();
  }

  function isFull(): boolean {
    return waiting.length >= limitRows || waitingBytes >= limitBytes;
  }

  function closeWindow(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    due = waiting.length > 0;
    if (!due || writing) return;
    const batch = takeBatch();
    due = waiting.length > 0;
    writing = write(batch).then(() => {
      writing = null;
      if (due) closeWindow();
    });
  }

  /** The oldest rows within the limits, at least one. */
  function takeBatch(): Waiting[] {
    let bytes = 0;
    const tooMany = waiting.findIndex((row, index) => {
      bytes += row.update.data.length;
      return index > 0 && (index >= limitRows || bytes > limitBytes);
    });
    const batch = tooMany === -1 ? waiting : waiting.slice(0, tooMany);
    waiting = waiting.slice(batch.length);
    waitingBytes = waiting.reduce((sum, row) => sum + row.update.data.length, 0);
    return batch;
  }

  async function write(batch: Waiting[]): Promise<void> {
    try {
      const numbers = await storage.appendUpdates(batch.map((row) => row.update));
      batch.forEach((row, index) => {
        row.resolve(numbers[index] ?? 0);
      });
    } catch (error) {
      await rejectOrSplit(batch, error);
    }
  }

  /**
   * A variant that was deleted meanwhile, or a turn that another process took over, must not cost the others their rows: each
   * variant is tried by itself, and in it people's rows apart from the model's.
   */
  async function rejectOrSplit(batch: Waiting[], error: unknown): Promise<void> {
    const groups = new Map<string, Waiting[]>();
    for (const row of batch) {
      const key = `${row.update.variantId} ${row.update.epoch ?? ""}`;
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    if (groups.size > 1 && isOfSome(error)) for (const rows of groups.values()) await write(rows);
    else for (const row of batch) row.reject(error);
  }
}

/** By code, not by class: Next's copy of this module has another class (house style, §3.7). */
function isOfSome(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : "";
  return code === "failed" || code === "fenced";
}
