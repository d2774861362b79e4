"use client";
import { useEffect, useState } from "react";
import { guestId } from "#lib/client/ids.ts";
import { connectRoom, type RoomClient } from "#lib/client/room-client.ts";
import type { Credentials } from "#lib/wire/events.ts";
import { Studio } from "./studio.tsx";

/** A room for as long as the page is there. */
export function StudioView({ credentials, title }: { credentials: Credentials; title: string }) {
  return <Studio client={useRoomClient(credentials)} title={title} />;
}

/** One connection per mounted page; none while the server renders. */
function useRoomClient(credentials: Credentials): RoomClient | null {
  const [client, setClient] = useState<RoomClient | null>(null);
  useEffect(() => {
    const opened = connectRoom({ credentials: { ...credentials, guestId: guestId() } });
    setClient(opened);
    return () => {
      opened.close();
      setClient(null);
    };
  }, [credentials]);
  return client;
}
