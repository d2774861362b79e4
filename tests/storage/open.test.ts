/** Opening: what is said when it cannot be done, and the migrations. */
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { currentStorage, setCurrentStorage } from "#lib/storage/current.ts";
import { groupCommit } from "#lib/storage/group-commit.ts";
import { openStorage } from "#lib/storage/open.ts";
import type { StorageFailure } from "#lib/storage/types.ts";
import { freePort, type PostgresServer, startPostgresServer } from "./postgres-server.ts";
import { MIGRATIONS, openEmbedded, seedProject, templateFolder, temporaryFolder, update } from "./support.ts";

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the embedded database", () => {
  test("a missing folder is made, its parents too", async () => {
    const storage = await openEmbedded(join(folder, "one", "two"));
    expect(await storage.listProjects(null, 1)).toEqual([]);
    await storage.close();
  });

  test("without a template it makes the database by itself", async () => {
    const storage = await openStorage({
      databaseUrl: null,
      folder,
      migrationsFolder: MIGRATIONS,
      templateFolder: join(folder, "none"),
    });
    expect((await seedProject(storage)).variants).toHaveLength(3);
    await storage.close();
  });

  test("a folder that cannot be made or written is named, with the two ways out", async () => {
    // As root no permission stops us, but nobody can make a folder in a regular file.
    const file = join(folder, "file");
    await writeFile(file, "");
    for (const impossible of [join(file, "data"), file]) {
      const failure = await failureOf(openEmbedded(impossible));
      expect(failure.code).toBe("read-only");
      expect(failure.message).toContain(`"${impossible}"`);
      expect(failure.message).toContain("TRIPTYCH_DATA");
      expect(failure.message).toContain("DATABASE_URL");
    }
  });

  test("a first start that was killed halfway starts over", async () => {
    await mkdir(join(folder, "db", "base"), { recursive: true });
    await writeFile(join(folder, "db", "PG_VERSION"), "18\n");
    await writeFile(join(folder, "db.making"), "");
    const storage = await openEmbedded(folder);
    expect((await seedProject(storage)).variants).toHaveLength(3);
    await storage.close();
    expect(await readdir(folder)).not.toContain("db.making");
  });

  test("closing twice is one closing, and what is asked later is refused", async () => {
    const storage = await openEmbedded(folder);
    await Promise.all([storage.close(), storage.close()]);
    await expect(storage.listProjects(null, 1)).rejects.toMatchObject({
      name: "StorageFailure",
      code: "failed",
    });
    await (await openEmbedded(folder)).close();
  });

  test("a failed opening lets go of the folder", async () => {
    const wrong = {
      databaseUrl: null,
      folder,
      migrationsFolder: join(folder, "nothing"),
      templateFolder: await templateFolder(),
    };
    const failure = await failureOf(openStorage(wrong));
    expect(failure.message).toContain(join(folder, "nothing"));
    await (await openEmbedded(folder)).close();
  });

  test("on a full disk reading goes on, writing is refused with a sentence, and it recovers by itself", async () => {
    let free = 1_000_000_000;
    const storage = await openStorage({
      databaseUrl: null,
      folder,
      migrationsFolder: MIGRATIONS,
      templateFolder: await templateFolder(),
      freeBytes: async () => free,
    });
    const { project, a } = await seedProject(storage);
    const log = groupCommit(storage);
    free = 1_000_000;
    const failure = await failureOf(log.append(update(a.id, "1")));
    expect(failure.code).toBe("read-only");
    expect(failure.message).toContain("1.0 MB are free");
    expect((await failureOf(storage.deleteProject(project.id))).code).toBe("read-only");
    expect(await storage.getProject(project.id)).toMatchObject({ id: project.id });
    free = 1_000_000_000;
    expect(await log.append(update(a.id, "2"))).toBe(1);
    await storage.close();
  });

  test("a disk that is already full is said at the start", async () => {
    const options = { databaseUrl: null, folder, migrationsFolder: MIGRATIONS, freeBytes: async () => 0 };
    expect((await failureOf(openStorage(options))).code).toBe("read-only");
    expect(await readdir(folder)).not.toContain("db");
  });

  test("compacting gives room back: rows that come and go do not grow the files", async () => {
    const storage = await openEmbedded(folder);
    const { a } = await seedProject(storage);
    const sizes: number[] = [];
    for (let round = 1; round <= 10; round += 1) {
      await storage.appendUpdates(Array.from({ length: 2_000 }, () => update(a.id, "x".repeat(200))));
      await storage.compact(a.id, round * 2_000, new Uint8Array(1000));
      sizes.push(await folderBytes(join(folder, "db", "base")));
    }
    await storage.close();
    // One round's rows are 0.5 MB; eight rounds of them left lying about would be 4.
    expect((sizes[9] ?? 0) - (sizes[1] ?? 0)).toBeLessThan(500_000);
  });
});

