/** People, with drawn faces or as a list. */
import { data, section, titleOf, type Writer } from "./write.ts";

const NAMES = ["Ada Lindqvist", "Jonas Okafor", "Mira Castellan"];

export const Team: Writer = (page) => {
  const title = titleOf(page, "Team");
  const rows = data(
    "people",
    page.brief.subject.roles.map((role, index) => ({ name: NAMES[index] ?? "", role })),
  );
  if (page.layouts.Team === "list")
    return section(
      "Team",
      `      <div className="wrap grid gap-8 md:grid-cols-[1fr_2fr]">
        <h2 id="team-title">${title}</h2>
        <ul>
          {people.map((person) => (
            <li key={person.name} className="flex flex-wrap items-baseline justify-between gap-x-6 border-t border-line py-4 last:border-b">
              <span className="font-display text-2xl">{person.name}</span>
              <span className="text-muted">{person.role}</span>
            </li>
          ))}
        </ul>
      </div>`,
      { data: rows },
    );
  return section(
    "Team",
    `      <div className="wrap">
        <h2 id="team-title">${title}</h2>
        <ul className="mt-10 grid grid-cols-3 gap-3 sm:gap-6">
          {people.map((person, index) => (
            <li key={person.name}>
              <Portrait hair={hairs[index % hairs.length]} />
              <p className="mt-3 font-display leading-tight sm:text-xl">{person.name}</p>
              <p className="text-sm text-muted">{person.role}</p>
            </li>
          ))}
        </ul>
      </div>`,
    {
      data: `${rows}const hairs = [
  "M132 150c-14-60 20-92 68-92s82 32 68 92c-10-30-30-46-52-48-30 16-58 20-84 48Z",
  "M134 138c-6-52 26-78 66-78s72 26 66 78c-14-26-34-34-66-34s-52 8-66 34Z",
  "M126 210c-22-110 20-152 74-152s96 42 74 152c-14-30-14-70-22-94-30 8-74 8-104 0-8 24-8 64-22 94Z",
];

function Portrait({ hair }: { hair: string | undefined }) {
  return (
    <svg viewBox="0 0 400 400" className="art" aria-hidden="true">
      <rect className="ground" width="400" height="400" />
      <path className="t1" d="M70 400c0-84 56-124 130-124s130 40 130 124Z" />
      <path className="t2" d="M176 230h48v52c0 24-48 24-48 0Z" />
      <ellipse className="t4" cx="200" cy="168" rx="66" ry="80" />
      <path className="t3" d={hair} />
      <path className="l" d="M178 166v4M222 166v4M182 206c10 10 26 10 36 0" />
    </svg>
  );
}

`,
    },
  );
};
