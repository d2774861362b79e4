/** The endpoints over a real socket, on real storage (PGlite in a temporary folder). Only the rooms are stood in for. */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nanoid } from "nanoid";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ApiOptions, handleApi } from "../../lib/http/api.ts";
import { createTemplates } from "../../lib/http/templates.ts";
import type { CommitId, ProjectId, ShareId, VariantId } from "../../lib/project/ids.ts";
import { templateFiles } from "../../lib/project/template.ts";
import { createAttempts } from "../../lib/share/attempts.ts";
import { hashPassword, ownPageKeyOf } from "../../lib/share/key.ts";
import { openStorage } from "../../lib/storage/open.ts";
import type { Storage, StoredShare } from "../../lib/storage/types.ts";

let storage: Storage;
let server: Server;
let url = "";
let folder = "";
const created: { text: string; count: number; ownerId: string }[] = [];
const options = { open: false, attempts: createAttempts(10) };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "triptych-api-"));
  storage = await openStorage({ databaseUrl: null, folder });
  const pages = ["one", "two", "three", "four"].map((text) => ({
    name: `Page ${text}`,
    files: [...templateFiles, ["/page.txt", text]],
  }));
  writeFileSync(join(folder, "pricing.json"), JSON.stringify(pages));
  const driver = { name: "Built-in designer", builtIn: true } as ApiOptions["lanes"]["fast"];
  server = createServer((request, response) => {
    const api: ApiOptions = {
      storage,
      lanes: { fast: driver, deep: driver },
      models: {
        findLocal: async () => [],
        test: async () => ({ ok: false, code: "bad-test", message: "No such lane." }),
      },
      settings: null,
      version: "1.2.3",
      open: options.open,
      attempts: options.attempts,
      preparePage: () => {},
      newId: nanoid,
      templates: createTemplates(folder),
      tableOf: async (projectId) => {
        const [variant] = await storage.listVariants(projectId);
        return variant ? [{ name: "Typed last", files: new Map([...templateFiles, ["/new.txt", "x"]]) }] : [];
      },
      createProject: async (input) => {
        created.push(input);
        return { projectId: (await storeProject(input.ownerId)).projectId };
      },
    };
    void handleApi(api, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  options.open = false;
  options.attempts = createAttempts(10);
});

async function storeProject(ownerId: string): Promise<{ projectId: ProjectId; commitId: CommitId }> {
  const projectId = nanoid() as ProjectId;
  const commitId = nanoid() as CommitId;
  const commit = {
    id: commitId,
    projectId,
    parentId: null,
    turnId: null,
    authorKind: "system" as const,
    files: templateFiles,
    createdAt: 1,
  };
  const variant = {
    id: nanoid() as VariantId,
    projectId,
    letter: "A",
    name: "",
    setNumber: 1,
    position: 0,
    parentId: null,
    baseCommitId: commitId,
    keptAt: null,
    deletedAt: null,
    createdAt: 1,
  };
  await storage.createProject({ id: projectId, title: "Bakery", createdAt: Date.now(), ownerId }, commit, [
    variant,
  ]);
  return { projectId, commitId };
}

async function storeShare(
  revokedAt: number | null,
  change: Partial<StoredShare> = {},
): Promise<{ id: ShareId; token: string; commitId: CommitId }> {
  const { projectId, commitId } = await storeProject("someone-else");
  const id = nanoid() as ShareId;
  const token = nanoid();
  const tokenHash = createHash("sha256").update(token).digest("hex");
  await storage.createShare({
    id,
    tokenHash,
    projectId,
    name: "",
    commitId,
    variantId: null,
    set: null,
    variantLetter: "A",
    role: "view",
    passwordHash: null,
    createdAt: 1,
    indexed: false,
    expiresAt: null,
    revokedAt: null,
    ...change,
  });
  if (revokedAt !== null) await storage.revokeShare(id, revokedAt);
  return { id, token, commitId };
}

function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  const json = body === undefined ? {} : { "content-type": "application/json", origin: url };
  return fetch(url + path, {
    method,
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

test("health names the version, the storage engine and who answers", async () => {
  const answer = await (await call("GET", "/api/health")).json();
  expect(answer).toMatchObject({
    status: "ok",
    version: "1.2.3",
    storage: "pglite",
    lanes: { fast: { builtIn: true } },
  });
});

test("local models are looked for from the server's own machine only", async () => {
  const found = await call("POST", "/api/models/local", {});
  expect(await found.json()).toEqual({ ok: true, servers: [] });
  expect((await call("POST", "/api/models/test", { lane: "slow" })).status).toBe(400);
  const { port } = new URL(url);
  const named = { host: `app.example.com:${port}`, origin: `http://app.example.com:${port}` };
  const from = (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const options = { method: "POST", headers: { "content-type": "application/json", ...headers } };
      const asked = request(`${url}/api/models/local`, options, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      asked.on("error", reject).end("{}");
    });
  expect(await from({ origin: url })).toBe(200);
  expect(await from(named)).toBe(403);
  expect(await from({ origin: "http://evil.example.com" })).toBe(403);
});

test("a prompt creates a project, and the browser is remembered as its owner", async () => {
  const response = await call("POST", "/api/projects", { text: "  A bakery ", count: 2 });
  expect(response.status).toBe(201);
  expect(response.headers.get("set-cookie")).toMatch(
    /^triptych_owner=[\w-]+; Path=\/; HttpOnly; SameSite=Lax/,
  );
  expect(created.at(-1)).toMatchObject({ text: "A bakery", count: 2 });
});

test.each([
  [{ text: "" }, 400, "empty-prompt"],
  [{ text: 7 }, 400, "empty-prompt"],
  [{ text: "x", count: 9 }, 400, "bad-count"],
  [{ text: "x", count: "3" }, 400, "bad-count"],
  [{ text: "é".repeat(20_000) }, 413, "prompt-too-long"],
  [[], 400, "bad-json"],
])("the body %# is refused with a code and a sentence", async (body, status, code) => {
  const response = await call("POST", "/api/projects", body);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ ok: false, code, message: expect.stringMatching(/\w+.*\./) });
});

test.each([
  ["a foreign origin", { origin: "http://evil.example" }, 403],
  ["an opaque origin", { origin: "null" }, 403],
  ["a form's content type", { "content-type": "application/x-www-form-urlencoded" }, 415],
])("%s cannot change anything", async (_what, headers, status) => {
  const before = created.length;
  expect((await call("POST", "/api/projects", { text: "x" }, headers)).status).toBe(status);
  const { projectId } = await storeProject("o");
  expect((await call("DELETE", `/api/projects/${projectId}`, {}, headers)).status).toBe(status);
  expect(created.length).toBe(before);
  expect(await storage.getProject(projectId)).not.toBeNull();
});

test("a body above 1 MB is refused", async () => {
  expect((await call("POST", "/api/projects", { text: "x", more: "y".repeat(1_100_000) })).status).toBe(413);
});

test("projects are listed, renamed and deleted", async () => {
  const { projectId } = await storeProject("o");
  const ids = async () =>
    ((await (await call("GET", "/api/projects")).json()) as { projects: { id: string; title: string }[] })
      .projects;
  expect((await ids()).map((each) => each.id)).toContain(projectId);
  expect((await call("PATCH", `/api/projects/${projectId}`, { title: "Mill Lane" })).status).toBe(200);
  expect((await ids()).find((each) => each.id === projectId)?.title).toBe("Mill Lane");
  expect((await call("DELETE", `/api/projects/${projectId}`, {})).status).toBe(200);
  expect((await ids()).map((each) => each.id)).not.toContain(projectId);
});

test("a template makes a project of as many pages as were asked for, and asks no model", async () => {
  const before = created.length;
  const made = await call("POST", "/api/projects", { template: "pricing", count: 4 });
  expect(made.status).toBe(201);
  expect(created.length).toBe(before);
  const { projectId } = (await made.json()) as { projectId: ProjectId };
  const variants = await storage.listVariants(projectId);
  expect(variants.map(({ letter }) => letter)).toEqual(["A", "B", "C", "D"]);
  expect(variants[3]?.name).toBe("Page four");
  const texts = variants.map(async ({ headCommitId }) =>
    (await storage.readCommit(headCommitId))?.get("/page.txt"),
  );
  expect(await Promise.all(texts)).toEqual(["one", "two", "three", "four"]);
  const unknown = await call("POST", "/api/projects", { template: "nothing" });
  expect([unknown.status, (await unknown.json()).message]).toEqual([
    400,
    expect.stringMatching(/^A template is one of blank, pricing, .*nothing was asked for\.$/),
  ]);
});

test("a listed project names a page for each of its variants, and nobody's cookie", async () => {
  const { projectId, commitId } = await storeProject("owner-0001");
  const text = await (await call("GET", "/api/projects")).text();
  const { projects } = JSON.parse(text) as { projects: { id: string; variants: object[] }[] };
  const page = `/shared/projects/${commitId}/${ownPageKeyOf("owner-0001", commitId)}`;
  expect(projects.find(({ id }) => id === projectId)?.variants).toEqual([{ letter: "A", page }]);
  expect(text).not.toContain("owner-0001");
});

test("a deleted project is found by nobody, nor are its links, and comes back whole", async () => {
  const { id, token } = await storeShare(null);
  const { projectId = "" } = (await storage.getShare(id)) ?? {};
  expect((await call("DELETE", `/api/projects/${projectId}`, {})).status).toBe(200);
  expect((await call("PATCH", `/api/projects/${projectId}`, { title: "x" })).status).toBe(404);
  expect((await call("POST", `/api/projects/${projectId}/duplicate`, {})).status).toBe(404);
  expect((await call("POST", `/api/shares/${id}/open`, { token })).status).toBe(404);
  expect((await call("POST", `/api/projects/${projectId}/restore`, {})).status).toBe(200);
  expect((await call("POST", `/api/shares/${id}/open`, { token })).status).toBe(200);
  expect(await storage.listVariants(projectId as ProjectId)).toHaveLength(1);
});

test("a duplicate is a project of its own that begins with what lies on the table, typed text included", async () => {
  const { projectId } = await storeProject("owner-0001");
  const made = await call("POST", `/api/projects/${projectId}/duplicate`, {});
  expect(made.status).toBe(201);
  const copy = (await made.json()) as { projectId: ProjectId; title: string };
  expect(copy.title).toBe("Bakery, copy");
  const [variant] = await storage.listVariants(copy.projectId);
  expect(variant).toMatchObject({ letter: "A", name: "Typed last" });
  expect((await storage.readCommit(variant?.headCommitId as CommitId))?.get("/new.txt")).toBe("x");
});

test("beyond loopback only the browser that made a project may rename, copy, delete or take it back", async () => {
  const { projectId } = await storeProject("owner-0001");
  options.open = true;
  const steps = [
    ["PATCH", "", { title: "x" }],
    ["POST", "/duplicate", {}],
    ["DELETE", "", {}],
    ["POST", "/restore", {}],
  ] as const;
  for (const [method, path, body] of steps) {
    const ask = (cookie: string) => call(method, `/api/projects/${projectId}${path}`, body, { cookie });
    expect((await ask("triptych_owner=owner-0002")).status).toBe(404);
    expect((await ask("triptych_owner=owner-0001")).status).toBeLessThan(300);
  }
});

test("beyond loopback a browser sees only the projects it made", async () => {
  const { projectId } = await storeProject("owner-0001");
  options.open = true;
  const list = async (cookie: string) =>
    (await call("GET", "/api/projects", undefined, cookie ? { cookie } : {})).text();
  expect(await list("")).not.toContain(projectId);
  expect(await list("triptych_owner=owner-0002")).not.toContain(projectId);
  expect(await list("a=b; triptych_owner=owner-0001")).toContain(projectId);
});

test("a link's token is exchanged for a cookie that opens the stored files", async () => {
  const { id, token } = await storeShare(null);
  const response = await call("POST", `/api/shares/${id}/open`, { token });
  expect(await response.json()).toMatchObject({
    ok: true,
    share: { role: "view", variantLetter: "A", title: "Bakery", network: null },
  });
  const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const files = (await (await call("GET", `/api/shares/${id}/files`, undefined, { cookie })).json()) as {
    files: [string, string][];
  };
  expect(new Map(files.files)).toEqual(templateFiles);
  expect(
    (await call("GET", `/api/shares/${id}/files`, undefined, { authorization: `Bearer ${token}` })).status,
  ).toBe(200);
});

test("who holds a link gets what the project's previews may reach; a list of projects does not tell it", async () => {
  const { id, token } = await storeShare(null);
  const network = { hosts: ["fonts.example.com"], token: nanoid() };
  const { projectId } = (await storage.getShare(id)) ?? { projectId: "" as ProjectId };
  await storage.setNetwork(projectId, network);
  const opened = await (await call("POST", `/api/shares/${id}/open`, { token })).json();
  expect(opened).toMatchObject({ share: { network } });
  expect(await (await call("GET", "/api/projects")).text()).not.toContain(network.token);
});

test("no answer about a link names its project", async () => {
  const { id, token } = await storeShare(null);
  const share = await storage.getShare(id);
  const text = await (await call("POST", `/api/shares/${id}/open`, { token })).text();
  expect(text).not.toContain(share?.projectId ?? "?");
});

test("a wrong token and an unknown link look alike; a revoked link says so to its holder only", async () => {
  const { id } = await storeShare(null);
  const wrong = await call("POST", `/api/shares/${id}/open`, { token: nanoid() });
  const unknown = await call("POST", `/api/shares/${nanoid()}/open`, { token: nanoid() });
  expect([wrong.status, await wrong.text()]).toEqual([unknown.status, await unknown.text()]);
  const revoked = await storeShare(5);
  expect((await call("POST", `/api/shares/${revoked.id}/open`, { token: revoked.token })).status).toBe(410);
  expect((await call("POST", `/api/shares/${revoked.id}/open`, { token: nanoid() })).status).toBe(404);
});

const cookieOf = (response: Response) => (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";

test("a link with a password opens for token and password together; the cookie then stands for both", async () => {
  const passwordHash = await hashPassword("oven");
  const { id, token } = await storeShare(null, { passwordHash });
  const open = (body: object, headers = {}) => call("POST", `/api/shares/${id}/open`, body, headers);
  const codeOf = async (response: Response) => [
    response.status,
    ((await response.json()) as { code: string }).code,
  ];
  expect(await codeOf(await open({ token }))).toEqual([401, "password"]);
  expect(await codeOf(await open({ token, password: "stove" }))).toEqual([401, "wrong-password"]);
  expect(await codeOf(await open({ token: nanoid(), password: "oven" }))).toEqual([404, "unknown-share"]);
  const right = await open({ token, password: "oven" });
  expect(right.status).toBe(200);
  const cookie = cookieOf(right);
  expect((await open({}, { cookie })).status).toBe(200);
  // The address that the person comes back by has the token alone.
  expect((await open({ token }, { cookie })).status).toBe(200);
  const files = (headers: Record<string, string>) =>
    call("GET", `/api/shares/${id}/files`, undefined, headers);
  expect((await files({ cookie })).status).toBe(200);
  expect((await files({ cookie: `triptych_share_${id}=${token}` })).status).toBe(401);
  await storage.changeShare(id, { passwordHash: await hashPassword("another") });
  expect((await open({}, { cookie })).status).toBe(401);
});

test("wrong keys are limited, and right ones are not", async () => {
  const { id, token } = await storeShare(null);
  for (let at = 0; at < 12; at++)
    expect((await call("POST", `/api/shares/${id}/open`, { token })).status).toBe(200);
  const wrong = () => call("POST", `/api/shares/${id}/open`, { token: nanoid() });
  for (let at = 0; at < 10; at++) expect((await wrong()).status).toBe(404);
  expect((await wrong()).status).toBe(429);
  expect((await call("POST", `/api/shares/${id}/open`, { token })).status).toBe(429);
});

test("a link that has ended says so to its holder only", async () => {
  const { id, token } = await storeShare(null, { expiresAt: Date.now() - 1 });
  expect((await call("POST", `/api/shares/${id}/open`, { token })).status).toBe(410);
  expect((await call("POST", `/api/shares/${id}/open`, { token: nanoid() })).status).toBe(404);
});

test("each version of a set has a page of its own on the preview's host", async () => {
  const { id, token, commitId } = await storeShare(null, {});
  const set = [{ letter: "A", name: "Flour", commitId }];
  const two = await storeShare(null, { commitId: null, set: [...set, { letter: "B", name: "", commitId }] });
  const opened = await (await call("POST", `/api/shares/${two.id}/open`, { token: two.token })).json();
  expect(opened).toMatchObject({
    share: { kind: "set", versions: [{ letter: "A", name: "Flour" }, { letter: "B" }] },
  });
  const one = (await (await call("POST", `/api/shares/${id}/open`, { token })).json()) as {
    share: { versions: { page: string }[] };
  };
  expect(one.share.versions[0]?.page).toMatch(new RegExp(`^/shared/${id}/${commitId}/[\\w-]{32}$`));
});

test("a remix is a project of one's own that begins with what the link shows", async () => {
  const { commitId } = await storeProject("someone-else");
  const set = ["A", "B"].map((letter) => ({ letter, name: `Name ${letter}`, commitId }));
  const { id, token } = await storeShare(null, { commitId: null, set });
  expect((await call("POST", `/api/shares/${id}/remix`, {})).status).toBe(404);
  const cookie = cookieOf(await call("POST", `/api/shares/${id}/open`, { token }));
  const made = await call("POST", `/api/shares/${id}/remix`, {}, { cookie });
  expect(made.status).toBe(201);
  const { projectId } = (await made.json()) as { projectId: ProjectId };
  expect(made.headers.get("set-cookie")).toMatch(/^triptych_owner=/);
  const variants = await storage.listVariants(projectId);
  expect(variants.map(({ letter, name }) => [letter, name])).toEqual([
    ["A", "Name A"],
    ["B", "Name B"],
  ]);
  expect(await storage.readCommit(variants[1]?.headCommitId as CommitId)).toEqual(templateFiles);
  expect(await storage.getProject(projectId)).toMatchObject({ title: "Bakery, remixed", network: null });
  const live = await storeShare(null, { commitId: null });
  const room = cookieOf(await call("POST", `/api/shares/${live.id}/open`, { token: live.token }));
  expect((await call("POST", `/api/shares/${live.id}/remix`, {}, { cookie: room })).status).toBe(400);
});

test.each([
  ["GET", "/api/nothing", 404],
  ["PUT", "/api/projects", 405],
  ["PATCH", "/api/projects/..%2f..", 404],
  ["GET", "/api/shares/%E0%A4%A/files", 404],
])("%s %s is answered with %i", async (method, path, status) => {
  expect((await call(method, path, method === "GET" ? undefined : { title: "x" })).status).toBe(status);
});