describe("migrations of the embedded database", () => {
  test("opening again changes nothing", async () => {
    await (await openEmbedded(folder)).close();
    const first = await appliedMigrations();
    await (await openEmbedded(folder)).close();
    expect(await appliedMigrations()).toEqual(first);
    expect(first).toHaveLength((await journal(MIGRATIONS)).entries.length);
  });

  test("a newer database is refused with a sentence and left as it is; the newer program opens it again", async () => {
    const newer = join(folder, "newer");
    await addMigration(newer, "alter table project add column colour text;");
    const open = async (migrationsFolder: string) =>
      openStorage({ databaseUrl: null, folder, migrationsFolder, templateFolder: await templateFolder() });
    const old = await open(MIGRATIONS);
    const { project } = await seedProject(old);
    await old.close();
    await (await open(newer)).close();
    const failure = await failureOf(open(MIGRATIONS));
    expect(failure.code).toBe("newer-schema");
    expect(failure.message).toContain("newer Triptych");
    const again = await open(newer);
    expect(await again.getProject(project.id)).toMatchObject({ id: project.id });
    await again.close();
  });

  test("a migration that fails leaves the old data and the old schema", async () => {
    const storage = await openEmbedded(folder);
    const { project } = await seedProject(storage);
    await storage.close();
    const broken = join(folder, "broken");
    await addMigration(
      broken,
      "drop table share;--> statement-breakpoint\nalter table nothing add column x text;",
    );
    const options = {
      databaseUrl: null,
      folder,
      migrationsFolder: broken,
      templateFolder: await templateFolder(),
    };
    expect((await failureOf(openStorage(options))).code).toBe("failed");
    const again = await openEmbedded(folder);
    expect(await again.getProject(project.id)).toMatchObject({ id: project.id });
    expect(await again.listShares(project.id)).toEqual([]);
    await again.close();
  });

  async function appliedMigrations(): Promise<unknown[]> {
    const client = await PGlite.create(join(folder, "db"));
    const { rows } = await client.query("select * from drizzle.__drizzle_migrations order by id");
    await client.close();
    return rows;
  }
});

