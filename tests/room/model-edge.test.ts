/** Where a room meets a real driver on a scripted server: connections are opened beforehand, and its key goes nowhere else. */
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { nanoid } from "nanoid";
import { Server as SocketServer } from "socket.io";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { connectRoom, type RoomClient } from "../../lib/client/room-client.ts";
import { type ApiOptions, handleApi } from "../../lib/http/api.ts";
import { createLanes } from "../../lib/model/lanes.ts";
import { createModelTools } from "../../lib/model/model-tools.ts";
import type { ShareId } from "../../lib/project/ids.ts";
import { accepts } from "../../lib/room/accepts.ts";
import { openRooms, type Rooms } from "../../lib/room/rooms.ts";
import type { Storage } from "../../lib/storage/types.ts";
import { type Credentials, PROTOCOL, SOCKET_PATH } from "../../lib/wire/events.ts";
import { createBed, KEY } from "../fixtures/providers/every-driver.ts";
import { openEmbedded, temporaryFolder } from "../storage/support.ts";

const bed = createBed();
let storage: Storage;
let folder = "";
beforeAll(async () => {
  folder = await temporaryFolder();
  storage = await openEmbedded(folder);
});
afterAll(async () => {
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
});

let stop: () => Promise<void> = async () => {};
afterEach(async () => {
  await stop();
  stop = async () => {};
  await bed.clear();
  vi.restoreAllMocks();
});

type App = { url: string; rooms: Rooms; logged: string[]; enter: Enter };
type Enter = (credentials: Partial<Credentials> & object) => Promise<RoomClient>;

/** Rooms and API on one port, with the scripted server as fast lane. */
async function startApp(wire: string): Promise<App> {
  const logged: string[] = [];
  for (const level of ["log", "warn", "error"] as const)
    vi.spyOn(console, level).mockImplementation((...all) => void logged.push(all.map(String).join(" ")));
  const baseUrl = `${bed.server().url}/v1`;
  const lanes = createLanes({ fast: { baseUrl, apiKey: KEY, model: "scripted", wire }, deep: null });
  const packages = { add: async () => ({ ok: false, code: "packages-off" }) as const };
  const rooms = openRooms({ storage, lanes, packages, accepts });
  const { createProject } = rooms;
  const models = createModelTools(lanes);
  const api = {
    storage,
    lanes,
    models,
    version: "1",
    open: false,
    newId: nanoid,
    createProject,
  } as ApiOptions;
  const server: Server = createServer((request, response) => void handleApi(api, request, response));
  const io = new SocketServer(server, { path: SOCKET_PATH, serveClient: false });
  rooms.attach(io);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clients: RoomClient[] = [];
  stop = async () => {
    for (const client of clients) client.close();
    await rooms.close();
    await io.close();
    await lanes.fast.close();
  };
  const enter: Enter = async (credentials) => {
    const asked = { protocol: PROTOCOL, guestId: nanoid(24), ...credentials } as Credentials;
    const client = connectRoom({ url, credentials: asked });
    clients.push(client);
    await expect.poll(() => client.getSnapshot().status).toBe("live");
    return client;
  };
  return { url, rooms, logged, enter };
}

test("[W21] an editor's coming opens the lane's connections, a viewer's does not", async () => {
  const server = await bed.serve([{ text: "Nothing to do." }]);
  const { rooms, enter } = await startApp("chat");
  const { projectId } = await rooms.createProject({ text: "A page", count: 1, ownerId: "owner-0001" });
  await expect.poll(() => server.requests.length).toBeGreaterThan(0);
  const before = server.connections();
  const owner = await enter({ projectId });
  await expect.poll(() => server.connections()).toBeGreaterThan(before);
  const [shareId, token] = [nanoid(24) as ShareId, nanoid(24)];
  await owner.command("share", { shareId, token, commitId: null, role: "view" });
  const viewer = await enter({ shareId, token });
  expect(await viewer.command("warm", { lane: "fast" })).toMatchObject({ ok: false, code: "read-only" });
  expect(await owner.command("warm", { lane: "fast" })).toMatchObject({ ok: true });
});

test.each(["chat", "responses", "responses-ws", "anthropic", "ai-sdk:@ai-sdk/anthropic"])(
  "the key of a %s lane is in no browser, log, error or database",
  async (wire) => {
    // A server that echoes the key it refuses, and one that says it in the middle of an answer.
    const refusal = { status: 401, body: `{"error":{"message":"Incorrect API key provided: ${KEY}"}}` };
    await bed.serve((call) =>
      call === 0 ? [refusal] : [{ text: "Hm." }, { error: { code: "server_error", message: KEY } }],
    );
    const app = await startApp(wire);
    const { projectId } = await app.rooms.createProject({ text: "A page", count: 2, ownerId: "owner-0001" });
    const client = await app.enter({ projectId });
    await expect
      .poll(() =>
        client
          .getSnapshot()
          .turns.map(({ state }) => state)
          .sort(),
      )
      .toEqual(["cut", "failed"]);
    const headers = { "content-type": "application/json", origin: app.url };
    const tested = await fetch(`${app.url}/api/models/test`, {
      method: "POST",
      headers,
      body: '{"lane":"fast"}',
    });
    const health = await fetch(`${app.url}/api/health`);
    const seen = [
      JSON.stringify(client.getSnapshot()),
      await tested.text(),
      await health.text(),
      ...app.logged,
    ];
    expect(seen[0]).toContain("refused the key");
    expect(seen.join("\n")).not.toContain(KEY);
    await app.rooms.close();
    // The search itself works: what was said is there.
    expect(filesWith(folder, "refused the key")).not.toEqual([]);
    expect(filesWith(folder, KEY)).toEqual([]);
  },
);

function filesWith(folder: string, text: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.filter((file) => readFileSync(file).includes(text));
}
