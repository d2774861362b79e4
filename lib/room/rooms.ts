/** All rooms of this process: sockets come in, rooms are loaded once, commands are checked and handed on. */

import { nanoid } from "nanoid";
import type { EditTarget } from "#lib/edit/types.ts";
import type { Lanes } from "#lib/model/types.ts";
import type { Packages } from "#lib/packages/types.ts";
import type { CommitId, ProjectId, PromptId, TurnId, VariantId } from "#lib/project/ids.ts";
import { letterOf } from "#lib/project/letters.ts";
import { limits } from "#lib/project/limits.ts";
import { templateFiles } from "#lib/project/template.ts";
import { groupCommit } from "#lib/storage/group-commit.ts";
import type { NewCommit, NewVariant, Storage } from "#lib/storage/types.ts";
import type { Ack, CommandName } from "#lib/wire/events.ts";
import { commandNames, parseCommand } from "#lib/wire/schemas.ts";
import { mayCommand, openAccess } from "./access.ts";
import { type Call, handlers } from "./commands.ts";
import { Room, type RoomOptions, type RoomServer, type RoomSocket } from "./room.ts";
import { titleOf } from "./title.ts";
import { createTokenBucket } from "./token-bucket.ts";

export type Rooms = {
  attach(io: RoomServer): void;
  /** Rows and running turns; resolves as soon as the rows are durable, before the model says anything. */
  createProject(input: { text: string; count: number; ownerId: string }): Promise<{ projectId: ProjectId }>;
  /** Stops turns, flushes, and tells every page that the server goes. */
  close(): Promise<void>;
};

export type RoomsOptions = {
  storage: Storage;
  lanes: Lanes;
  packages: Pick<Packages, "add">;
  accepts: NonNullable<EditTarget["accepts"]>;
  now?: () => number;
  id?: () => string;
  log?: (line: string) => void;
};

const UNLOAD_AFTER_MS = 60_000;

