/** The room that is none: a file of its own, so that pages without a room do not load what one needs. */
import type { RoomClient, RoomSnapshot } from "./room-client.ts";
import { createTrace } from "./trace.ts";

export const emptyRoom: RoomSnapshot = {
  status: "connecting",
  ended: null,
  role: null,
  personId: null,
  project: null,
  variants: [],
  turns: [],
  people: [],
  presence: [],
  checkpoints: [],
  lanes: [],
  waits: {},
  plan: null,
  sameness: null,
  addedPackages: 0,
  progress: {},
  pendingUpdates: 0,
  storing: null,
  savedMs: null,
};

/** The room before there is one, and while the server renders: empty, and it refuses every command. */
export const noRoom: RoomClient = {
  trace: createTrace(() => 0),
  getSnapshot: () => emptyRoom,
  subscribe: () => () => {},
  document: () => null,
  drafts: () => null,
  command: async () => ({ ok: false, code: "not-joined" }),
  place: () => {},
  close: () => {},
};
