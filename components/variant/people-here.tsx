"use client";
import { initialsOf } from "#components/ui/initials.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { VariantId } from "#lib/project/ids.ts";

/** The others who look at this variant just now. */
export function PeopleHere({ client, variantId }: { client: RoomClient; variantId: VariantId }) {
  const people = useRoom(client, (room) =>
    room.people.filter((person) =>
      room.presence.some((place) => place.personId === person.id && place.variantId === variantId),
    ),
  );
  if (people.length === 0) return null;
  return (
    <ul className="flex flex-none -space-x-1 @max-[20rem]:hidden" aria-label="People in this variant">
      {people.slice(0, 3).map((person) => (
        <li
          key={person.id}
          title={person.name}
          className="grid size-5 place-items-center rounded-full text-[0.5625rem] font-semibold text-white ring-1 ring-table"
          style={{ background: person.colour }}
        >
          <span aria-hidden="true">{initialsOf(person.name)}</span>
          <span className="sr-only">{person.name} is here</span>
        </li>
      ))}
    </ul>
  );
}
