"use client";
import { plural } from "#components/ui/figures.ts";
import { useLasting } from "#components/ui/use-lasting.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";

/** A connection that comes back sooner was not worth a word. */
const QUIET_MS = 1_000;

/** Why edits are not on the server just now; nothing while they are. */
export function ConnectionStrip({ client }: { client: RoomClient }) {
  const status = useRoom(client, (room) => room.status);
  const storing = useRoom(client, (room) => room.storing);
  const pending = useRoom(client, (room) => room.pendingUpdates);
  const isAway = useLasting(status === "reconnecting", QUIET_MS);
  if (isAway)
    return (
      <p role="status" className="flex items-center gap-2 bg-raised px-4 py-1.5 text-xs text-warn">
        <span className="size-2 flex-none rounded-full bg-warn" aria-hidden="true" />
        <span>
          Offline: {pending > 0 ? `${plural(pending, "edit")} kept on this device` : "go on working"}. What
          you type goes to the server when it is back; this page looks for it by itself.
        </span>
      </p>
    );
  // The server is there, but can store nothing: its disk is full, or its database is away.
  if (status === "live" && storing)
    return (
      <p role="status" className="bg-raised px-4 py-1.5 text-xs text-warn">
        {sentenceOf(storing)}
      </p>
    );
  return null;
}
