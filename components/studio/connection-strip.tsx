"use client";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";

/** Why edits are not on the server just now; nothing while they are. */
export function ConnectionStrip({ client }: { client: RoomClient }) {
  const status = useRoom(client, (room) => room.status);
  const storing = useRoom(client, (room) => room.storing);
  if (status === "reconnecting")
    return (
      <p className="bg-raised px-4 py-1.5 text-xs text-warn">
        Offline: your edits are kept in this page and go to the server when it is back.
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
