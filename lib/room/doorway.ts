/** How a socket comes in: who it is, whether there is room, its commands and places; and how it is sent away. */
import type { ProjectId, ShareId } from "#lib/project/ids.ts";
import { limits } from "#lib/project/limits.ts";
import type { Storage } from "#lib/storage/types.ts";
import type { ByeCode } from "#lib/wire/events.ts";
import { commandNames, parsePlace } from "#lib/wire/schemas.ts";
import { openAccess, whenOver } from "./access.ts";
import type { RoomServer, RoomSocket } from "./channels.ts";
import type { Figures } from "./figures.ts";
import type { Load } from "./load.ts";
import type { Room } from "./room.ts";
import type { TakeCommand } from "./take-command.ts";
import { createTokenBucket } from "./token-bucket.ts";

export type DoorwayOptions = {
  io: RoomServer;
  storage: Storage;
  load: Load;
  figures: Figures;
  now(): number;
  room(projectId: ProjectId): Promise<Room | null>;
  take: TakeCommand;
  onError(what: string, error: unknown): void;
};

/** Who is refused for load comes again after so long. */
const BUSY_MS = 3_000;
/** With so few it is not they who make this process late, and nobody is kept out of an empty room. */
const FEW_SOCKETS = 8;

/** From now on sockets come in. */
export function openDoorway({ io, storage, load, figures, now, room, take, onError }: DoorwayOptions): void {
  io.use((socket, next) => {
    accessOf(socket as RoomSocket).then(
      (access) => {
        if (typeof access === "string") return next(refuse(access));
        if (!load.takesJoins() && io.sockets.sockets.size >= FEW_SOCKETS)
          return next(refuse("busy", BUSY_MS));
        socket.data.access = access;
        next();
      },
      (error: unknown) => {
        onError("opening a room", error);
        next(refuse("busy", BUSY_MS));
      },
    );
  });
  io.on("connection", (socket) => void welcome(socket as RoomSocket));

  function accessOf({ handshake }: RoomSocket): ReturnType<typeof openAccess> {
    return openAccess(storage, handshake.auth, handshake.headers.cookie, now());
  }

  function refuse(code: ByeCode, retryAfterMs?: number): Error {
    figures.refused(code);
    return refusal(code, retryAfterMs);
  }

  async function welcome(socket: RoomSocket): Promise<void> {
    // Handlers first: a command that comes while the room loads must find them.
    const { access } = socket.data;
    const loading = room(access.projectId);
    listen(socket, loading);
    socket.on(
      "disconnect",
      whenOver(access, now, () => bye(socket, "expired")),
    );
    if (access.shareId !== null) {
      await socket.join(channelOfShare(access.shareId));
      // Switched off between the look at its row and the join: nobody would tell this socket.
      const again = await accessOf(socket);
      if (typeof again === "string") return bye(socket, again);
    }
    const loaded = await loading.catch(() => null);
    if (!loaded) return bye(socket, "unknown-project");
    if (loaded.people.list().length >= limits.peoplePerRoom) return bye(socket, "full");
    socket.on("disconnect", () => loaded.leave(socket));
  }

  function listen(socket: RoomSocket, loading: Promise<Room | null>): void {
    const taken = take(socket, loading);
    for (const name of commandNames) {
      const hear = async (body: unknown, ack: unknown) => {
        if (typeof ack !== "function") return;
        const answered = await taken(name, body);
        if (!answered.ok) figures.refused(answered.code);
        ack(answered);
      };
      // The map of events is typed by name; this loop serves all of them alike.
      (socket as { on(event: string, listener: (body: unknown, ack: unknown) => void): void }).on(
        name,
        (body, ack) => void hear(body, ack),
      );
    }
    const places = createTokenBucket(limits.presencePerSecond, limits.presencePerSecond, now);
    socket.on("presence", (body) => {
      const place = parsePlace(body);
      const seen = socket.data.access.variantId;
      if (place && (seen === null || place.variantId === seen) && places())
        void loading.then((loaded) => loaded?.place(socket, place)).catch(() => {});
    });
  }
}

/** Sends away who came by this link, from this process. */
export function dismissHere(io: RoomServer | null, shareId: ShareId, code: ByeCode): void {
  const sockets = io?.in(channelOfShare(shareId));
  sockets?.emit("bye", { code });
  sockets?.disconnectSockets(true);
}

function channelOfShare(shareId: ShareId): string {
  return `share:${shareId}`;
}

function bye(socket: RoomSocket, code: ByeCode): void {
  socket.emit("bye", { code });
  socket.disconnect(true);
}

function refusal(code: ByeCode, retryAfterMs?: number): Error {
  return Object.assign(new Error(code), { data: { code, ...(retryAfterMs ? { retryAfterMs } : {}) } });
}
