"use client";
import { useEffect, useRef, useState } from "react";
import { plural } from "#components/ui/figures.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { Variant } from "#lib/project/rows.ts";
import { lastTurnOf } from "./table.ts";

const QUIET_MS = 2_000;

/** What happens, for people who listen: at most one message in two seconds, the latest state wins. */
export function StatusLine({ client, shown }: { client: RoomClient; shown: Variant[] }) {
  const turns = useRoom(client, (room) => room.turns);
  const message = shown
    .flatMap((variant) => wordsOf(variant.letter, lastTurnOf(turns, variant.id)))
    .join(" ");
  const [said, setSaid] = useState("");
  const saidAt = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, QUIET_MS - (performance.now() - saidAt.current));
    const timer = setTimeout(() => {
      saidAt.current = performance.now();
      setSaid(message);
    }, wait);
    return () => clearTimeout(timer);
  }, [message]);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}

function wordsOf(letter: string, turn: ReturnType<typeof lastTurnOf>): string[] {
  if (!turn) return [];
  if (turn.state === "running") return [`${letter} is writing.`];
  return [
    turn.state === "done"
      ? `${letter} done, ${plural(turn.appliedEdits, "edit")}.`
      : `${letter} ${turn.state}.`,
  ];
}
