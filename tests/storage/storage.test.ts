/** The contract of lib/storage/types.ts, on the embedded engine and on a real Postgres. */
import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { PGlite } from "@electric-sql/pglite";
import fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Files } from "#lib/project/files.ts";
import type { CheckpointId, CommitId, ProjectId, ShareId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { StoredPlan } from "#lib/project/plan.ts";
import type { Checkpoint } from "#lib/project/rows.ts";
import { templateFiles } from "#lib/project/template.ts";
import { openStorage } from "#lib/storage/open.ts";
import type { Storage } from "#lib/storage/types.ts";
import { type PostgresServer, startPostgresServer } from "./postgres-server.ts";
import {
  MIGRATIONS,
  newCommit,
  newId,
  newProject,
  newShare,
  newTurn,
  newVariant,
  openEmbedded,
  seedProject,
  temporaryFolder,
  update,
} from "./support.ts";

type Opened = {
  storage: Storage;
  reopen(): Promise<Storage>;
  rows(table: string): Promise<number>;
  end(): Promise<void>;
};

async function openPglite(): Promise<Opened> {
  const folder = await temporaryFolder();
  const opened: Opened = {
    storage: await openEmbedded(folder),
    reopen: async () => {
      await opened.storage.close();
      opened.storage = await openEmbedded(folder);
      return opened.storage;
    },
    // The folder's own lock is ours to respect: close, count, open again.
    rows: async (table) => {
      await opened.storage.close();
      const client = await PGlite.create(`${folder}/db`);
      const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${table}`);
      await client.close();
      opened.storage = await openEmbedded(folder);
      return rows[0]?.count ?? -1;
    },
    end: async () => {
      await opened.storage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return opened;
}

async function openPostgres(): Promise<Opened> {
  const server: PostgresServer = await startPostgresServer();
  const databaseUrl = await server.database();
  const open = () => openStorage({ databaseUrl, folder: "/nowhere", migrationsFolder: MIGRATIONS });
  const opened: Opened = {
    storage: await open(),
    reopen: async () => {
      await opened.storage.close();
      opened.storage = await open();
      return opened.storage;
    },
    rows: async (table) => {
      const client = postgres(databaseUrl, { max: 1 });
      const rows = await client<{ count: number }[]>`select count(*)::int as count from ${client(table)}`;
      await client.end();
      return rows[0]?.count ?? -1;
    },
    end: async () => {
      await opened.storage.close();
      await server.stop();
    },
  };
  return opened;
}

describe.each([
  { engine: "pglite" as const, open: openPglite },
  { engine: "postgres" as const, open: openPostgres },
])("storage on $engine", ({ engine, open }) => {
  let opened: Opened;
  let storage: Storage;

  beforeAll(async () => {
    opened = await open();
    storage = opened.storage;
  });
  afterAll(() => opened?.end());

  test("says which engine it is", () => {
    expect(storage.engine).toBe(engine);
  });

  describe("projects", () => {
    test("a new project has its variants at its first commit, and its files", async () => {
      const project = newProject({ title: "Bäckerei “Süß” 🥐", createdAt: 1795485207087.5 });
      const commit = newCommit(project.id, { files: templateFiles });
      const variant = newVariant(project.id, commit.id, { name: "Warm", createdAt: 1795485207088 });
      await storage.createProject(project, commit, [variant]);
      expect(await storage.getProject(project.id)).toEqual({
        id: project.id,
        title: project.title,
        createdAt: project.createdAt,
        network: null,
      });
      expect(await storage.listVariants(project.id)).toEqual([{ ...variant, headCommitId: commit.id }]);
      expect(await storage.readCommit(commit.id)).toEqual(templateFiles);
      expect(await storage.commitProject(commit.id)).toBe(project.id);
    });

    test("a project whose id is taken is refused, and nothing of it is written", async () => {
      const { project } = await seedProject(storage);
      const commit = newCommit(project.id);
      const variant = newVariant(project.id, commit.id);
      await expect(storage.createProject(project, commit, [variant])).rejects.toMatchObject({
        code: "failed",
      });
      expect(await storage.readCommit(commit.id)).toBeNull();
      expect(await storage.getVariant(variant.id)).toBeNull();
    });

    test("unknown ids are null, not errors", async () => {
      expect(await storage.getProject("unknown-project" as ProjectId)).toBeNull();
      expect(await storage.getVariant("unknown-variant" as VariantId)).toBeNull();
      expect(await storage.changeVariant("unknown-variant" as VariantId, { name: "x" })).toBeNull();
      expect(await storage.readCommit("unknown-commit" as CommitId)).toBeNull();
      expect(await storage.commitParent("unknown-commit" as CommitId)).toBeNull();
      expect(await storage.commitProject("unknown-commit" as CommitId)).toBeNull();
      expect(await storage.readTurnOutput("unknown-turn" as TurnId)).toBeNull();
      expect(await storage.getShare("unknown-share" as ShareId)).toBeNull();
      expect(await storage.loadDocument("unknown-variant" as VariantId)).toEqual({
        state: null,
        updates: [],
        seq: 0,
      });
      expect(await storage.listVariants("unknown-project" as ProjectId)).toEqual([]);
    });

    test("the list is newest first, by owner, with letters, turns, first prompt and last change", async () => {
      const ownerId = newId<string>("owner");
      const old = await seedProject(storage, { ownerId, createdAt: 10, title: "Old" });
      const young = await seedProject(storage, { ownerId, createdAt: 20, title: "Young" });
      await seedProject(storage, { ownerId: newId("owner"), createdAt: 30 });
      await storage.addVariants([
        newVariant(old.project.id, old.commit.id, { setNumber: 2, position: 1, letter: "B" }),
        newVariant(old.project.id, old.commit.id, { setNumber: 2, position: 0, letter: "A" }),
      ]);
      const first = newTurn(old.a.id, { prompt: "A bakery", startedAt: 11 });
      await storage.startTurn(newTurn(old.b.id, { prompt: "darker", startedAt: 15 }));
      await storage.startTurn(first);
      await storage.endTurn({ ...first, state: "done", endedAt: 17.25 }, "text");
      expect(await storage.listProjects(ownerId, 10)).toEqual([
        {
          id: young.project.id,
          title: "Young",
          ownerId,
          createdAt: 20,
          letters: ["A", "B", "C"],
          heads: [young.commit.id, young.commit.id, young.commit.id],
          turns: 0,
          prompt: "",
          updatedAt: 20,
        },
        {
          id: old.project.id,
          title: "Old",
          ownerId,
          createdAt: 10,
          letters: ["A", "B"],
          heads: [old.commit.id, old.commit.id],
          turns: 2,
          prompt: "A bakery",
          updatedAt: 17.25,
        },
      ]);
      expect((await storage.listProjects(ownerId, 1)).map((project) => project.title)).toEqual(["Young"]);
      expect((await storage.listProjects(null, 1000)).length).toBeGreaterThanOrEqual(3);
      expect(await storage.listProjects("nobody", 10)).toEqual([]);
    });

    test("rename changes the title only", async () => {
      const { project } = await seedProject(storage);
      await storage.renameProject(project.id, "Patisserie");
      expect(await storage.getProject(project.id)).toMatchObject({
        title: "Patisserie",
        createdAt: project.createdAt,
      });
    });

    test("the allowed hosts are found by their token only, until another list or none takes its place", async () => {
      const { project } = await seedProject(storage);
      const first = { hosts: ["fonts.example.com", "cdn.example.com"], token: newId("token") };
      const second = { hosts: ["api.example.com"], token: newId("token") };
      await storage.setNetwork(project.id, first);
      expect(await storage.networkHosts(first.token)).toEqual(first.hosts);
      await storage.setNetwork(project.id, second);
      expect(await storage.getProject(project.id)).toMatchObject({ title: project.title, network: second });
      expect(await storage.networkHosts(first.token)).toBeNull();
      expect(await storage.networkHosts(second.token)).toEqual(second.hosts);
      await storage.setNetwork(project.id, null);
      expect(await storage.networkHosts(second.token)).toBeNull();
      expect((await storage.getProject(project.id))?.network).toBeNull();
      expect(await storage.networkHosts("never-given")).toBeNull();
    });

    test("the last plan is kept beside the allowed hosts, neither takes the other's place", async () => {
      const { project, a } = await seedProject(storage);
      expect(await storage.getPlan(project.id)).toBeNull();
      const network = { hosts: ["fonts.example.com"], token: newId("token") };
      const plan: StoredPlan = {
        plan: {
          ...{ promptId: newId("prompt"), text: "A bakery \0", by: "Deep", message: null, tokens: 7 },
          state: "held",
          variants: [{ variantId: a.id, letter: "A", direction: null, turnId: null }],
        },
        ...{ lane: "fast", person: "someone", spentTokens: 7, turnIds: [[a.id, newId("turn")]] },
      };
      await storage.setNetwork(project.id, network);
      await storage.setPlan(project.id, plan);
      const stored = { ...plan, plan: { ...plan.plan, text: "A bakery \ufffd" } };
      expect(await storage.getPlan(project.id)).toEqual(stored);
      expect((await storage.getProject(project.id))?.network).toEqual(network);
      await storage.setNetwork(project.id, null);
      expect(await storage.getPlan(project.id)).toEqual(stored);
      expect((await storage.getProject(project.id))?.network).toBeNull();
    });

    test("a hidden project is not found, nor its links, until it is shown again; a sweep after that day takes it", async () => {
      const ownerId = newId<string>("owner");
      const { project, commit } = await seedProject(storage, { ownerId });
      const share = newShare(project.id, { commitId: commit.id });
      await storage.createShare(share);
      await storage.hideProject(project.id, 2_000);
      expect(await storage.getProject(project.id)).toBeNull();
      expect(await storage.listProjects(ownerId, 10)).toEqual([]);
      expect(await storage.getShare(share.id)).toBeNull();
      expect(await storage.projectOwner(project.id)).toBe(ownerId);
      expect(await storage.commitOwner(commit.id)).toBeNull();
      expect(await storage.listHidden(ownerId, 5)).toEqual([{ id: project.id, title: project.title }]);
      await storage.sweep(2_000);
      await storage.hideProject(project.id, null);
      expect(await storage.getProject(project.id)).toMatchObject({ title: project.title });
      expect(await storage.getShare(share.id)).toEqual(share);
      expect(await storage.commitOwner(commit.id)).toBe(ownerId);
      expect(await storage.listVariants(project.id)).toHaveLength(3);
      await storage.hideProject(project.id, 2_000);
      await storage.sweep(2_001);
      expect(await storage.projectOwner(project.id)).toBeNull();
      expect(await storage.readCommit(commit.id)).toBeNull();
    });

    test("delete takes everything of the project and nothing of another", async () => {
      const gone = await seedProject(storage);
      const stays = await seedProject(storage);
      const turn = newTurn(gone.a.id);
      const share = newShare(gone.project.id, { commitId: gone.commit.id, variantLetter: "A" });
      await storage.startTurn(turn);
      await storage.endTurn({ ...turn, state: "done" }, "raw");
      await storage.createShare(share);
      await storage.writeCommit(newCommit(gone.project.id, { files: new Map([["/a", "b"]]) }), gone.a.id);
      await storage.appendUpdates([update(gone.a.id, "x"), update(stays.a.id, "y")]);
      await storage.compact(gone.a.id, 1, new Uint8Array([1]));
      await storage.deleteProject(gone.project.id);
      expect(await storage.getProject(gone.project.id)).toBeNull();
      expect(await storage.listVariants(gone.project.id)).toEqual([]);
      expect(await storage.listTurns(gone.project.id)).toEqual([]);
      expect(await storage.getShare(share.id)).toBeNull();
      expect(await storage.readCommit(gone.commit.id)).toBeNull();
      expect((await storage.loadDocument(gone.a.id)).state).toBeNull();
      expect(await storage.readCommit(stays.commit.id)).not.toBeNull();
      expect((await storage.loadDocument(stays.a.id)).seq).toBe(1);
    });
  });

  describe("variants", () => {
    test("a new set stands at its base commit, listed by set and position", async () => {
      const { project, commit, a, variants } = await seedProject(storage);
      const set = [2, 0, 1].map((position) =>
        newVariant(project.id, commit.id, { setNumber: 2, position, parentId: a.id }),
      );
      const added = await storage.addVariants(set);
      expect(added).toEqual(set.map((variant) => ({ ...variant, headCommitId: commit.id })));
      const listed = await storage.listVariants(project.id);
      expect(listed.map((variant) => [variant.setNumber, variant.position])).toEqual([
        [1, 0],
        [1, 1],
        [1, 2],
        [2, 0],
        [2, 1],
        [2, 2],
      ]);
      expect(listed.slice(0, 3).map((variant) => variant.id)).toEqual(variants.map((variant) => variant.id));
    });

    test("a set with one bad row is not added at all", async () => {
      const { project, commit } = await seedProject(storage);
      const good = newVariant(project.id, commit.id, { setNumber: 2 });
      const bad = newVariant(project.id, "no-such-commit" as CommitId, { setNumber: 2, position: 1 });
      await expect(storage.addVariants([good, bad])).rejects.toMatchObject({ code: "failed" });
      expect(await storage.listVariants(project.id)).toHaveLength(3);
    });

    test("name and kept change one at a time, and kept can be taken back", async () => {
      const { a } = await seedProject(storage);
      expect(await storage.changeVariant(a.id, { name: "Oven" })).toMatchObject({
        name: "Oven",
        keptAt: null,
      });
      expect(await storage.changeVariant(a.id, { keptAt: 5000 })).toMatchObject({
        name: "Oven",
        keptAt: 5000,
      });
      expect(await storage.changeVariant(a.id, { keptAt: null })).toMatchObject({
        name: "Oven",
        keptAt: null,
      });
      expect(await storage.changeVariant(a.id, {})).toEqual(await storage.getVariant(a.id));
    });

    test("a variant can be deleted and taken back; its rows stay", async () => {
      const { project, a } = await seedProject(storage);
      expect(await storage.changeVariant(a.id, { deletedAt: 5000 })).toMatchObject({ deletedAt: 5000 });
      expect(await storage.listVariants(project.id)).toHaveLength(3);
      expect(await storage.changeVariant(a.id, { deletedAt: null })).toMatchObject({ deletedAt: null });
    });

    test("another order of a set is kept", async () => {
      const { project } = await seedProject(storage);
      const ids = (await storage.listVariants(project.id)).map(({ id }) => id).reverse();
      expect((await storage.reorderVariants(ids)).map(({ position }) => position)).toEqual([0, 1, 2]);
      expect((await storage.listVariants(project.id)).map(({ id }) => id)).toEqual(ids);
    });
  });

  describe("the log", () => {
    test("each variant counts by itself, in the order given, over batches", async () => {
      const { a, b } = await seedProject(storage);
      const batch = [
        update(a.id, "a1"),
        update(b.id, "b1"),
        update(a.id, "a2"),
        update(a.id, "a3"),
        update(b.id, "b2"),
      ];
      expect(await storage.appendUpdates(batch)).toEqual([1, 1, 2, 3, 2]);
      expect(await storage.appendUpdates([update(b.id, "b3"), update(a.id, "a4")])).toEqual([3, 4]);
      expect(await storage.appendUpdates([])).toEqual([]);
      const loaded = await storage.loadDocument(a.id);
      expect(loaded.updates.map(text)).toEqual(["a1", "a2", "a3", "a4"]);
      expect(loaded).toMatchObject({ state: null, seq: 4 });
    });

    test("bytes come back as they went in", async () => {
      const { a } = await seedProject(storage);
      const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      const big = new Uint8Array(randomBytes(64 * 1024));
      // A view into a larger buffer, as socket.io hands them out: only the view may be stored.
      const view = big.subarray(1000, 1010);
      await storage.appendUpdates(
        [all, new Uint8Array(0), big, view].map((data) => ({ variantId: a.id, author: "m", data })),
      );
      const loaded = await storage.loadDocument(a.id);
      expect(loaded.updates.map((data) => Buffer.from(data).toString("hex"))).toEqual(
        [all, new Uint8Array(0), big, view].map((data) => Buffer.from(data).toString("hex")),
      );
      expect(Object.getPrototypeOf(loaded.updates[0])).toBe(Uint8Array.prototype);
    });

    test("a batch with an unknown variant writes nothing", async () => {
      const { a } = await seedProject(storage);
      const batch = [update(a.id, "a1"), update("unknown-variant" as VariantId, "x")];
      await expect(storage.appendUpdates(batch)).rejects.toMatchObject({ code: "failed" });
      expect(await storage.loadDocument(a.id)).toEqual({ state: null, updates: [], seq: 0 });
      expect(await storage.appendUpdates([update(a.id, "a1")])).toEqual([1]);
    });

    test("batches written at the same time never share a number", async () => {
      const { a, b } = await seedProject(storage);
      const batches = Array.from({ length: 20 }, (_, index) =>
        storage.appendUpdates([update(index % 2 ? b.id : a.id, "1"), update(index % 2 ? a.id : b.id, "2")]),
      );
      await Promise.all(batches);
      const loaded = await storage.loadDocument(a.id);
      expect(loaded.seq).toBe(20);
      expect(loaded.updates).toHaveLength(20);
    });

    test("compacting keeps what came after it, and numbers go on", async () => {
      const { a } = await seedProject(storage);
      await storage.appendUpdates(["1", "2", "3", "4", "5"].map((each) => update(a.id, each)));
      await storage.compact(a.id, 3, new TextEncoder().encode("123"));
      const loaded = await storage.loadDocument(a.id);
      expect(loaded.state && text(loaded.state)).toBe("123");
      expect(loaded.updates.map(text)).toEqual(["4", "5"]);
      await storage.compact(a.id, 5, new TextEncoder().encode("12345"));
      expect(await storage.loadDocument(a.id)).toMatchObject({ updates: [], seq: 5 });
      expect(await storage.appendUpdates([update(a.id, "6")])).toEqual([6]);
    });

    test("an older state never replaces a newer one", async () => {
      const { a } = await seedProject(storage);
      await storage.appendUpdates(["1", "2", "3"].map((each) => update(a.id, each)));
      await storage.compact(a.id, 3, new TextEncoder().encode("123"));
      await storage.compact(a.id, 2, new TextEncoder().encode("12"));
      const loaded = await storage.loadDocument(a.id);
      expect(loaded.state && text(loaded.state)).toBe("123");
      expect(loaded.seq).toBe(3);
    });

    test("a state that claims rows which are not there is refused", async () => {
      const { a } = await seedProject(storage);
      await storage.appendUpdates([update(a.id, "1")]);
      await expect(storage.compact(a.id, 2, new Uint8Array())).rejects.toMatchObject({ code: "failed" });
      expect(await storage.loadDocument(a.id)).toMatchObject({ state: null, seq: 1 });
    });

    test("compacting while others write loses nothing", async () => {
      const { a } = await seedProject(storage);
      const writes = Array.from({ length: 30 }, (_, index) =>
        storage.appendUpdates([update(a.id, `${index + 1}`)]),
      );
      await writes[9];
      await Promise.all([storage.compact(a.id, 10, new TextEncoder().encode("upto 10")), ...writes]);
      const loaded = await storage.loadDocument(a.id);
      expect(loaded.state && text(loaded.state)).toBe("upto 10");
      expect(loaded.updates).toHaveLength(20);
      expect(loaded.seq).toBe(30);
    });
  });

  describe("commits", () => {
    test("any files come back the same: names like __proto__, empty text, NUL, emoji", async () => {
      const { project } = await seedProject(storage);
      // Text that UTF-8 can say; a lone surrogate is not text.
      const files = fc.array(fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" })), {
        maxLength: 6,
      });
      await fc.assert(
        fc.asyncProperty(files, async (entries) => {
          const given: Files = new Map(entries);
          const commit = newCommit(project.id, { files: given });
          await storage.writeCommit(commit, null);
          expect(await storage.readCommit(commit.id)).toEqual(given);
        }),
        {
          numRuns: 40,
          examples: [
            [
              [
                ["/__proto__", "\0"],
                ["constructor", ""],
                ["/ä", "🥐"],
              ],
            ],
          ],
        },
      );
    });

    test("paths come back sorted whatever the order they went in", async () => {
      const { project } = await seedProject(storage);
      const commit = newCommit(project.id, {
        files: new Map([
          ["/b", "1"],
          ["/a", "2"],
          ["/B", "3"],
        ]),
      });
      await storage.writeCommit(commit, null);
      expect([...((await storage.readCommit(commit.id)) ?? new Map()).keys()]).toEqual(["/B", "/a", "/b"]);
    });

    test("the head moves with the commit, on that variant only", async () => {
      const { project, commit, a, b } = await seedProject(storage);
      const next = newCommit(project.id, { parentId: commit.id, files: new Map([["/a", "1"]]) });
      await storage.writeCommit(next, a.id);
      expect(await storage.getVariant(a.id)).toMatchObject({
        headCommitId: next.id,
        baseCommitId: commit.id,
      });
      expect(await storage.getVariant(b.id)).toMatchObject({ headCommitId: commit.id });
    });

    test("a commit to another project's variant is refused whole", async () => {
      const one = await seedProject(storage);
      const two = await seedProject(storage);
      const commit = newCommit(one.project.id);
      await expect(storage.writeCommit(commit, two.a.id)).rejects.toMatchObject({ code: "failed" });
      expect(await storage.readCommit(commit.id)).toBeNull();
    });

    test("the largest variant allowed (100 files, 2 MB) can be committed", async () => {
      const { project } = await seedProject(storage);
      const files = new Map(
        Array.from({ length: 100 }, (_, index) => [`/f${index}`, randomBytes(10_400).toString("base64url")]),
      );
      const commit = newCommit(project.id, { files });
      await storage.writeCommit(commit, null);
      expect(await storage.readCommit(commit.id)).toEqual(files);
    });

    test("200 commits of 8 files, one changed in each, store 200 files and 201 manifests", async () => {
      const before = await opened.rows("blob");
      storage = opened.storage;
      const project = newProject();
      const files = new Map(
        Array.from({ length: 8 }, (_, index) => [`/f${index}`, `unchanged ${project.id} ${index}`]),
      );
      await storage.createProject(project, newCommit(project.id, { files }), []);
      for (let turn = 1; turn <= 200; turn += 1) {
        files.set("/f3", `changed ${project.id} ${turn}`);
        await storage.writeCommit(newCommit(project.id, { files: new Map(files) }), null);
      }
      const after = await opened.rows("blob");
      storage = opened.storage;
      expect(after - before).toBe(8 + 200 + 201);
    });
  });

  describe("turns", () => {
    test("what was used since a moment is told over all projects, of turns that have ended", async () => {
      const [one, other] = [await seedProject(storage), await seedProject(storage)];
      const usage = { inputTokens: 10, outputTokens: 5 };
      const at = 1_900_000_000_000;
      const ended = (variantId: VariantId, endedAt: number | null) =>
        newTurn(variantId, { state: "done", model: "m", usage, endedAt });
      for (const turn of [ended(one.a.id, at), ended(other.a.id, at + 1), ended(one.b.id, at - 9)])
        await storage.endTurn(turn, "");
      await storage.startTurn(newTurn(one.c.id));
      const used = await storage.listUsed(at - 1);
      const mine = { lane: "fast", model: "m", usage, timings: null };
      expect(used.sort((before, after) => (before.endedAt ?? 0) - (after.endedAt ?? 0))).toEqual([
        { ...mine, endedAt: at },
        { ...mine, endedAt: at + 1 },
      ]);
    });

    test("a turn comes back as it ended, with its raw output", async () => {
      const { a, commit } = await seedProject(storage);
      const turn = newTurn(a.id);
      await storage.startTurn(turn);
      expect(await storage.readTurnOutput(turn.id)).toBeNull();
      const ended = {
        ...turn,
        state: "done" as const,
        answer: "Done. “Ja” 🥐",
        appliedEdits: 3,
        changes: [{ path: "/src/App.tsx", kind: "block", added: 2, removed: 1 }],
        warnings: ["the last marker was missing"],
        failedEdits: [
          { path: null, reason: "no match", search: "a\nb", text: "c", nearest: [{ line: 3, text: '"x"' }] },
        ],
        usage: { inputTokens: 10, outputTokens: null },
        timings: { firstTextMs: 1.5, firstEditMs: null, totalMs: 100, tokens: 5 },
        commitId: commit.id,
        endedAt: 2500,
      };
      await storage.endTurn(ended, "raw output\n```tsx");
      expect(await storage.listTurns(a.projectId)).toEqual([ended]);
      expect(await storage.readTurnOutput(turn.id)).toBe("raw output\n```tsx");
    });

    test("an output of nothing is known to be empty", async () => {
      const { a } = await seedProject(storage);
      const turn = newTurn(a.id);
      await storage.endTurn({ ...turn, state: "stopped" }, "");
      expect(await storage.readTurnOutput(turn.id)).toBe("");
    });

    test("a beginning that comes after its end changes nothing", async () => {
      const { a } = await seedProject(storage);
      const turn = newTurn(a.id);
      await storage.endTurn({ ...turn, state: "stopped" }, "");
      await storage.startTurn(turn);
      expect((await storage.listTurns(a.projectId)).map(({ state }) => state)).toEqual(["stopped"]);
    });

    test("characters that Postgres refuses do not cost the turn", async () => {
      const { a } = await seedProject(storage);
      const turn = newTurn(a.id, { prompt: "a\0b", answer: "\ud800 half" });
      const failed = { path: "/x\0", reason: "r", search: "\ud800", text: "t", nearest: [] };
      await storage.startTurn(turn);
      await storage.endTurn({ ...turn, state: "failed", failedEdits: [failed] }, "raw \0");
      const [stored] = await storage.listTurns(a.projectId);
      expect(stored).toMatchObject({ prompt: "a\ufffdb", answer: "\ufffd half" });
      expect(stored?.failedEdits).toEqual([{ ...failed, path: "/x\ufffd", search: "\ufffd" }]);
      expect(await storage.readTurnOutput(turn.id)).toBe("raw \0");
    });

    test("they are listed oldest first, those of one prompt in the order of the table", async () => {
      const { project, a, b, c } = await seedProject(storage);
      const [third, first, second] = [
        newTurn(b.id, { startedAt: 20 }),
        newTurn(a.id, { startedAt: 10 }),
        newTurn(c.id, { startedAt: 10 }),
      ];
      for (const turn of [third, first, second]) await storage.startTurn(turn);
      expect((await storage.listTurns(project.id)).map((turn) => turn.id)).toEqual([
        first.id,
        second.id,
        third.id,
      ]);
    });

    test("after a crash running turns are cut, and only those", async () => {
      const { project, a, b } = await seedProject(storage);
      await storage.cutAbandonedTurns("clean up", 1);
      const running = newTurn(a.id, { startedAt: 1 });
      const done = newTurn(b.id, { state: "done", endedAt: 3, startedAt: 2 });
      await storage.startTurn(running);
      await storage.startTurn(done);
      const cut = [{ id: running.id, variantId: a.id, projectId: project.id }];
      expect(await storage.cutAbandonedTurns("The server stopped.", 9000)).toEqual(cut);
      expect(await storage.cutAbandonedTurns("again", 9001)).toEqual([]);
      expect(await storage.listTurns(project.id)).toEqual([
        { ...running, state: "cut", message: "The server stopped.", endedAt: 9000 },
        done,
      ]);
    });
  });

  describe("shares", () => {
    test("a link is found by id with its token's hash, and listed without it", async () => {
      const { project, commit } = await seedProject(storage);
      const live = newShare(project.id, { role: "comment" });
      const pinned = newShare(project.id, { commitId: commit.id, variantLetter: "B", createdAt: 3001 });
      await storage.createShare(pinned);
      await storage.createShare(live);
      expect(await storage.getShare(pinned.id)).toEqual(pinned);
      const listed = [live, pinned].map(
        ({ tokenHash: _tokenHash, passwordHash: _passwordHash, ...share }) => ({
          ...share,
          hasPassword: false,
        }),
      );
      expect(await storage.listShares(project.id)).toEqual(listed);
    });

    test("a link keeps its set, and takes another name, end, role or password", async () => {
      const { project, commit } = await seedProject(storage);
      const set = [{ letter: "A", name: "Flour", commitId: commit.id }];
      const share = newShare(project.id, { set });
      await storage.createShare(share);
      expect((await storage.getShare(share.id))?.set).toEqual(set);
      const change = { name: "For Jo", role: "edit" as const, expiresAt: 9000, passwordHash: "salt.hash" };
      const changed = await storage.changeShare(share.id, change);
      expect(changed).toMatchObject({
        name: "For Jo",
        role: "edit",
        expiresAt: 9000,
        hasPassword: true,
        set,
      });
      expect(changed).not.toHaveProperty("passwordHash");
      expect(await storage.changeShare(share.id, { passwordHash: null })).toMatchObject({
        hasPassword: false,
      });
      expect(await storage.changeShare("unknown-share" as ShareId, { name: "x" })).toBeNull();
    });

    test("the first revocation counts", async () => {
      const { project } = await seedProject(storage);
      const share = newShare(project.id);
      await storage.createShare(share);
      await storage.revokeShare(share.id, 4000);
      await storage.revokeShare(share.id, 5000);
      expect(await storage.getShare(share.id)).toMatchObject({ revokedAt: 4000 });
    });

    test("two links never have the same token", async () => {
      const { project } = await seedProject(storage);
      const share = newShare(project.id);
      await storage.createShare(share);
      const twin = newShare(project.id, { tokenHash: share.tokenHash });
      await expect(storage.createShare(twin)).rejects.toMatchObject({ code: "failed" });
    });
  });

  describe("history", () => {
    test("checkpoints are listed by project, renamed and deleted, and go with it", async () => {
      const { project, commit, a, b } = await seedProject(storage);
      const made = [b, a].map((variant, index) => ({
        id: newId<CheckpointId>("checkpoint"),
        variantId: variant.id,
        commitId: commit.id,
        name: `Name ${index}`,
        createdAt: 3000 - index,
      }));
      for (const each of made) await storage.createCheckpoint(each);
      expect(await storage.listCheckpoints(project.id)).toEqual([...made].reverse());
      const [one, two] = made as [Checkpoint, Checkpoint];
      await storage.renameCheckpoint(one.id, "Lunch");
      await storage.deleteCheckpoint(two.id);
      expect(await storage.listCheckpoints(project.id)).toEqual([{ ...one, name: "Lunch" }]);
      await storage.deleteProject(project.id);
      expect(await storage.listCheckpoints(project.id)).toEqual([]);
    });

    test("only what nothing leads to is swept, and only when it is old", async () => {
      // What older tests left behind.
      await storage.sweep(4000);
      const { project, commit, a } = await seedProject(storage);
      const files = (text: string) => new Map([["/src/App.tsx", `// ${text} of ${project.id}`]]);
      const child = async (text: string, parentId: CommitId, to: VariantId | null, createdAt = 2000) => {
        const made = newCommit(project.id, { parentId, files: files(text), createdAt });
        await storage.writeCommit(made, to);
        return made.id;
      };
      const middle = await child("middle", commit.id, null);
      const head = await child("head", middle, a.id);
      const [shared, inSet, named, ofTurn] = (await Promise.all(
        ["shared", "set", "named", "turn"].map((text) => child(text, commit.id, null)),
      )) as [CommitId, CommitId, CommitId, CommitId];
      const lost = await child("lost", commit.id, null);
      const young = await child("young", commit.id, null, 5000);
      await storage.createShare(newShare(project.id, { commitId: shared }));
      await storage.createShare(newShare(project.id, { set: [{ letter: "A", name: "", commitId: inSet }] }));
      await storage.createCheckpoint({
        id: newId<CheckpointId>("checkpoint"),
        variantId: a.id,
        commitId: named,
        name: "x",
        createdAt: 1,
      });
      await storage.endTurn(newTurn(a.id, { commitId: ofTurn }), `output of ${project.id}`);
      // Contents are dated by this machine's clock: none is old enough yet.
      expect(await storage.sweep(4000)).toEqual({ commits: 1, blobs: 0 });
      expect(await storage.readCommit(lost)).toBeNull();
      const kept = { commit: commit.id, middle, head, shared, inSet, named, ofTurn, young };
      for (const [what, id] of Object.entries(kept))
        expect(await storage.readCommit(id), what).not.toBeNull();
      await storage.deleteProject(project.id);
      // Its contents: eight files, eight manifests, one output, and those of older tests.
      const { blobs } = await storage.sweep(Date.now() + 1);
      expect(blobs).toBeGreaterThanOrEqual(17);
      expect(await storage.sweep(Date.now() + 1)).toEqual({ commits: 0, blobs: 0 });
    });

    test("contents that were swept are stored again by the next commit that has them", async () => {
      const { project, a } = await seedProject(storage);
      const files = new Map([["/src/App.tsx", "swept and stored again"]]);
      const made = newCommit(project.id, { files });
      await storage.writeCommit(made, null);
      await storage.sweep(Date.now() + 1);
      expect(await storage.readCommit(made.id)).toBeNull();
      const again = newCommit(project.id, { files });
      await storage.writeCommit(again, a.id);
      expect(await storage.readCommit(again.id)).toEqual(files);
    });
  });

  test("everything is there after closing and opening again", async () => {
    const { project, commit, a } = await seedProject(storage);
    const turn = newTurn(a.id, { state: "done", endedAt: 1 });
    await storage.endTurn(turn, "out");
    await storage.appendUpdates([update(a.id, "1"), update(a.id, "2")]);
    await storage.compact(a.id, 1, new Uint8Array([9]));
    const before = await everything();
    storage = await opened.reopen();
    expect(await everything()).toEqual(before);

    async function everything() {
      return {
        project: await storage.getProject(project.id),
        variants: await storage.listVariants(project.id),
        document: await storage.loadDocument(a.id),
        files: await storage.readCommit(commit.id),
        turns: await storage.listTurns(project.id),
        output: await storage.readTurnOutput(turn.id),
      };
    }
  });

  test("a failure's message holds no text of the people who wrote it", async () => {
    const secret = "sk-canary-1234";
    const turn = newTurn("unknown-variant" as VariantId, { prompt: secret });
    const failure = await storage.startTurn(turn).catch((error: Error) => error);
    expect(failure).toMatchObject({ name: "StorageFailure", code: "failed" });
    expect(`${(failure as Error).stack} ${(failure as Error).message}`).not.toContain(secret);
  });
});

function text(data: Uint8Array): string {
  return new TextDecoder().decode(data);
}
