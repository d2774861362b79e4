"use client";
import { plural } from "#components/ui/figures.ts";
import { useLasting } from "#components/ui/use-lasting.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";

/** A connection that comes back sooner was not worth a word. */
const QUIET_MS = 1_000;

/** Why edits are not on the server just now; nothing while they are. Read out by the studio's one status (status-line.tsx). */
export function ConnectionStrip({ client }: { client: RoomClient }) {
  const isLive = useRoom(client, (room) => room.status === "live");
  const storing = useRoom(client, (room) => room.storing);
  const pending = useRoom(client, (room) => room.pendingUpdates);
  const isAway = useAway(client);
  if (isAway)
    return (
      <p className="flex items-center gap-2 bg-raised px-4 py-1.5 text-xs text-warn">
        <span className="size-2 flex-none rounded-full bg-warn" aria-hidden="true" />
        <span>
          Offline: {pending > 0 ? `${plural(pending, "edit")} kept on this device` : "go on working"}. What
          you type goes to the server when it is back; this page looks for it by itself.
        </span>
      </p>
    );
  // The server is there, but can store nothing: its disk is full, or its database is away.
  if (isLive && storing)
    return <p className="bg-raised px-4 py-1.5 text-xs text-warn">{sentenceOf(storing)}</p>;
  return null;
}

/** The connection is lost, and not only for a moment. */
export function useAway(client: RoomClient): boolean {
  const isLost = useRoom(client, (room) => room.status === "reconnecting");
  return useLasting(isLost, QUIET_MS);
}
