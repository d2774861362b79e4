import type { Person } from "#lib/project/rows.ts";
import { initialsOf } from "./initials.ts";

/** One person as a disc with initials; `words` are what is read out. */
export function Avatar({
  person,
  words = person.name,
  className,
}: {
  person: Person;
  words?: string;
  className: string;
}) {
  return (
    <li
      title={person.name}
      className={`grid place-items-center rounded-full font-semibold text-white ring-table ${className}`}
      style={{ background: person.colour }}
    >
      <span aria-hidden="true">{initialsOf(person.name)}</span>
      <span className="sr-only">{words}</span>
    </li>
  );
}
