"use client";
import { Avatar } from "#components/ui/avatar.tsx";
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
        <Avatar
          key={person.id}
          person={person}
          words={`${person.name} is here`}
          className="size-5 text-[0.5625rem] ring-1"
        />
      ))}
    </ul>
  );
}
