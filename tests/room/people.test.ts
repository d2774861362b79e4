import { expect, test } from "vitest";
import { createPeople } from "../../lib/room/people.ts";

test("guests who are here at once have names and colours of their own, the same whenever they come", () => {
  const people = createPeople();
  const all = Array.from({ length: 8 }, (_, index) =>
    people.join(`socket-${index}`, `guest-${index}`, null, "view"),
  );
  expect(new Set(all.map(({ name }) => name)).size).toBe(8);
  expect(new Set(all.map(({ colour }) => colour)).size).toBe(8);
  for (const { name } of all) expect(name).toMatch(/^Guest [A-Z]/);
  const alone = () => createPeople().join("socket", "guest-3", null, "view");
  expect(alone()).toEqual(alone());
});

test("two tabs are one person, with the name said last and the higher role", () => {
  const people = createPeople();
  people.join("one", "guest", "Mira", "view");
  const person = people.join("two", "guest", "Mira B.", "edit");
  expect(person).toMatchObject({ name: "Mira B.", role: "edit", connections: 2 });
  expect(people.of("one")).toEqual(person);
  people.rename("one", "Jo");
  expect(people.of("two")?.name).toBe("Jo");
  people.leave("one");
  people.leave("two");
  expect(people.list()).toEqual([]);
});
