"use client";
import { useEffect, useRef, useState } from "react";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { Variant } from "#lib/project/rows.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";
import { type Announcer, createAnnouncer, statusWords } from "./announcer.ts";
import { useAway } from "./connection-strip.tsx";

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
  useConnectionNews(client, announcer);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}

/** What is lost and what is back, without the figures that stand in the strip for it. */
function useConnectionNews(client: RoomClient, announcer: { current: Announcer | null }): void {
  const isAway = useAway(client);
  const storing = useRoom(client, (room) => room.storing);
  const problem = isAway ? AWAY : storing ? sentenceOf(storing) : null;
  const had = useRef(false);
  useEffect(() => {
    if (problem) announcer.current?.state(problem);
    else if (had.current) announcer.current?.state("Connected again. Edits are stored.");
    had.current = problem !== null;
  }, [problem, announcer]);
}

const AWAY = "Offline. What you type is kept on this device.";
