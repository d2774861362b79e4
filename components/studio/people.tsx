"use client";
import { Popover } from "radix-ui";
import { type FormEvent, useState } from "react";
import { keepGuestName } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { Person } from "#lib/project/rows.ts";
import { Avatar } from "../ui/avatar.tsx";

/** Who is here, where each of them is, and what one is called oneself. */
export function People({ client }: { client: RoomClient }) {
  const people = useRoom(client, (room) => room.people);
  return (
    <div className="ml-auto flex items-center gap-2 min-[800px]:ml-0">
      <Popover.Root>
        <Popover.Trigger className="button button-small tnum text-ink-2">
          {people.length} here
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            align="end"
            sideOffset={6}
            className="z-50 w-64 rounded-md bg-sheet p-3 text-sm shadow-float"
          >
            <PeopleList client={client} people={people} />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <ul className="hidden -space-x-1.5 sm:flex" aria-label="People">
        {people.slice(0, 5).map((person) => (
          <Avatar key={person.id} person={person} className="size-6 text-[0.625rem] ring-2" />
        ))}
      </ul>
    </div>
  );
}

function PeopleList({ client, people }: { client: RoomClient; people: Person[] }) {
  const personId = useRoom(client, (room) => room.personId);
  const presence = useRoom(client, (room) => room.presence);
  const variants = useRoom(client, (room) => room.variants);
  const whereIs = (person: Person) => {
    const place = presence.find((each) => each.personId === person.id && each.variantId !== null);
    const letter = variants.find(({ id }) => id === place?.variantId)?.letter;
    return letter ? `in ${letter}${place?.path ? `, ${place.path.split("/").at(-1)}` : ""}` : "";
  };
  const own = people.find(({ id }) => id === personId);
  return (
    <>
      <ul className="flex flex-col gap-1.5">
        {people.map((person) => (
          <li key={person.id} className="flex items-center gap-2">
            <span className="size-2.5 flex-none rounded-full" style={{ background: person.colour }} />
            <span className="min-w-0 truncate">{person.name}</span>
            <span className="ml-auto text-xs whitespace-nowrap text-ink-3">
              {person.id === personId ? "you" : whereIs(person)}
            </span>
          </li>
        ))}
      </ul>
      {own ? <NameForm key={own.name} client={client} name={own.name} /> : null}
    </>
  );
}

/** The others see it at once; the next page of this browser knows it. */
function NameForm({ client, name }: { client: RoomClient; name: string }) {
  const [draft, setDraft] = useState(name);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = draft.trim();
    if (wanted === "" || wanted === name) return;
    if ((await client.command("name-me", { name: wanted })).ok) keepGuestName(wanted);
  };
  return (
    <form className="mt-3 flex gap-1 border-t border-line pt-3" onSubmit={(event) => void submit(event)}>
      <input
        aria-label="Your name"
        className="field h-8 min-w-0 flex-1 rounded-sm bg-raised px-2"
        maxLength={40}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
      />
      <button type="submit" className="button button-line" disabled={draft.trim() === name}>
        Save
      </button>
    </form>
  );
}
