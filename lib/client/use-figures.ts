"use client";
import { useEffect, useState } from "react";
import type { Progress, RoomClient } from "./room-client.ts";
import type { TurnTrace } from "./trace.ts";

/** Figures that tick faster cannot be read, and would cost a render per paint. */
const LOOK_MS = 500;

/** What is known of a turn's speed: null parts are not known (yet). */
export type Figures = { progress: Progress | null; trace: TurnTrace | null };

/** Looked at twice a second at most, however often they change; and once more after the last change. */
export function useFigures(client: RoomClient, turnId: string | null): Figures {
  const [seen, setSeen] = useState({ turnId, ...read(client, turnId) });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const look = () => {
      timer = null;
      const next = { turnId, ...read(client, turnId) };
      setSeen((before) => (isSame(before, next) ? before : next));
    };
    const changed = () => {
      timer ??= setTimeout(look, LOOK_MS);
    };
    look();
    const stops = [client.subscribe(changed), client.trace.subscribe(changed)];
    return () => {
      if (timer) clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [client, turnId]);
  return seen.turnId === turnId ? seen : { progress: null, trace: null };
}

function read(client: RoomClient, turnId: string | null): Figures {
  if (turnId === null) return { progress: null, trace: null };
  return { progress: client.getSnapshot().progress[turnId] ?? null, trace: client.trace.read(turnId) };
}

type Seen = Figures & { turnId: string | null };

function isSame(one: Seen, other: Seen): boolean {
  return one.turnId === other.turnId && one.progress === other.progress && one.trace === other.trace;
}
