"use client";
import { useEffect, useState } from "react";
import { Providers } from "#components/providers.tsx";
import { guestId, guestName } from "#lib/client/ids.ts";
import { noRoom } from "#lib/client/no-room.ts";
import { connectRoom, type RoomClient } from "#lib/client/room-client.ts";
import type { Network } from "#lib/project/network.ts";
import type { Credentials } from "#lib/wire/events.ts";
import { Studio } from "./studio.tsx";

type StudioViewProps = {
  credentials: Credentials;
  title: string;
  panes: number;
  firstNetwork: Network | null;
};

/** A room for as long as the page is there. */
export function StudioView({ credentials, ...rest }: StudioViewProps) {
  return (
    <Providers>
      <Studio client={useRoomClient(credentials)} listsProjects={"projectId" in credentials} {...rest} />
    </Providers>
  );
}

/** One connection per mounted page; none while the server renders. */
function useRoomClient(credentials: Credentials): RoomClient {
  const [client, setClient] = useState(noRoom);
  useEffect(() => {
    const name = guestName();
    const person = { guestId: guestId(), ...(name === null ? {} : { name }) };
    const opened = connectRoom({ credentials: { ...credentials, ...person } });
    setClient(opened);
    return () => {
      opened.close();
      setClient(noRoom);
    };
  }, [credentials]);
  return client;
}
