/**
 * Rooms on real parts for tests: Socket.IO on loopback, Y.Docs, PGlite. Only the model is scripted. The database is opened
 * once for a file (that is what takes seconds); each test has its own server, rooms and project.
 */
import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { nanoid } from "nanoid";
import { Server as SocketServer } from "socket.io";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { connectRoom, type RoomClient } from "../../lib/client/room-client.ts";
import type { Model } from "../../lib/model/types.ts";
import type { Packages } from "../../lib/packages/types.ts";
import type { ProjectId, PromptId, TurnId, VariantId } from "../../lib/project/ids.ts";
import { accepts } from "../../lib/room/accepts.ts";
import { openRooms, type Rooms, type RoomsOptions } from "../../lib/room/rooms.ts";
import type { Storage } from "../../lib/storage/types.ts";
import { type Credentials, PROTOCOL, SOCKET_PATH } from "../../lib/wire/events.ts";
import { scriptedDriver } from "../fixtures/scripted-driver.ts";
import { openEmbedded, temporaryFolder } from "../storage/support.ts";

export const APP = "/src/App.tsx";
export const id = <Id extends string>() => nanoid(24) as Id;
/** A file as the scripted model writes it. */
export const file = (path: string, code: string) => `${path}\n\`\`\`tsx\n${code}\`\`\`\n`;
/** A page that says `words`. */
export const page = (words: string) =>
  file(APP, `export default function App() {\n  return <p>${words}</p>;\n}\n`);
export const textOf = (client: RoomClient, variantId: VariantId) =>
  client.document(variantId)?.read(APP) ?? "";

const person = { kind: "person", clientId: "test" } as const;

export function type(client: RoomClient, variantId: VariantId, at: number, text: string): void {
  client.document(variantId)?.splice(APP, at, at, text, person);
}

/** A prompt with its ids, to be sent once or again. */
export function prompt(client: RoomClient, variantIds: VariantId[], text = "more") {
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

export type RoomServer = {
  readonly storage: Storage;
  readonly rooms: Rooms;
  readonly io: SocketServer;
  readonly url: string;
  readonly clients: RoomClient[];
  /** What the scripted model does; tests replace it. */
  script: Model;
  /** What adding a package brings; tests replace it. */
  addPackage: Packages["add"];
  /** The server's clock runs so far ahead. */
  aheadMs: number;
  /** Other drivers, caps and the like for this test: set it, then `restart`. */
  with: Partial<Pick<RoomsOptions, "lanes" | "answers">>;
  restart(change: Partial<Pick<RoomsOptions, "lanes" | "answers">>): Promise<void>;
  start(wrap?: (storage: Storage) => Storage): Promise<void>;
  /** Ends rooms and sockets; the port is kept for the next `start`. */
  stop(): Promise<void>;
  /** Closes the database and opens its folder again, as a new process does. The server must be stopped. */
  reopenStorage(): Promise<void>;
  /** `url` when it is not the server's own: through a proxy. */
  enter(credentials: Partial<Credentials> & object, url?: string): Promise<RoomClient>;
  /** A project whose first turns are done. */
  createProject(count?: number): Promise<{ projectId: ProjectId; owner: RoomClient; variantId: VariantId }>;
};

/** Call at the top of a test file: it has the file's database and each test's server made and ended. */
export function useRoomServer(ping: { pingInterval?: number; pingTimeout?: number } = {}): RoomServer {
  let folder = "";
  let server: Server;
  let io: SocketServer;
  let port = 0;
  const own = {} as { storage: Storage; rooms: Rooms };

  const room: RoomServer = {
    get storage() {
      return own.storage;
    },
    get rooms() {
      return own.rooms;
    },
    get io() {
      return io;
    },
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    clients: [],
    script: () => nothing(),
    addPackage: async () => ({ ok: false, code: "packages-off" }),
    aheadMs: 0,
    with: {},

    async restart(change) {
      await room.stop();
      room.with = change;
      await room.start();
    },
    async start(wrap = (each) => each) {
      own.rooms = openRooms({
        storage: wrap(own.storage),
        lanes: { fast: scripted(), deep: scripted() },
        packages: { add: (wish) => room.addPackage(wish) },
        accepts,
        now: () => Date.now() + room.aheadMs,
        ...room.with,
      });
      server = createServer();
      io = new SocketServer(server, {
        path: SOCKET_PATH,
        serveClient: false,
        perMessageDeflate: false,
        ...ping,
      });
      own.rooms.attach(io);
      await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
      port = (server.address() as AddressInfo).port;
    },
    async stop() {
      await own.rooms.close();
      await io.close();
    },
    async reopenStorage() {
      await own.storage.close();
      own.storage = await openEmbedded(folder);
    },
    async enter(credentials, url = room.url) {
      const client = connectRoom({
        url,
        credentials: { protocol: PROTOCOL, guestId: id(), ...credentials } as Credentials,
      });
      room.clients.push(client);
      await expect.poll(() => client.getSnapshot().status).toBe("live");
      return client;
    },
    async createProject(count = 1) {
      const { projectId } = await own.rooms.createProject({ text: "A page", count, ownerId: "owner-0001" });
      const owner = await room.enter({ projectId });
      await expect
        .poll(() => owner.getSnapshot().turns.map((turn) => turn.state))
        .toEqual(Array(count).fill("done"));
      return { projectId, owner, variantId: owner.getSnapshot().variants[0]?.id as VariantId };
    },
  };

  const scripted = () => scriptedDriver((...all) => room.script(...all));

  beforeAll(async () => {
    folder = await temporaryFolder();
    own.storage = await openEmbedded(folder);
  });
  beforeEach(async () => {
    room.script = async function* () {
      yield page("first");
    };
    room.addPackage = async () => ({ ok: false, code: "packages-off" });
    room.aheadMs = 0;
    room.with = {};
    port = 0;
    await room.start();
  });
  afterEach(async () => {
    for (const client of room.clients.splice(0)) client.close();
    await room.stop();
  });
  afterAll(async () => {
    await own.storage?.close();
    await rm(folder, { recursive: true, force: true });
  });
  return room;
}

async function* nothing(): AsyncGenerator<string> {}
