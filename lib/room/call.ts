/** What a command's handler gets, and how it refuses. */
import type { ShareId } from "#lib/project/ids.ts";
import type { Ack, Answers, CommandName, Commands, Refused } from "#lib/wire/events.ts";
import type { RoomSocket } from "./channels.ts";
import type { Room } from "./room.ts";

export type Call = {
  room: Room;
  socket: RoomSocket;
  /** Closes the sockets that came in through this share, on every process. */
  dismiss(shareId: ShareId, code: "gone" | "role-changed"): void;
  /** Malformed updates of this socket so far; the third closes it. */
  strikes: { count: number };
};

export type Handlers = {
  [Name in CommandName]: (call: Call, body: Commands[Name]) => Promise<Ack<Answers[Name]>>;
};

export function refuse(code: Refused["code"], detail?: string): Refused {
  return { ok: false, code, ...(detail ? { detail } : {}) };
}
