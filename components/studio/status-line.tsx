"use client";
import { useEffect, useRef, useState } from "react";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { Variant } from "#lib/project/rows.ts";
import { type Announcer, createAnnouncer, statusWords } from "./announcer.ts";

/** What happens, for people who listen: the one polite region of the studio. Never tokens, ticking figures or code. */
export function StatusLine({ client, shown }: { client: RoomClient; shown: Variant[] }) {
  const turns = useRoom(client, (room) => room.turns);
  const isLive = useRoom(client, (room) => room.status === "live");
  const [said, setSaid] = useState("");
  const announcer = useRef<Announcer | null>(null);
  // What had ended before is history: coming back to a page is no news.
  const old = useRef<ReadonlySet<string> | null>(null);
  if (isLive) old.current ??= new Set(turns.filter(({ state }) => state !== "running").map(({ id }) => id));
  const words = old.current ? statusWords(turns, shown, old.current) : "";
  useEffect(() => {
    announcer.current = createAnnouncer(setSaid);
    return () => announcer.current?.stop();
  }, []);
  useEffect(() => announcer.current?.state(words), [words]);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
