/** Rooms on real parts: Socket.IO on loopback, Y.Docs, PGlite. Only the model is scripted. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { nanoid } from "nanoid";
import { Server as SocketServer } from "socket.io";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connectRoom, type RoomClient } from "../../lib/client/room-client.ts";
import type { Driver, Model } from "../../lib/model/types.ts";
import type { Packages } from "../../lib/packages/types.ts";
import type { CommitId, ProjectId, PromptId, ShareId, TurnId, VariantId } from "../../lib/project/ids.ts";
import { accepts } from "../../lib/room/accepts.ts";
import { openRooms, type Rooms } from "../../lib/room/rooms.ts";
import { openStorage } from "../../lib/storage/open.ts";
import type { Storage } from "../../lib/storage/types.ts";
import { type Credentials, PROTOCOL, SOCKET_PATH } from "../../lib/wire/events.ts";

const id = <Id extends string>() => nanoid(24) as Id;
const file = (path: string, code: string) => `${path}\n\`\`\`tsx\n${code}\`\`\`\n`;
const APP = "/src/App.tsx";

let folder = "";
let storage: Storage;
let rooms: Rooms;
let server: Server;
let io: SocketServer;
let url = "";
let clients: RoomClient[] = [];
/** What adding a package brings; tests replace it. */
let addPackage: Packages["add"];
/** What the scripted model does; tests replace it. */
let script: Model;
/** The server's clock runs so far ahead. */
let aheadMs = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "triptych-room-"));
  addPackage = async () => ({ ok: false, code: "packages-off" });
  script = async function* () {
    yield file(APP, "export default function App() {\n  return <p>first</p>;\n}\n");
  };
  aheadMs = 0;
  await startServer();
});
afterEach(async () => {
  for (const client of clients) client.close();
  clients = [];
  await stopServer();
  rmSync(folder, { recursive: true, force: true });
});