export function openRooms({
  storage,
  lanes,
  packages,
  accepts,
  now = Date.now,
  id = nanoid,
  log = console.error,
}: RoomsOptions): Rooms {
  const rooms = new Map<ProjectId, Promise<Room | null>>();
  const updates = groupCommit(storage);
  let server: RoomServer | null = null;
  const onError = (what: string, error: unknown) =>
    log(`${what} failed: ${error instanceof Error ? error.message : error}`);
  const sweeper = setInterval(() => void sweep(), UNLOAD_AFTER_MS / 4);
  sweeper.unref();
  storage
    .cutRunningTurns("The server stopped while this was written; what was whole is kept.", now())
    .catch((error: unknown) => onError("cutting old turns", error));

  function room(projectId: ProjectId): Promise<Room | null> {
    const known = rooms.get(projectId);
    if (known) return known;
    if (!server) throw new Error("rooms are not attached to a server yet");
    const options: RoomOptions = {
      io: server,
      storage,
      log: updates,
      lanes,
      warm: (lane) => void lanes[lane].warm(),
      packages,
      accepts,
      now,
      id,
      onError,
    };
    const loading = Room.load(options, projectId);
    rooms.set(projectId, loading);
    loading.then((loaded) => loaded ?? rooms.delete(projectId)).catch(() => rooms.delete(projectId));
    return loading;
  }

  async function sweep(): Promise<void> {
    for (const [projectId, loading] of rooms) {
      const loaded = await loading.catch(() => null);
      if (!loaded?.isIdleFor(UNLOAD_AFTER_MS)) continue;
      rooms.delete(projectId);
      await loaded.close();
    }
  }

  async function createProject({ text, count, ownerId }: { text: string; count: number; ownerId: string }) {
    const projectId = id() as ProjectId;
    const commitId = id() as CommitId;
    const createdAt = now();
    const commit: NewCommit = {
      id: commitId,
      projectId,
      parentId: null,
      turnId: null,
      authorKind: "system",
      files: templateFiles,
      createdAt,
    };
    const variants = Array.from({ length: count }, (_, position) =>
      firstVariant(projectId, commitId, position, createdAt, id() as VariantId),
    );
    await storage.createProject(
      { id: projectId, title: titleOf(text), createdAt, ownerId },
      commit,
      variants,
    );
    const turnIds = new Map(variants.map((variant) => [variant.id, id() as TurnId]));
    (await room(projectId))?.turns.start({
      promptId: id() as PromptId,
      turnIds,
      lane: "fast",
      text,
      kind: "create",
    });
    return { projectId };
  }

  function attach(io: RoomServer): void {
    server = io;
    io.use((socket, next) => {
      openAccess(storage, socket.handshake.auth, socket.handshake.headers.cookie).then(
        (access) => {
          if (typeof access === "string") return next(refusal(access));
          socket.data.access = access;
          next();
        },
        (error: unknown) => {
          onError("opening a room", error);
          next(refusal("busy"));
        },
      );
    });
    io.on("connection", (socket) => void welcome(socket as RoomSocket));
  }

  async function welcome(socket: RoomSocket): Promise<void> {
    // Handlers first: a command that comes while the room loads must find them.
    const loading = room(socket.data.access.projectId);
    listen(socket, loading);
    const loaded = await loading.catch(() => null);
    if (!loaded) return bye(socket, "unknown-project");
    if (loaded.people.list().length >= limits.peoplePerRoom) return bye(socket, "full");
    socket.on("disconnect", () => loaded.leave(socket));
  }

  function listen(socket: RoomSocket, loading: Promise<Room | null>): void {
    const strikes = { count: 0 };
    const bucket = createTokenBucket(limits.updatesPerSecond, limits.updatesBurst, now);
    for (const name of commandNames) {
      const take = async (body: unknown, ack: unknown) => {
        if (typeof ack !== "function") return;
        ack(await answer(name, socket, loading, body, strikes, bucket));
      };
      // The map of events is typed by name; this loop serves all of them alike.
      (socket as { on(event: string, listener: (body: unknown, ack: unknown) => void): void }).on(
        name,
        (body, ack) => void take(body, ack),
      );
    }
  }

  async function answer(
    name: CommandName,
    socket: RoomSocket,
    loading: Promise<Room | null>,
    body: unknown,
    strikes: Call["strikes"],
    bucket: () => boolean,
  ): Promise<Ack> {
    try {
      const parsed = parseCommand(name, body);
      if (!parsed) return { ok: false, code: "bad-event" };
      if (!mayCommand(socket.data.access.role, name)) return { ok: false, code: "read-only" };
      if (!bucket()) return { ok: false, code: "rate-limited", retryAfterMs: 1_000 };
      const loaded = await loading;
      if (!loaded) return { ok: false, code: "not-joined" };
      const call: Call = { room: loaded, socket, dismiss, strikes };
      return await (handlers[name] as (call: Call, body: unknown) => Promise<Ack>)(call, parsed);
    } catch (error) {
      onError(`command ${name}`, error);
      return { ok: false, code: "storage-failed" };
    }
  }

  function dismiss(shareId: string): void {
    for (const socket of server?.sockets.sockets.values() ?? []) {
      if ((socket as RoomSocket).data.access?.shareId === shareId) bye(socket as RoomSocket, "gone");
    }
  }

  return {
    attach,
    createProject,
    async close() {
      clearInterval(sweeper);
      server?.emit("bye", { code: "restart" });
      for (const loading of rooms.values()) await (await loading.catch(() => null))?.close();
      await updates.close();
    },
  };
}

function bye(socket: RoomSocket, code: "gone" | "full" | "unknown-project"): void {
  socket.emit("bye", { code });
  socket.disconnect(true);
}

function refusal(code: string): Error {
  return Object.assign(new Error(code), { data: { code } });
}

function firstVariant(
  projectId: ProjectId,
  baseCommitId: CommitId,
  position: number,
  createdAt: number,
  id: VariantId,
): NewVariant {
  const letter = letterOf(position);
  return {
    id,
    projectId,
    letter,
    name: "",
    setNumber: 1,
    position,
    parentId: null,
    baseCommitId,
    keptAt: null,
    createdAt,
  };
}
