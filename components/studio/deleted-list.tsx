"use client";
import { useRef } from "react";
import { useNeighbour } from "#components/ui/use-neighbour.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { VariantActions } from "./variant-actions.ts";

type DeletedListProps = { client: RoomClient; set: number; actions: VariantActions };

/** What was taken off the table in this set: nothing that was shown is lost. */
export function DeletedList({ client, set, actions }: DeletedListProps) {
  const deleted = useRoom(client, (room) =>
    room.variants.filter(({ setNumber, deletedAt }) => setNumber === set && deletedAt !== null),
  );
  const list = useRef<HTMLUListElement>(null);
  useNeighbour(list);
  if (deleted.length === 0) return null;
  return (
    <section aria-label="Deleted variants" className="mt-3 px-2">
      <h2 className="pb-1 text-xs text-ink-3">Deleted</h2>
      <ul ref={list} className="flex flex-col">
        {deleted.map((variant) => (
          <li key={variant.id} className="flex items-center gap-1 text-sm text-ink-2">
            <span className="min-w-0 flex-1 truncate">
              {variant.letter} {variant.name}
            </span>
            <button
              type="button"
              className="button button-small h-6"
              aria-label={`Put ${variant.letter} back`}
              onClick={() => void actions.restore(variant)}
            >
              Put back
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
