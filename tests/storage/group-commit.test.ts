import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { VariantId } from "#lib/project/ids.ts";
import { groupCommit } from "#lib/storage/group-commit.ts";
import { type LoggedUpdate, StorageFailure } from "#lib/storage/types.ts";
import { update } from "./support.ts";

const A = "variant-a" as VariantId;
const B = "variant-b" as VariantId;

/** A log in memory whose transactions end when the test says so, or at once. */
function memoryLog() {
  const batches: LoggedUpdate[][] = [];
  const counts = new Map<string, number>();
  let gate: Promise<void> = Promise.resolve();
  const log = {
    batches,
    failures: [] as StorageFailure[],
    missing: null as VariantId | null,
    running: 0,
    mostRunning: 0,
    hold(): () => void {
      let open = () => {};
      gate = new Promise((done) => {
        open = done;
      });
      return open;
    },
    async appendUpdates(updates: LoggedUpdate[]): Promise<number[]> {
      batches.push(updates);
      log.running += 1;
      log.mostRunning = Math.max(log.mostRunning, log.running);
      await gate;
      log.running -= 1;
      const failure = log.failures.shift();
      if (failure) throw failure;
      if (updates.some((each) => each.variantId === log.missing))
        throw new StorageFailure("failed", "no such variant");
      return updates.map(({ variantId }) => {
        const seq = (counts.get(variantId) ?? 0) + 1;
        counts.set(variantId, seq);
        return seq;
      });
    },
  };
  return log;
}