describe("Postgres", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgresServer();
  });
  afterAll(() => server?.stop());

  test("five processes that start on an empty database migrate it once", async () => {
    const databaseUrl = await server.database();
    const opened = await Promise.all(
      Array.from({ length: 5 }, () => openStorage({ databaseUrl, folder, migrationsFolder: MIGRATIONS })),
    );
    const client = postgres(databaseUrl, { max: 1 });
    const rows = await client`select * from drizzle.__drizzle_migrations`;
    await client.end();
    expect(rows).toHaveLength((await journal(MIGRATIONS)).entries.length);
    await Promise.all(opened.map((storage) => storage.close()));
  });

  test("a newer database is refused", async () => {
    const databaseUrl = await server.database();
    const newer = join(folder, "newer");
    await addMigration(newer, "alter table project add column colour text;");
    await (await openStorage({ databaseUrl, folder, migrationsFolder: newer })).close();
    const failure = await failureOf(openStorage({ databaseUrl, folder, migrationsFolder: MIGRATIONS }));
    expect(failure.code).toBe("newer-schema");
  });

  test("two processes that append to the same variants in opposite order never block each other", async () => {
    const databaseUrl = await server.database();
    const open = () => openStorage({ databaseUrl, folder, migrationsFolder: MIGRATIONS });
    const [one, two] = [await open(), await open()];
    const { a, b } = await seedProject(one);
    const writes = Array.from({ length: 40 }, (_, index) =>
      index % 2
        ? one.appendUpdates([update(a.id, "x"), update(b.id, "x")])
        : two.appendUpdates([update(b.id, "x"), update(a.id, "x")]),
    );
    await Promise.all(writes);
    expect((await two.loadDocument(a.id)).seq).toBe(40);
    expect((await one.loadDocument(b.id)).updates).toHaveLength(40);
    await Promise.all([one.close(), two.close()]);
  });

  test("edits written while the database is away are kept back and arrive when it returns", async () => {
    const databaseUrl = await server.database();
    const storage = await openStorage({ databaseUrl, folder, migrationsFolder: MIGRATIONS });
    const { a } = await seedProject(storage);
    const log = groupCommit(storage);
    const acked: number[] = [];
    const restarted = server.restart();
    const answers = Array.from({ length: 50 }, (_, index) =>
      log.append(update(a.id, `${index}`)).then((seq) => acked.push(seq)),
    );
    await restarted;
    await Promise.all(answers);
    const stored = (await storage.loadDocument(a.id)).updates.map((data) => new TextDecoder().decode(data));
    // A transaction whose answer got lost may be there twice, which Yjs does not mind; none may be missing.
    expect([...new Set(stored)].sort()).toEqual(Array.from({ length: 50 }, (_, index) => `${index}`).sort());
    expect(acked).toHaveLength(50);
    await log.close();
    await storage.close();
  });

  test("a server that is not there is named by its host, without the password", async () => {
    const port = await freePort();
    const databaseUrl = `postgres://somebody:hunter2@127.0.0.1:${port}/app`;
    const failure = await failureOf(openStorage({ databaseUrl, folder, migrationsFolder: MIGRATIONS }));
    expect(failure.code).toBe("unreachable");
    expect(failure.message).toContain(`127.0.0.1:${port}`);
    expect(failure.message).toContain("DATABASE_URL");
    expect(JSON.stringify([failure.message, failure.stack, String(failure.cause)])).not.toContain("hunter2");
  });

  test("a database that does not exist is said in the server's own words", async () => {
    const databaseUrl = `postgres://tester:hunter2@127.0.0.1:${server.port}/nothing`;
    const failure = await failureOf(openStorage({ databaseUrl, folder, migrationsFolder: MIGRATIONS }));
    expect(failure.code).toBe("unreachable");
    expect(failure.message).toContain('database "nothing" does not exist');
    expect(failure.message).not.toContain("hunter2");
  });

  test("an address that is none is not repeated, since it may hold a password", async () => {
    for (const databaseUrl of [
      "hunter2",
      "mysql://me:hunter2@host/db",
      "postgres://me:hunter2@ho st:port/db",
    ]) {
      const failure = await failureOf(openStorage({ databaseUrl, folder, migrationsFolder: MIGRATIONS }));
      expect(failure.code).toBe("unreachable");
      expect(failure.message).toContain("DATABASE_URL");
      expect(failure.message).not.toContain("hunter2");
    }
  });
});

describe("the current storage", () => {
  afterEach(() => setCurrentStorage(null));

  test("is the same for every copy of the module, and asking too early throws", async () => {
    expect(() => currentStorage()).toThrow("setCurrentStorage");
    const storage = await openEmbedded(folder);
    setCurrentStorage(storage);
    const copy: typeof import("#lib/storage/current.ts") = await import(
      "../../lib/storage/current.ts?copy" as string
    );
    expect(copy.currentStorage).not.toBe(currentStorage);
    expect(copy.currentStorage()).toBe(storage);
    await storage.close();
  });
});

async function folderBytes(root: string): Promise<number> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function failureOf(opening: Promise<unknown>): Promise<StorageFailure> {
  return opening.then(
    () => {
      throw new Error("it opened");
    },
    (error) => {
      expect(error).toMatchObject({ name: "StorageFailure" });
      return error;
    },
  );
}

type Journal = {
  entries: { idx: number; version: string; when: number; tag: string; breakpoints: boolean }[];
};

async function journal(migrationsFolder: string): Promise<Journal> {
  return JSON.parse(await readFile(join(migrationsFolder, "meta", "_journal.json"), "utf8"));
}

/** The migrations of this program and one more, as the next version would have it. */
async function addMigration(target: string, sql: string): Promise<void> {
  await cp(MIGRATIONS, target, { recursive: true });
  const known = await journal(target);
  const last = known.entries.at(-1);
  if (!last) throw new Error("there is a first migration");
  known.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1000, tag: "9999_next" });
  await writeFile(join(target, "meta", "_journal.json"), JSON.stringify(known));
  await writeFile(join(target, "9999_next.sql"), sql);
}
