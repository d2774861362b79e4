/** Who is in a room. Identity is given here, never taken from a message; two tabs of one browser are one person. */
import { fnv1a } from "#lib/project/fnv.ts";
import type { Person, Role } from "#lib/project/rows.ts";

const NAMES = [
  "Heron",
  "Otter",
  "Wren",
  "Lynx",
  "Hare",
  "Finch",
  "Marten",
  "Swift",
  "Badger",
  "Plover",
  "Vole",
  "Kite",
];
const COLOURS = ["#a04818", "#1b5f9c", "#20704c", "#7a42a3", "#a3304f", "#5c6a18", "#176d76", "#805418"];

const RANK: Record<Role, number> = { view: 0, comment: 1, edit: 2, owner: 3 };

export type People = {
  join(connection: string, guestId: string, name: string | null, role: Role): Person;
  leave(connection: string): void;
  /** Who a connection belongs to; null before it has joined. */
  of(connection: string): Person | null;
  rename(connection: string, name: string): void;
  list(): Person[];
};

export function createPeople(): People {
  const people = new Map<string, Person & { sockets: Set<string> }>();
  const byConnection = new Map<string, string>();
  const has = (test: (person: Person) => boolean) => [...people.values()].some(test);
  return {
    join(connection, guestId, name, role) {
      const hash = fnv1a(guestId);
      const known = people.get(guestId) ?? {
        id: hash.toString(36),
        name: name ?? `Guest ${free(NAMES, hash, (each) => !has(({ name }) => name === `Guest ${each}`))}`,
        colour: free(COLOURS, hash, (each) => !has(({ colour }) => colour === each)),
        role,
        connections: 0,
        sockets: new Set<string>(),
      };
      // Said again by a later page; two tabs have one role each, and the person the higher one.
      if (name !== null) known.name = name;
      if (RANK[role] > RANK[known.role]) known.role = role;
      known.sockets.add(connection);
      known.connections = known.sockets.size;
      people.set(guestId, known);
      byConnection.set(connection, guestId);
      return plain(known);
    },
    leave(connection) {
      const guestId = byConnection.get(connection);
      const person = guestId === undefined ? undefined : people.get(guestId);
      byConnection.delete(connection);
      if (!person || guestId === undefined) return;
      person.sockets.delete(connection);
      person.connections = person.sockets.size;
      if (person.connections === 0) people.delete(guestId);
    },
    of(connection) {
      const person = people.get(byConnection.get(connection) ?? "");
      return person ? plain(person) : null;
    },
    rename(connection, name) {
      const person = people.get(byConnection.get(connection) ?? "");
      if (person) person.name = name;
    },
    list: () => [...people.values()].map(plain),
  };
}

/** The one that a guest's own number says; the next free one when somebody here has it. */
function free(all: readonly string[], hash: number, isFree: (each: string) => boolean): string {
  const inOrder = all.map((_, index) => all[(hash + index) % all.length] as string);
  return inOrder.find(isFree) ?? (inOrder[0] as string);
}

function plain({ sockets: _sockets, ...person }: Person & { sockets: Set<string> }): Person {
  return { ...person };
}
