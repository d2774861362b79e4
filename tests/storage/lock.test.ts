import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FolderLock, lockFolder } from "#lib/storage/lock.ts";
import { SHORT_LIFE, startChild } from "./child-process.ts";
import { openEmbedded, temporaryFolder } from "./support.ts";

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("one process", () => {
  test("a second lock is refused until the first is released", async () => {
    const first = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: "locked" });
    await first.release();
    await (await lockFolder(folder)).release();
  });

  test("of many openers at once exactly one gets the folder, also after a dead owner", async () => {
    for (let round = 0; round < 5; round += 1) {
      await leaveDeadOwner(folder, 40 + round);
      const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => lockFolder(folder)));
      const won = outcomes.filter((outcome) => outcome.status === "fulfilled");
      expect(won).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "locked" });
      }
      await Promise.all(
        won.map((outcome) => (outcome as PromiseFulfilledResult<FolderLock>).value.release()),
      );
    }
  });

  test("the pid of a dead owner may live again as another program", async () => {
    // This very process is alive, but nobody listens on that socket.
    await leaveDeadOwner(folder, 1, process.pid);
    await (await lockFolder(folder)).release();
  });

  test("a lock file that is not ours to read does not lock for ever", async () => {
    await writeFile(join(folder, "lock-1"), "{ not json");
    await (await lockFolder(folder)).release();
  });

  test("what dead owners left is cleaned up", async () => {
    for (const number of [1, 2, 3]) await leaveDeadOwner(folder, number);
    const lock = await lockFolder(folder);
    const names = await readdir(folder);
    expect(names.filter((name) => !name.endsWith(".sock"))).toEqual(["lock-4"]);
    expect(names).toHaveLength(2);
    await lock.release();
    expect((await readdir(folder)).filter((name) => name.endsWith(".sock"))).toEqual([]);
  });

  test("a folder with a long path is locked too", async () => {
    const long = join(folder, "a".repeat(100), "b".repeat(100));
    await mkdir(long, { recursive: true });
    const lock = await lockFolder(long);
    await expect(lockFolder(long)).rejects.toMatchObject({ code: "locked" });
    const { socket } = JSON.parse(await readFile(join(long, "lock-1"), "utf8"));
    expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(103);
    await lock.release();
  });
});

describe("two processes", () => {
  test("the second opener is told which process holds the folder and what to use instead", async () => {
    const child = startChild(["hold", folder], undefined, SHORT_LIFE);
    try {
      await child.line((line) => line === "open");
      const failure: Error = await openEmbedded(folder).then(
        () => new Error("opened twice"),
        (error) => error,
      );
      expect(failure).toMatchObject({ code: "locked" });
      expect(failure.message).toContain(`process ${child.pid},`);
      expect(failure.message).toContain("DATABASE_URL");
      expect(failure.message).toContain(folder);
    } finally {
      await child.kill("SIGKILL");
    }
  });

  test("a holder that does not answer, because it is stopped or busy, still holds", async () => {
    const child = startChild(["hold", folder], undefined, SHORT_LIFE);
    try {
      await child.line((line) => line === "open");
      process.kill(child.pid, "SIGSTOP");
      await expect(lockFolder(folder)).rejects.toMatchObject({ code: "locked" });
    } finally {
      await child.kill("SIGKILL");
    }
  });

  test("after SIGKILL the folder opens again at once", async () => {
    const child = startChild(["hold", folder], undefined, SHORT_LIFE);
    await child.line((line) => line === "open");
    await child.kill("SIGKILL");
    const storage = await openEmbedded(folder);
    expect(await storage.listProjects(null, 1)).toEqual([]);
    await storage.close();
  });

  test("of two processes that start together one opens and one is told", async () => {
    const children = [1, 2].map(() => startChild(["hold", folder], undefined, SHORT_LIFE));
    try {
      const lines = await Promise.all(children.map((child) => child.line(() => true)));
      expect(lines.filter((line) => line === "open")).toHaveLength(1);
      expect(lines.filter((line) => line.includes('"locked"'))).toHaveLength(1);
    } finally {
      await Promise.all(children.map((child) => child.kill("SIGKILL")));
    }
  });
});

/** A lock file as SIGKILL leaves it: with a socket that nobody listens on. */
async function leaveDeadOwner(where: string, number: number, pid = 999_999): Promise<void> {
  const socket = join(where, `dead-${number}.sock`);
  await writeFile(socket, "");
  await writeFile(
    join(where, `lock-${number}`),
    JSON.stringify({ pid, startedAt: "2026-11-24T01:00:00.000Z", socket }),
  );
}
