/** Where people are: kept while they are here, never stored, told to all at most every 50 ms. */
import type { Place, Presence } from "#lib/wire/events.ts";

/** Small enough that a caret follows, large enough that ten people who type are one message. */
const COMBINE_MS = 50;

export type PresenceBoard = {
  put(connection: string, personId: string, place: Place): void;
  leave(connection: string): void;
  list(): Presence[];
  close(): void;
};

export function createPresence(send: (presence: Presence[]) => void): PresenceBoard {
  const places = new Map<string, Presence>();
  let timer: NodeJS.Timeout | null = null;

  function tellSoon(): void {
    timer ??= setTimeout(() => {
      timer = null;
      send([...places.values()]);
    }, COMBINE_MS);
  }

  return {
    put(connection, personId, place) {
      places.set(connection, { ...place, connection, personId });
      tellSoon();
    },
    leave(connection) {
      if (places.delete(connection)) tellSoon();
    },
    list: () => [...places.values()],
    close() {
      if (timer) clearTimeout(timer);
    },
  };
}
