/** The cache of built pages, on a real disk. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CommitId, ShareId } from "../../lib/project/ids.ts";
import { NO_KEY } from "../../lib/project/shared-path.ts";
import { templateFiles } from "../../lib/project/template.ts";
import { hashToken, ownPageKeyOf, pageKeyOf } from "../../lib/share/key.ts";
import { createPages, type PagesOptions } from "../../lib/share/pages.ts";

const LINK = "link-0001" as ShareId;
const COMMIT = "commit-0001" as CommitId;
const OTHER = "commit-0002" as CommitId;

let folder = "";
let reads = 0;
let share: NonNullable<Awaited<ReturnType<PagesOptions["getShare"]>>>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "triptych-pages-"));
  reads = 0;
  share = {
    tokenHash: hashToken("token"),
    passwordHash: null,
    indexed: false,
    expiresAt: null,
    revokedAt: null,
    commitId: COMMIT,
    set: null,
  };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () =>
  createPages({
    folder,
    now: () => 100,
    getShare: async (id) => (id === LINK ? share : null),
    readCommit: async () => {
      reads++;
      return templateFiles;
    },
  });

test("a commit is built once, for all who ask at once and after a restart", async () => {
  const pages = open();
  const key = pageKeyOf(share, COMMIT);
  const both = await Promise.all([
    pages.open(LINK, COMMIT, key),
    pages.open(LINK, COMMIT, key),
    pages.prepare(COMMIT),
  ]);
  expect(both[0]).toMatchObject({ ok: true, title: "New page" });
  expect(await open().open(LINK, COMMIT, key)).toEqual(both[0]);
  expect(reads).toBe(1);
  const [address = ""] = both[0]?.ok ? both[0].scripts : [];
  const hash = /^\/shared-files\/(\w+)\.js$/.exec(address)?.[1] ?? "";
  expect(String(await pages.script(hash))).toContain("A fresh sheet.");
});

test("what a crash left half-written, or somebody deleted, is built again", async () => {
  const pages = open();
  const key = pageKeyOf(share, COMMIT);
  await pages.open(LINK, COMMIT, key);
  writeFileSync(join(folder, `${COMMIT}.json`), '{"format":1,"ok":tr');
  expect(await pages.open(LINK, COMMIT, key)).toMatchObject({ ok: true });
  for (const name of readdirSync(folder)) if (name.endsWith(".js")) rmSync(join(folder, name));
  const again = await pages.open(LINK, COMMIT, key);
  const hash = (again?.ok && again.scripts[0]?.slice(14, -3)) || "";
  expect(await pages.script(hash)).not.toBeNull();
});

test("only the commits of a link that is open are there, by their own key", async () => {
  const pages = open();
  const key = pageKeyOf(share, COMMIT);
  expect(await pages.open(LINK, COMMIT, `${key.slice(1)}x`)).toBeNull();
  expect(await pages.open("link-0002" as ShareId, COMMIT, key)).toBeNull();
  expect(await pages.open(LINK, OTHER, pageKeyOf(share, OTHER))).toBeNull();
  expect(reads).toBe(0);
  expect(await pages.open(LINK, COMMIT, key)).not.toBeNull();
  share = { ...share, revokedAt: 50 };
  expect(await pages.open(LINK, COMMIT, key)).toBeNull();
  share = { ...share, revokedAt: null, expiresAt: 100 };
  expect(await pages.open(LINK, COMMIT, key)).toBeNull();
  share = { ...share, expiresAt: 101, commitId: null, set: [{ commitId: OTHER }, { commitId: COMMIT }] };
  expect(await pages.open(LINK, COMMIT, key)).not.toBeNull();
  expect(await pages.open(LINK, COMMIT, key)).toMatchObject({ indexed: false });
  share = { ...share, indexed: true };
  expect(await pages.open(LINK, COMMIT, key)).toMatchObject({ indexed: true });
  share = { ...share, passwordHash: "salt.hash" };
  expect(await pages.open(LINK, COMMIT, pageKeyOf(share, COMMIT))).toMatchObject({ indexed: false });
  for (const name of ["../secret", "a".repeat(31), "%2e%2e"]) expect(await pages.script(name)).toBeNull();
});

test("a page of one's own project opens with its owner's key, until the project is deleted", async () => {
  let ownerId: string | null = "owner-0001";
  const pages = createPages({
    folder,
    getShare: async () => null,
    commitOwner: async (id) => (id === COMMIT ? ownerId : null),
    readCommit: async () => templateFiles,
  });
  const of = (owner: string, commit: CommitId) =>
    pages.open("projects" as ShareId, commit, ownPageKeyOf(owner, commit));
  expect(await of("owner-0001", COMMIT)).toMatchObject({ ok: true });
  expect(await of("owner-0002", COMMIT)).toBeNull();
  expect(await of("owner-0001", OTHER)).toBeNull();
  ownerId = null;
  expect(await of("owner-0001", COMMIT)).toBeNull();
});

test("pages of templates are those of the program, and nothing is built for an unknown one", async () => {
  const builtIn = mkdtempSync(join(tmpdir(), "triptych-built-in-"));
  const made = createPages({
    folder: builtIn,
    getShare: async () => null,
    readCommit: async () => templateFiles,
  });
  await made.prepare("template-blank" as CommitId);
  const pages = createPages({
    folder,
    builtIn,
    getShare: async () => null,
    readCommit: async () => templateFiles,
  });
  const page = await pages.open("templates" as ShareId, "template-blank" as CommitId, NO_KEY);
  const [address = ""] = page?.ok ? page.scripts : [];
  expect(String(await pages.script(address.slice("/shared-files/".length, -3)))).toContain("A fresh sheet.");
  expect(await pages.open("templates" as ShareId, "template-nothing" as CommitId, NO_KEY)).toBeNull();
  expect(readdirSync(folder)).toEqual([]);
  rmSync(builtIn, { recursive: true });
});
