"use client";
import type { RoomClient, RoomSnapshot } from "./room-client.ts";
import { useStore } from "./use-store.ts";

/** Reads a part of the room; renders again only when that part is another value (or another list with other items). */
export function useRoom<Part>(client: RoomClient, select: (snapshot: RoomSnapshot) => Part): Part {
  return useStore({ get: client.getSnapshot, subscribe: client.subscribe }, select);
}
