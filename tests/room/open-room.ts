/** Rooms on real parts: Socket.IO on loopback, Y.Docs, PGlite. Only the model is scripted. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nanoid } from "nanoid";
import { Server as SocketServer } from "socket.io";
import { io as connect, type Socket } from "socket.io-client";
import { expect } from "vitest";
import { connectRoom, type RoomClient } from "../../lib/client/room-client.ts";
import type { Model } from "../../lib/model/types.ts";
import type { ProjectId, PromptId, ShareId, TurnId, VariantId } from "../../lib/project/ids.ts";
import { accepts } from "../../lib/room/accepts.ts";
import { openRooms, type Rooms } from "../../lib/room/rooms.ts";
import type { Storage } from "../../lib/storage/types.ts";
import { type Commands, type Credentials, PROTOCOL, SOCKET_PATH } from "../../lib/wire/events.ts";
import { scriptedDriver } from "../fixtures/scripted-driver.ts";
import { openEmbedded } from "../storage/support.ts";

export const id = <Id extends string>() => nanoid(24) as Id;
export const APP = "/src/App.tsx";
export const page = (text: string) => `export default function App() {\n  return <p>${text}</p>;\n}\n`;
export const answer = (text: string) => `${APP}\n\`\`\`tsx\n${page(text)}\`\`\`\n`;
const person = { kind: "person", clientId: "test" } as const;

export type OpenRoom = Awaited<ReturnType<typeof openRoom>>;

export async function openRoom() {
  const folder = mkdtempSync(join(tmpdir(), "triptych-room-"));
  const state = {
    /** What the scripted model does. */
    script: async function* () {
      yield answer("first");
    } as Model,
    /** The server's clock runs so far ahead. */
    aheadMs: 0,
    shared: [] as string[],
  };
  let storage: Storage;
  let rooms: Rooms;
  let server: Server;
  let io: SocketServer;
  let port = 0;
  let clients: { close(): unknown }[] = [];

  async function start(): Promise<void> {
    storage = await openEmbedded(folder);
    const driver = scriptedDriver((...all) => state.script(...all));
    rooms = openRooms({
      storage,
      lanes: { fast: driver, deep: driver },
      packages: { add: async () => ({ ok: false, code: "packages-off" }) },
      accepts,
      now: () => Date.now() + state.aheadMs,
      onShared: (commitId) => void state.shared.push(commitId),
    });
    server = createServer();
    io = new SocketServer(server, { path: SOCKET_PATH, serveClient: false });
    rooms.attach(io);
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  }

  async function stop(): Promise<void> {
    await rooms.close();
    await io.close();
    await storage.close();
  }

  await start();
  const url = () => `http://127.0.0.1:${port}`;

  function join_(credentials: object): RoomClient {
    const client = connectRoom({
      url: url(),
      credentials: { protocol: PROTOCOL, guestId: id(), ...credentials } as Credentials,
    });
    clients.push(client);
    return client;
  }

  async function enter(credentials: object): Promise<RoomClient> {
    const client = join_(credentials);
    await expect.poll(() => client.getSnapshot().status).toBe("live");
    return client;
  }

  return {
    state,
    start,
    stop,
    get storage() {
      return storage;
    },
    /** Comes in, or is refused. */
    knock: join_,
    enter,
    /** A bare socket, for what no page of ours sends. */
    async socket(credentials: object): Promise<Socket> {
      const socket = connect(url(), {
        path: SOCKET_PATH,
        auth: { protocol: PROTOCOL, guestId: id(), ...credentials },
        transports: ["websocket"],
        forceNew: true,
        reconnection: false,
      });
      clients.push(socket);
      await new Promise<void>((resolve, reject) => {
        socket.once("connect", resolve);
        socket.once("connect_error", reject);
      });
      return socket;
    },
    async createProject(count = 1) {
      const { projectId } = await rooms.createProject({ text: "A page", count, ownerId: "owner-0001" });
      const owner = await enter({ projectId });
      await expect
        .poll(() => owner.getSnapshot().turns.map((turn) => turn.state))
        .toEqual(Array(count).fill("done"));
      const variantIds = owner.getSnapshot().variants.map((variant) => variant.id);
      return { projectId: projectId as ProjectId, owner, variantIds, variantId: variantIds[0] as VariantId };
    },
    async end(): Promise<void> {
      for (const client of clients) client.close();
      clients = [];
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const textOf = (client: RoomClient, variantId: VariantId, path = APP) =>
  client.document(variantId)?.read(path) ?? "";

/** Types and waits until the server has stored it. */
export async function type(
  client: RoomClient,
  variantId: VariantId,
  at: number,
  text: string,
): Promise<void> {
  client.document(variantId)?.splice(APP, at, at, text, person);
  await expect.poll(() => client.getSnapshot().pendingUpdates).toBe(0);
}

/** Asks and waits for the end of the turn. */
export async function ask(client: RoomClient, variantId: VariantId, text: string): Promise<TurnId> {
  const turnId = id<TurnId>();
  const turnIds = { [variantId]: turnId } as Record<VariantId, TurnId>;
  await client.command("prompt", { promptId: id<PromptId>(), turnIds, lane: "fast", text });
  await expect.poll(() => client.getSnapshot().turns.find((turn) => turn.id === turnId)?.state).toBe("done");
  return turnId;
}

/** Makes a link and returns how to come in by it. */
export async function share(
  owner: RoomClient,
  wish: Partial<Commands["share"]> = {},
): Promise<{ shareId: ShareId; token: string }> {
  const key = { shareId: id<ShareId>(), token: id() };
  expect(await owner.command("share", { ...key, commitId: null, role: "view", ...wish })).toMatchObject({
    ok: true,
  });
  return key;
}
