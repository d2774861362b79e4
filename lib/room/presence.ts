/**
 * Where people are: kept while they are here, never stored, told to all at most every 50 ms. What is told may be lost, or not be told
 * under load: it is told again.
 */
import type { Place, Presence } from "#lib/wire/events.ts";

/** Small enough that a caret follows, large enough that ten people who type are one message. */
const COMBINE_MS = 50;
/** After one that was not told, and after one that was. */
const RETRY_MS = 500;
const REPEAT_MS = 5_000;

export type PresenceBoard = {
  put(connection: string, personId: string, place: Place): void;
  leave(connection: string): void;
  list(): Presence[];
  close(): void;
};

/** `send` says whether it was told. */
export function createPresence(send: (presence: Presence[]) => boolean): PresenceBoard {
  const places = new Map<string, Presence>();
  let timer: NodeJS.Timeout | undefined;
  let isSoon = false;
  let isClosed = false;

  function tell(): void {
    isSoon = false;
    const isTold = send([...places.values()]);
    if (!isTold) timer = setTimeout(tell, RETRY_MS);
    else if (places.size > 0) timer = setTimeout(tell, REPEAT_MS);
  }

  function tellSoon(): void {
    if (isSoon || isClosed) return;
    isSoon = true;
    clearTimeout(timer);
    timer = setTimeout(tell, COMBINE_MS);
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
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
