/** What each command does. Bodies are checked and roles are granted before a handler runs; outcomes are values. */
import { limits } from "#lib/project/limits.ts";
import { type Handlers, refuse } from "./call.ts";
import { historyHandlers } from "./history-commands.ts";
import { outsideHandlers } from "./outside-commands.ts";
import { preciseNow } from "./precise-now.ts";
import { promptHandlers } from "./prompt-commands.ts";
import { shareHandlers } from "./share-commands.ts";
import { variantHandlers } from "./variant-commands.ts";

const MAX_STRIKES = 3;

export const handlers: Handlers = {
  ...promptHandlers,
  ...variantHandlers,
  ...historyHandlers,
  ...outsideHandlers,
  ...shareHandlers,

  async join({ room, socket }, { known }) {
    const vectors = new Map(known.map(({ variantId, stateVector }) => [variantId as string, stateVector]));
    return { ok: true, ...(await room.join(socket, vectors)) };
  },

  async update({ room, socket, strikes }, { variantId, bytes }) {
    if (bytes.byteLength > limits.updateBytes)
      return refuse("too-large", `One edit may have ${limits.updateBytes / 1024} KB.`);
    if (!room.variant(variantId)) return refuse("unknown-variant");
    const live = await room.live(variantId);
    const received = live.receive(bytes, socket.data.access.guestId ?? "guest");
    if (!received.ok) {
      if (++strikes.count >= MAX_STRIKES) socket.disconnect(true);
      return refuse("bad-update");
    }
    room.relay(live.slot, bytes);
    room.documents.commitWhenQuiet(variantId);
    return { ok: true, seq: await received.stored };
  },

  async "name-me"({ room, socket }, { name }) {
    socket.data.access.name = name;
    room.renamePerson(socket, name);
    return { ok: true };
  },

  async clock() {
    return { ok: true, nowMs: preciseNow() };
  },

  async warm({ room }, { lane }) {
    room.warm(lane);
    return { ok: true };
  },
};