async function startServer(wrap: (storage: Storage) => Storage = (each) => each): Promise<void> {
  storage = wrap(await openStorage({ databaseUrl: null, folder }));
  const driver: Driver = {
    name: "Scripted",
    builtIn: false,
    wire: "chat",
    model: (...all) => script(...all),
    warm: async () => {},
    close: async () => {},
  };
  rooms = openRooms({
    storage,
    lanes: { fast: driver, deep: driver },
    packages: { add: (wish) => addPackage(wish) },
    accepts,
    now: () => Date.now() + aheadMs,
  });
  server = createServer();
  io = new SocketServer(server, { path: SOCKET_PATH, serveClient: false });
  rooms.attach(io);
  await new Promise<void>((resolve) =>
    server.listen(Number(new URL(url || "http://x:0").port || 0), "127.0.0.1", resolve),
  );
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function stopServer(): Promise<void> {
  await rooms.close();
  await io.close();
  await storage.close();
}

async function enter(credentials: Partial<Credentials> & object): Promise<RoomClient> {
  const client = connectRoom({
    url,
    credentials: { protocol: PROTOCOL, guestId: id(), ...credentials } as Credentials,
  });
  clients.push(client);
  await expect.poll(() => client.getSnapshot().status, { timeout: 10_000 }).toBe("live");
  return client;
}

async function createProject(
  count = 1,
): Promise<{ projectId: ProjectId; owner: RoomClient; variantId: VariantId }> {
  const { projectId } = await rooms.createProject({ text: "A page", count, ownerId: "owner-0001" });
  const owner = await enter({ projectId });
  await expect
    .poll(() => owner.getSnapshot().turns.map((turn) => turn.state), { timeout: 10_000 })
    .toEqual(Array(count).fill("done"));
  return { projectId, owner, variantId: owner.getSnapshot().variants[0]?.id as VariantId };
}

const textOf = (client: RoomClient, variantId: VariantId) => client.document(variantId)?.read(APP) ?? "";
const person = { kind: "person", clientId: "test" } as const;

function type(client: RoomClient, variantId: VariantId, at: number, text: string): void {
  client.document(variantId)?.splice(APP, at, at, text, person);
}

function prompt(client: RoomClient, variantIds: VariantId[], text = "more") {
  const turnIds = Object.fromEntries(variantIds.map((each) => [each, id<TurnId>()])) as Record<
    VariantId,
    TurnId
  >;
  return {
    turnIds,
    promptId: id<PromptId>(),
    send: (promptId = id<PromptId>()) => client.command("prompt", { promptId, turnIds, lane: "fast", text }),
  };
}

test("[R1] two editors who type at once end with the same text, and the log rebuilds it", async () => {
  const { projectId, owner, variantId } = await createProject();
  const other = await enter({ projectId });
  for (let round = 0; round < 20; round++) {
    type(owner, variantId, 0, `// o${round}\n`);
    type(other, variantId, 0, `// p${round}\n`);
  }
  await expect.poll(() => owner.getSnapshot().pendingUpdates + other.getSnapshot().pendingUpdates).toBe(0);
  await expect.poll(() => textOf(owner, variantId)).toBe(textOf(other, variantId));
  const text = textOf(owner, variantId);
  for (let round = 0; round < 20; round++) expect(text).toContain(`// o${round}\n`);
  const late = await enter({ projectId });
  expect(textOf(late, variantId)).toBe(text);
});

test("[W5] an update is acknowledged only after it is stored", async () => {
  const { projectId } = await createProject();
  for (const client of clients) client.close();
  await stopServer();
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isGated = false;
  await startServer((inner) => ({
    ...inner,
    appendUpdates: async (updates) => {
      if (isGated) await gate;
      return inner.appendUpdates(updates);
    },
  }));
  const owner = await enter({ projectId });
  const variantId = owner.getSnapshot().variants[0]?.id as VariantId;
  const witness = await enter({ projectId });
  isGated = true;
  type(owner, variantId, 0, "// waits\n");
  // Others see it before it is stored; the ack does not come.
  await expect.poll(() => textOf(witness, variantId)).toContain("// waits");
  expect(owner.getSnapshot().pendingUpdates).toBe(1);
  release();
  await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
  expect((await storage.loadDocument(variantId)).updates.length).toBeGreaterThan(0);
});

test("[W6] a viewer sees everything live and can change nothing", async () => {
  const { owner, variantId } = await createProject();
  const shareId = id<ShareId>();
  const token = id();
  expect(await owner.command("share", { shareId, token, commitId: null, role: "view" })).toMatchObject({
    ok: true,
  });
  const viewer = await enter({ shareId, token });
  const before = textOf(owner, variantId);
  expect(viewer.getSnapshot().project?.id).toBeNull();
  expect(JSON.stringify(viewer.getSnapshot())).not.toContain(owner.getSnapshot().project?.id ?? "?");
  const bytes = owner.document(variantId)?.encodeState() ?? new Uint8Array();
  const refused = [
    await viewer.command("update", { variantId, updateId: id(), bytes }),
    await prompt(viewer, [variantId]).send(),
    await viewer.command("fork", { variantId, variantIds: [id<VariantId>()] }),
    await viewer.command("keep", { variantId, kept: true }),
    await viewer.command("rename", { variantId: null, name: "mine" }),
    await viewer.command("share", { shareId: id<ShareId>(), token: id(), commitId: null, role: "edit" }),
    await viewer.command("network", { hosts: ["fonts.example.com"] }),
    await viewer.command("revoke", { shareId }),
    await viewer.command("add-package", { variantId, specifier: "swiper" }),
  ];
  for (const answer of refused) expect(answer).toMatchObject({ ok: false, code: "read-only" });
  type(viewer, variantId, 0, "// forged\n");
  type(owner, variantId, 0, "// real\n");
  await expect.poll(() => textOf(viewer, variantId)).toContain("// real");
  expect(textOf(owner, variantId)).toBe(`// real\n${before}`);
});

test("a revoked link closes its sockets, and wrong tokens look like unknown links", async () => {
  const { owner } = await createProject();
  const shareId = id<ShareId>();
  const token = id();
  await owner.command("share", { shareId, token, commitId: null, role: "view" });
  const viewer = await enter({ shareId, token });
  expect(await owner.command("revoke", { shareId })).toMatchObject({ ok: true });
  await expect.poll(() => viewer.getSnapshot()).toMatchObject({ status: "ended", ended: "gone" });
  const stranger = connectRoom({
    url,
    credentials: { protocol: PROTOCOL, shareId: id<ShareId>(), token: id() },
  });
  clients.push(stranger);
  await expect.poll(() => stranger.getSnapshot().ended).toBe("unauthorized");
});

test("[W7] malformed update bytes are refused, and the third closes the socket", async () => {
  const { projectId, owner, variantId } = await createProject();
  const other = await enter({ projectId });
  const before = textOf(owner, variantId);
  const bad = () =>
    other.command("update", { variantId, updateId: id(), bytes: new Uint8Array([9, 9, 9, 9]) });
  expect(await bad()).toMatchObject({ ok: false, code: "bad-update" });
  expect(await bad()).toMatchObject({ ok: false, code: "bad-update" });
  await bad();
  type(owner, variantId, 0, "// fine\n");
  await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
  expect(textOf(owner, variantId)).toBe(`// fine\n${before}`);
});

test("[W4] junk of any shape is refused, and the room goes on", async () => {
  const { owner, variantId } = await createProject();
  const junk = fc
    .sample(fc.anything({ maxDepth: 2 }), 60)
    .filter((body) => typeof body !== "function" && typeof body !== "symbol" && typeof body !== "bigint");
  for (const body of junk) {
    const answer = await owner.command("prompt", JSON.parse(JSON.stringify(body ?? null)) as never);
    expect(answer).toMatchObject({ ok: false });
  }
  expect(await prompt(owner, [variantId]).send()).toMatchObject({ ok: true });
});

test("[W8] the same prompt ids twice start the turn once", async () => {
  const { owner, variantId } = await createProject();
  let runs = 0;
  script = async function* () {
    runs++;
    yield file(APP, "export default function App() {\n  return <p>second</p>;\n}\n");
  };
  const asked = prompt(owner, [variantId]);
  expect(await asked.send(asked.promptId)).toMatchObject({ ok: true });
  expect(await asked.send(asked.promptId)).toMatchObject({ ok: true });
  await expect.poll(() => textOf(owner, variantId)).toContain("second");
  expect(runs).toBe(1);
});

test("[W9] the allowed hosts are told to everyone, bad names are refused with a reason, and another list has another token", async () => {
  const { owner, projectId } = await createProject();
  const shareId = id<ShareId>();
  const token = id();
  await owner.command("share", { shareId, token, commitId: null, role: "view" });
  const viewer = await enter({ shareId, token });
  const networkOf = (client: RoomClient) => client.getSnapshot().project?.network;
  expect(networkOf(owner)).toBeNull();

  const bad = await owner.command("network", { hosts: ["fonts.example.com", "*.example.com"] });
  expect(bad).toMatchObject({ ok: false, code: "bad-host", detail: expect.stringMatching(/wildcard/) });
  expect((await storage.getProject(projectId))?.network).toBeNull();

  const hosts = ["https://Fonts.example.com/", "fonts.example.com", "cdn.example.com"];
  const first = await owner.command("network", { hosts });
  expect(first).toMatchObject({ ok: true, network: { hosts: ["fonts.example.com", "cdn.example.com"] } });
  const told = first.ok ? first.network : null;
  await expect.poll(() => networkOf(viewer)).toEqual(told);
  expect(networkOf(await enter({ shareId, token }))).toEqual(told);
  expect(await owner.command("network", { hosts })).toEqual(first);

  const second = await owner.command("network", { hosts: ["cdn.example.com"] });
  expect(second.ok && second.network?.token).not.toBe(told?.token);
  expect(await storage.networkHosts(told?.token ?? "")).toBeNull();
  await owner.command("rename", { variantId: null, name: "Renamed" });
  await expect
    .poll(() => viewer.getSnapshot().project)
    .toMatchObject({
      title: "Renamed",
      network: { hosts: ["cdn.example.com"] },
    });
  expect(await owner.command("network", { hosts: [] })).toEqual({ ok: true, network: null });
  await expect.poll(() => networkOf(viewer)).toBeNull();
});

test("[R2] whoever joins in the middle of a stream gets document and draft, and follows from there", async () => {
  const { projectId, owner, variantId } = await createProject();
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  script = async function* () {
    yield "/src/Late.tsx\n```tsx\nexport const one = 1;\nexport const two = (";
    await gate;
    yield "2);\n```\n";
  };
  await prompt(owner, [variantId]).send();
  await expect.poll(() => owner.drafts(variantId)?.open()[0]?.text).toBe("export const two = (");
  const late = await enter({ projectId });
  expect(late.document(variantId)?.read("/src/Late.tsx")).toBe("export const one = 1;\n");
  expect(late.drafts(variantId)?.open()[0]).toMatchObject({
    path: "/src/Late.tsx",
    text: "export const two = (",
  });
  release();
  await expect
    .poll(() => late.document(variantId)?.read("/src/Late.tsx"))
    .toBe("export const one = 1;\nexport const two = (2);\n");
  expect(late.drafts(variantId)?.open()).toEqual([]);
});

test("[R2] whoever joins while text pours in sees each character once", async () => {
  const { projectId, owner, variantId } = await createProject();
  let isEnough = false;
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  script = async function* () {
    yield `${APP}\n\`\`\`tsx\nexport default function App() {\n  return (\n    <main>\n`;
    for (let line = 0; !isEnough; line++) {
      yield `      <p>line ${line} `;
      yield "is short</p>\n";
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await gate;
  };
  await owner.command("prompt", {
    promptId: id<PromptId>(),
    turnIds: { [variantId]: id<TurnId>() },
    lane: "fast",
    text: "pour",
  });
  const shown = (client: RoomClient) => {
    const drafts = client.drafts(variantId)?.open() ?? [];
    return textOf(client, variantId) + drafts.map(({ text }) => `|${text}`).join("");
  };
  await expect.poll(() => shown(owner)).toContain("line 20 ");
  const others = await Promise.all(Array.from({ length: 12 }, () => enter({ projectId })));
  isEnough = true;
  try {
    for (const other of others) await expect.poll(() => shown(other)).toBe(shown(owner));
  } finally {
    release();
  }
});

test("stop ends a turn at once; nothing is applied after it", async () => {
  const { owner, variantId } = await createProject();
  let isClosed = false;
  script = async function* (_prompt, signal) {
    try {
      yield "/src/Never.tsx\n```tsx\nexport const one = 1;\n";
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      yield "export const two = 2;\n```\n";
    } finally {
      isClosed = true;
    }
  };
  const asked = prompt(owner, [variantId]);
  await asked.send();
  await expect.poll(() => owner.document(variantId)?.read("/src/Never.tsx")).toBe("export const one = 1;\n");
  expect(await owner.command("stop", { turnId: asked.turnIds[variantId] as TurnId })).toMatchObject({
    ok: true,
  });
  await expect.poll(() => owner.getSnapshot().turns.at(-1)?.state).toBe("stopped");
  expect(owner.document(variantId)?.read("/src/Never.tsx")).toBeNull();
  expect(isClosed).toBe(true);
});

test("[R3] what was typed while the connection was gone reaches the server after it is back", async () => {
  const { projectId, owner, variantId } = await createProject();
  await stopServer();
  await expect.poll(() => owner.getSnapshot().status, { timeout: 10_000 }).toBe("reconnecting");
  type(owner, variantId, 0, "// typed offline\n");
  await startServer();
  await expect.poll(() => owner.getSnapshot().status, { timeout: 15_000 }).toBe("live");
  await expect.poll(() => owner.getSnapshot().pendingUpdates, { timeout: 10_000 }).toBe(0);
  const late = await enter({ projectId });
  expect(textOf(late, variantId)).toMatch(/^\/\/ typed offline\n/);
});

test("[R4] a new server on the same storage has everything that was acknowledged", async () => {
  const { projectId, owner, variantId } = await createProject(3);
  type(owner, variantId, 0, "// kept\n");
  await owner.command("keep", { variantId, kept: true });
  await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
  const before = owner.getSnapshot();
  const text = textOf(owner, variantId);
  owner.close();
  clients = [];
  await stopServer();
  await startServer();
  const again = await enter({ projectId });
  expect(textOf(again, variantId)).toBe(text);
  expect(again.getSnapshot().variants.map(({ letter, keptAt }) => [letter, keptAt !== null])).toEqual([
    ["A", true],
    ["B", false],
    ["C", false],
  ]);
  expect(
    again
      .getSnapshot()
      .turns.map((turn) => turn.id)
      .sort(),
  ).toEqual(before.turns.map((turn) => turn.id).sort());
});

test("fork makes the next set from a variant as it is now, and restore brings an earlier turn back as a new one", async () => {
  const { owner, variantId } = await createProject();
  type(owner, variantId, 0, "// by hand\n");
  await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
  const variantIds = [id<VariantId>(), id<VariantId>(), id<VariantId>()];
  expect(await owner.command("fork", { variantId, variantIds })).toMatchObject({ ok: true });
  await expect
    .poll(() =>
      owner
        .getSnapshot()
        .variants.filter((variant) => variant.setNumber === 2)
        .map((variant) => variant.letter),
    )
    .toEqual(["A", "B", "C"]);
  for (const each of variantIds) await expect.poll(() => textOf(owner, each)).toBe(textOf(owner, variantId));
  const first = owner.getSnapshot().turns[0];
  const back = await owner.command("restore", {
    variantId,
    commitId: first?.commitId as CommitId,
    turnId: id<TurnId>(),
  });
  expect(back).toMatchObject({ ok: true, turn: { kind: "restore", state: "done" } });
  await expect.poll(() => textOf(owner, variantId)).not.toContain("// by hand");
  expect(textOf(owner, variantIds[0] as VariantId)).toContain("// by hand");
});

test("undo takes one turn back, keeps what people wrote elsewhere, and works after a restart too", async () => {
  const { projectId, owner, variantId } = await createProject();
  const before = textOf(owner, variantId);
  const change = (text: string) => {
    script = async function* () {
      yield file(APP, `export default function App() {\n  return <p>${text}</p>;\n}\n`);
    };
    return prompt(owner, [variantId], text);
  };
  const ended = async (turnId: TurnId | undefined, client = owner) =>
    expect
      .poll(() => client.getSnapshot().turns.find((turn) => turn.id === turnId)?.state, { timeout: 10_000 })
      .toBe("done");
  const second = change("second");
  await second.send();
  await ended(second.turnIds[variantId]);
  type(owner, variantId, 0, "// by hand\n");
  await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
  const undoId = id<TurnId>();
  const undone = await owner.command("undo", { turnId: second.turnIds[variantId] as TurnId, undoId });
  expect(undone).toMatchObject({ ok: true, turn: { kind: "undo", state: "done" } });
  await expect.poll(() => textOf(owner, variantId)).toBe(`// by hand\n${before}`);
  // The same request again is the same turn; the same undo again has nothing to do.
  expect(await owner.command("undo", { turnId: second.turnIds[variantId] as TurnId, undoId })).toMatchObject({
    ok: true,
    turn: { id: undoId },
  });
  expect(
    await owner.command("undo", { turnId: second.turnIds[variantId] as TurnId, undoId: id<TurnId>() }),
  ).toMatchObject({ ok: false, code: "nothing-left" });

  const third = change("third");
  await third.send();
  await ended(third.turnIds[variantId]);
  for (const client of clients) client.close();
  await stopServer();
  await startServer();
  const later = await enter({ projectId });
  expect(textOf(later, variantId)).toContain("<p>third</p>");
  const again = await later.command("undo", {
    turnId: third.turnIds[variantId] as TurnId,
    undoId: id<TurnId>(),
  });
  expect(again).toMatchObject({ ok: true });
  await expect.poll(() => textOf(later, variantId)).toBe(`// by hand\n${before}`);
});

test("a prompt for a variant that is writing waits behind it", async () => {
  const { owner, variantId } = await createProject();
  const order: string[] = [];
  script = async function* ({ request }) {
    order.push(request.text);
    yield `/src/${request.text}.ts\n\`\`\`ts\nexport const a = 1;\n\`\`\`\n`;
  };
  await Promise.all([prompt(owner, [variantId], "one").send(), prompt(owner, [variantId], "two").send()]);
  await expect
    .poll(() => owner.document(variantId)?.paths())
    .toEqual(expect.arrayContaining(["/src/one.ts", "/src/two.ts"]));
  expect(order).toEqual(["one", "two"]);
});

test("the times of a turn that waited begin when it runs, and say how long it waited", async () => {
  const { owner, variantId } = await createProject();
  const MINUTE_MS = 60_000;
  let asked = 0;
  script = async function* ({ request }) {
    // The first takes a minute to come to its first word.
    if (asked++ === 0) aheadMs += MINUTE_MS;
    yield `/src/${request.text}.ts\n\`\`\`ts\nexport const a = 1;\n\`\`\`\n`;
  };
  const [one, two] = [prompt(owner, [variantId], "one"), prompt(owner, [variantId], "two")];
  await Promise.all([one.send(), two.send()]);
  const timingsOf = (turnId: TurnId | undefined) =>
    owner.getSnapshot().turns.find((turn) => turn.id === turnId)?.timings ?? null;
  await expect.poll(() => timingsOf(two.turnIds[variantId])).not.toBeNull();
  const [first, second] = [timingsOf(one.turnIds[variantId]), timingsOf(two.turnIds[variantId])];
  expect(first?.firstTextMs).toBeGreaterThanOrEqual(MINUTE_MS);
  expect(second?.waitedMs).toBeGreaterThanOrEqual(MINUTE_MS);
  expect(second?.firstTextMs).toBeLessThan(MINUTE_MS);
  expect(second?.totalMs).toBeLessThan(MINUTE_MS);
});

test("a page can ask for the server's time, and learns from the frames of a turn how long its text took", async () => {
  const { projectId, owner, variantId } = await createProject();
  const answer = await owner.command("clock", {});
  expect(answer.ok && Math.abs(answer.nowMs - Date.now())).toBeLessThan(60_000);
  const viewer = await enter({ projectId });
  const { send, turnIds } = prompt(owner, [variantId]);
  await send();
  const turnId = turnIds[variantId] as TurnId;
  await expect.poll(() => viewer.trace.read(turnId)?.frames).toBeGreaterThan(0);
  // Nothing was painted: there is no preview here.
  expect(viewer.trace.read(turnId)).toMatchObject({ shown: 0, way: null });
});

/** A variant whose page imports "swiper" and its style sheet. */
async function importing(): Promise<{ owner: RoomClient; variantId: VariantId; projectId: ProjectId }> {
  script = async function* () {
    yield file(APP, `import { Swiper } from "swiper/react";\nimport "swiper/css";\nexport default Swiper;\n`);
  };
  return createProject();
}

const packageJson = (client: RoomClient, variantId: VariantId) =>
  client.document(variantId)?.read("/package.json") ?? "";

test("[W10] a package that a file imports is added with its exact version in package.json, then everyone is told", async () => {
  const { owner, variantId, projectId } = await importing();
  const other = await enter({ projectId });
  const wishes: unknown[] = [];
  addPackage = async (wish) => {
    wishes.push(wish);
    return { ok: true, version: "11.2.0" };
  };
  const seen: string[] = [];
  other.subscribe(() => {
    if (other.getSnapshot().addedPackages > seen.length) seen.push(packageJson(other, variantId));
  });
  const answer = await owner.command("add-package", { variantId, specifier: "swiper/react" });
  expect(answer).toEqual({ ok: true, name: "swiper", version: "11.2.0" });
  expect(wishes).toEqual([{ name: "swiper", range: null, modules: ["swiper/css", "swiper/react"] }]);
  await expect.poll(() => seen.length).toBe(1);
  expect(seen[0]).toContain('"swiper": "11.2.0"');
  await owner.command("add-package", { variantId, specifier: "swiper" });
  expect(wishes.at(-1)).toMatchObject({ range: "11.2.0" });
  const late = await enter({ projectId });
  expect(packageJson(late, variantId)).toContain('"swiper": "11.2.0"');
});

test.each([
  ["left-pad", "package-not-imported"],
  ["../swiper", "package-name"],
  ["node:fs", "package-name"],
])("[W10] %s, which no file imports as a package, is not added", async (specifier, code) => {
  const { owner, variantId } = await importing();
  const wishes: unknown[] = [];
  addPackage = async (wish) => {
    wishes.push(wish);
    return { ok: true, version: "1.0.0" };
  };
  expect(await owner.command("add-package", { variantId, specifier })).toMatchObject({ ok: false, code });
  expect(wishes).toEqual([]);
});

test("[W11] a package that could not be added leaves the files as they are, and says why", async () => {
  const { owner, variantId } = await importing();
  const before = owner.document(variantId)?.files();
  addPackage = async () => ({ ok: false, code: "registry-unreachable", detail: "ECONNREFUSED" });
  const answer = await owner.command("add-package", { variantId, specifier: "swiper" });
  expect(answer).toEqual({ ok: false, code: "registry-unreachable", detail: "ECONNREFUSED" });
  const text = packageJson(owner, variantId);
  owner.document(variantId)?.splice("/package.json", 0, text.length, "{ not json", person);
  await expect.poll(() => owner.getSnapshot().pendingUpdates).toBe(0);
  addPackage = async () => ({ ok: true, version: "1.0.0" });
  expect(await owner.command("add-package", { variantId, specifier: "swiper" })).toMatchObject({
    code: "no-package-json",
  });
  expect(owner.document(variantId)?.files()).toEqual(new Map(before).set("/package.json", "{ not json"));
});
