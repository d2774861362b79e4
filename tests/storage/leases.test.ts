/** Leases on both engines: one holder at a time, an epoch per holder, and no write of an older one. */
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStorage } from "#lib/storage/open.ts";
import type { Storage } from "#lib/storage/types.ts";
import { type PostgresServer, startPostgresServer } from "./postgres-server.ts";
import { MIGRATIONS, newTurn, openEmbedded, seedProject, temporaryFolder, update } from "./support.ts";

const LONG_MS = 60_000;
const GONE_MS = -1;

describe.each(["pglite", "postgres"] as const)("leases on %s", (engine) => {
  let folder = "";
  let server: PostgresServer | null = null;
  let storage: Storage;
  beforeAll(async () => {
    folder = await temporaryFolder();
    if (engine === "pglite") storage = await openEmbedded(folder);
    else {
      server = await startPostgresServer();
      storage = await openStorage({
        databaseUrl: await server.database(),
        folder,
        migrationsFolder: MIGRATIONS,
      });
    }
  });
  afterAll(async () => {
    await storage?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test("of many who ask at once exactly one holds a variant, and the next holder has the next epoch", async () => {
    const { a } = await seedProject(storage);
    const owners = Array.from({ length: 8 }, (_, index) => `process-${index}`);
    const granted = await Promise.all(owners.map((owner) => storage.holdLease(a.id, owner, LONG_MS)));
    expect(granted.filter((epoch) => epoch !== null)).toEqual([1]);
    const holder = owners[granted.indexOf(1)] ?? "";
    expect(await storage.leaseOwner(a.id)).toBe(holder);
    await storage.releaseLease(a.id, holder);
    expect(await storage.leaseOwner(a.id)).toBeNull();
    expect(await storage.holdLease(a.id, "another", LONG_MS)).toBe(2);
    expect(await storage.renewLeases(holder, [a.id], LONG_MS)).toEqual([]);
    expect(await storage.renewLeases("another", [a.id], LONG_MS)).toEqual([a.id]);
  });

  test("who was away and finds nobody in its place keeps its epoch", async () => {
    const { a } = await seedProject(storage);
    expect(await storage.holdLease(a.id, "one", GONE_MS)).toBe(1);
    expect(await storage.renewLeases("one", [a.id], LONG_MS)).toEqual([a.id]);
    expect(await storage.holdLease(a.id, "one", LONG_MS)).toBe(1);
  });

  test("what a turn writes after its variant was taken over is refused; people's edits are not", async () => {
    const { a } = await seedProject(storage);
    const epoch = await storage.holdLease(a.id, "one", GONE_MS);
    await storage.appendUpdates([{ ...update(a.id, "before", "model"), epoch }]);
    await storage.holdLease(a.id, "two", LONG_MS);
    const late = storage.appendUpdates([{ ...update(a.id, "late", "model"), epoch }]);
    await expect(late).rejects.toMatchObject({ code: "fenced" });
    await storage.appendUpdates([update(a.id, "a person's")]);
    const { updates } = await storage.loadDocument(a.id);
    expect(updates.map((bytes) => new TextDecoder().decode(bytes))).toEqual(["before", "a person's"]);
  });

  test("a turn whose process is gone is cut once, its late end changes nothing, and its process is fenced", async () => {
    const { project, a, b } = await seedProject(storage);
    await storage.cutAbandonedTurns("clean up", 1);
    const [lost, alive] = [newTurn(a.id), newTurn(b.id)];
    const epoch = await storage.holdLease(a.id, "gone", GONE_MS);
    await storage.holdLease(b.id, "here", LONG_MS);
    for (const turn of [lost, alive]) await storage.startTurn(turn);
    const told = await Promise.all([1, 2, 3].map((now) => storage.cutAbandonedTurns("gone", now)));
    expect(told.flat()).toEqual([{ id: lost.id, variantId: a.id, projectId: project.id }]);
    await storage.endTurn({ ...lost, state: "done", endedAt: 9 }, "late");
    const states = (await storage.listTurns(project.id)).map(({ id, state }) => [id, state]);
    expect(new Map(states as [string, string][])).toEqual(
      new Map([
        [lost.id, "cut"],
        [alive.id, "running"],
      ]),
    );
    const late = storage.appendUpdates([{ ...update(a.id, "late", "model"), epoch }]);
    await expect(late).rejects.toMatchObject({ code: "fenced" });
  });

  test("of two processes that open a new document at once one seeds it", async () => {
    const { a } = await seedProject(storage);
    const seed = new TextEncoder().encode("seed");
    const seeded = await Promise.all([1, 2, 3].map(() => storage.seedDocument(a.id, seed)));
    expect(seeded.filter(Boolean)).toHaveLength(1);
    await storage.appendUpdates([update(a.id, "next")]);
    expect((await storage.loadDocument(a.id)).updates).toHaveLength(2);
    expect((await storage.loadDocument(a.id, 1)).updates).toHaveLength(1);
    await storage.compact(a.id, 2, seed);
    expect(await storage.loadDocument(a.id, 1)).toMatchObject({ state: seed, updates: [], seq: 2 });
    expect(await storage.loadDocument(a.id, 2)).toMatchObject({ state: null, updates: [], seq: 2 });
  });
});