describe("group commit", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("rows of 20 ms make one transaction, and each learns its number", async () => {
    const log = memoryLog();
    const { append } = groupCommit(log);
    const first = append(update(A, "1"));
    await vi.advanceTimersByTimeAsync(19);
    const answers = [first, append(update(B, "2")), append(update(A, "3"))];
    expect(log.batches).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(log.batches.map((batch) => batch.length)).toEqual([3]);
    expect(await Promise.all(answers)).toEqual([1, 1, 2]);
  });

  test("a model's rows wait for 100 ms, and a person's row takes them along after 20", async () => {
    const log = memoryLog();
    const { append } = groupCommit(log);
    const model = { ...update(A, "1"), author: "model" };
    const first = append(model);
    await vi.advanceTimersByTimeAsync(99);
    expect(log.batches).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await first).toBe(1);
    const both = [append(model), append(update(A, "2"))];
    await vi.advanceTimersByTimeAsync(20);
    expect(await Promise.all(both)).toEqual([2, 3]);
    const later = [append(update(A, "3")), append(model)];
    await vi.advanceTimersByTimeAsync(20);
    expect(await Promise.all(later)).toEqual([4, 5]);
    expect(log.batches).toHaveLength(3);
  });

  test("a later row does not lengthen the window", async () => {
    const log = memoryLog();
    const { append } = groupCommit(log);
    for (let ms = 0; ms < 20; ms += 5) {
      void append(update(A, `${ms}`));
      await vi.advanceTimersByTimeAsync(5);
    }
    expect(log.batches.map((batch) => batch.length)).toEqual([4]);
  });

  test("200 rows or 64 KB close it at once", async () => {
    const rows = memoryLog();
    const byRows = groupCommit(rows);
    for (let row = 0; row < 200; row += 1) void byRows.append(update(A, "x"));
    expect(rows.batches.map((batch) => batch.length)).toEqual([200]);
    const bytes = memoryLog();
    const byBytes = groupCommit(bytes);
    for (let row = 0; row < 4; row += 1) void byBytes.append(update(A, "x".repeat(16 * 1024)));
    expect(bytes.batches.map((batch) => batch.length)).toEqual([4]);
    await vi.runAllTimersAsync();
  });

  test("a row larger than the window goes alone", async () => {
    const log = memoryLog();
    const { append } = groupCommit(log);
    const small = append(update(A, "x"));
    const large = append(update(A, "x".repeat(100 * 1024)));
    await vi.runAllTimersAsync();
    expect(await Promise.all([small, large])).toEqual([1, 2]);
    expect(log.batches.map((batch) => batch.length)).toEqual([1, 1]);
  });

  test("nothing is answered before its transaction has ended", async () => {
    const log = memoryLog();
    const open = log.hold();
    const { append } = groupCommit(log);
    let answered = false;
    const answer = append(update(A, "1")).then(() => {
      answered = true;
    });
    await vi.advanceTimersByTimeAsync(1000);
    expect(log.batches).toHaveLength(1);
    expect(answered).toBe(false);
    open();
    await answer;
    expect(answered).toBe(true);
  });

  test("one transaction at a time: what comes meanwhile waits, in order", async () => {
    const log = memoryLog();
    const open = log.hold();
    const { append } = groupCommit(log);
    const answers = [append(update(A, "1"))];
    await vi.advanceTimersByTimeAsync(20);
    for (let row = 2; row <= 500; row += 1) answers.push(append(update(A, `${row}`)));
    await vi.advanceTimersByTimeAsync(100);
    expect(log.batches).toHaveLength(1);
    open();
    await vi.advanceTimersByTimeAsync(0);
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
    expect(log.batches.map((batch) => batch.length)).toEqual([1, 200, 200, 99]);
    expect(log.mostRunning).toBe(1);
  });

  test("a window that is still open when a transaction ends is left its 20 ms", async () => {
    const log = memoryLog();
    const open = log.hold();
    const { append } = groupCommit(log);
    void append(update(A, "1"));
    await vi.advanceTimersByTimeAsync(20);
    void append(update(A, "2"));
    await vi.advanceTimersByTimeAsync(5);
    open();
    await vi.advanceTimersByTimeAsync(14);
    expect(log.batches).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(log.batches).toHaveLength(2);
  });

  test("a failed transaction rejects each of its rows, and the next one is written", async () => {
    const log = memoryLog();
    log.failures.push(new StorageFailure("unreachable", "gone"));
    const { append } = groupCommit(log);
    const answers = Promise.allSettled([append(update(A, "1")), append(update(B, "2"))]);
    await vi.advanceTimersByTimeAsync(20);
    expect((await answers).map((answer) => answer.status)).toEqual(["rejected", "rejected"]);
    expect(log.batches).toHaveLength(1);
    const next = append(update(A, "3"));
    await vi.advanceTimersByTimeAsync(20);
    expect(await next).toBe(1);
  });

  test("a variant that was deleted does not cost the others their rows", async () => {
    const log = memoryLog();
    log.missing = B;
    const { append } = groupCommit(log);
    const answers = Promise.allSettled([
      append(update(A, "1")),
      append(update(B, "2")),
      append(update(A, "3")),
    ]);
    await vi.advanceTimersByTimeAsync(20);
    expect(await answers).toMatchObject([
      { status: "fulfilled", value: 1 },
      { status: "rejected", reason: { code: "failed" } },
      { status: "fulfilled", value: 2 },
    ]);
  });

  test("flush writes what waits now and does not throw", async () => {
    const log = memoryLog();
    const { append, flush } = groupCommit(log);
    const answer = append(update(A, "1"));
    await flush();
    expect(await answer).toBe(1);
    log.failures.push(new StorageFailure("failed", "no"));
    const refused = append(update(A, "2"));
    const outcome = refused.catch((error) => error);
    await flush();
    expect(await outcome).toMatchObject({ code: "failed" });
    await flush();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("close writes what waits and refuses what comes later", async () => {
    const log = memoryLog();
    const open = log.hold();
    const { append, close } = groupCommit(log);
    const first = append(update(A, "1"));
    await vi.advanceTimersByTimeAsync(20);
    const second = append(update(A, "2"));
    const closing = close();
    await expect(append(update(A, "3"))).rejects.toMatchObject({ code: "failed" });
    open();
    await closing;
    expect(await Promise.all([first, second])).toEqual([1, 2]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
