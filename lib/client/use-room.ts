"use client";
import { useRef, useSyncExternalStore } from "react";
import type { RoomClient, RoomSnapshot } from "./room-client.ts";

/** Reads a part of the room; renders again only when that part is another value (or another list with other items). */
export function useRoom<Part>(client: RoomClient, select: (snapshot: RoomSnapshot) => Part): Part {
  const last = useRef<{ part: Part } | null>(null);
  const read = () => {
    const part = select(client.getSnapshot());
    if (last.current && isSame(last.current.part, part)) return last.current.part;
    last.current = { part };
    return part;
  };
  return useSyncExternalStore(client.subscribe, read, read);
}

function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((item, index) => Object.is(item, other[index]));
}
