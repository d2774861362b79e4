/** What commands find on the start page: no room, and nothing on the table. Those that need one are not possible then. */
import type { CommandContext } from "#components/commands/types.ts";
import { noRoom } from "#lib/client/no-room.ts";

const nothing = async () => {};
const refused = async () => ({ ok: false, code: "not-joined" }) as const;

export const noTable: CommandContext = {
  client: noRoom,
  shown: [],
  mayEdit: false,
  listsProjects: true,
  lookBack: { at: null, look: () => {}, step: () => {} },
  fork: nothing,
  keep: refused,
  remove: nothing,
  move: refused,
};
