/** What leaves this machine, and when: from how the server is configured now, not from what a manual says. */
import type { LaneView } from "#lib/project/lane-view.ts";
import type { Config } from "./config.ts";

/** `to`: null: nowhere. */
export type Leaving = { what: string; to: string | null; when: string };

type Configured = Pick<Config, "databaseUrl" | "redisUrl" | "packages" | "open" | "host" | "hostNames">;

export function leavingOf(config: Configured, lanes: readonly LaneView[]): Leaving[] {
  return [
    ...lanes.map(laneLeaving).filter((each) => each !== null),
    {
      what: "Projects, their history and shares",
      to: hostOf(config.databaseUrl),
      when: config.databaseUrl ? "with every change, to the database" : "stay in the data folder",
    },
    ...(config.redisUrl
      ? [
          {
            what: "What happens in rooms, for the other server processes",
            to: hostOf(config.redisUrl),
            when: "as it happens",
          },
        ]
      : []),
    {
      what: "The name and version of a package",
      to: config.packages ? "the npm registry" : null,
      when: config.packages ? "when somebody presses “Add package”" : "never: switched off",
    },
    {
      what: "What a running page asks for",
      to: null,
      when: "never, unless the project's “Network” list names hosts",
    },
    {
      what: "The app itself, to browsers on other machines",
      to: config.open ? config.hostNames.join(", ") || config.host : null,
      when: config.open
        ? "to those who know a room's or a share's link"
        : "never: it listens on this machine only",
    },
    { what: "Usage figures, crash reports, update checks", to: null, when: "never: there are none" },
  ];
}

function laneLeaving({ lane, builtIn, baseUrl, source }: LaneView): Leaving | null {
  const name = lane === "fast" ? "Fast" : "Deep";
  if (builtIn)
    return lane === "fast"
      ? { what: `${name}: prompts and files`, to: null, when: "never: the built-in designer answers" }
      : null;
  if (source === "none") return null;
  const when = "when you send to it, when it plans, and when you press “Test”";
  return { what: `${name}: prompts, files of the pages, what you picked`, to: hostOf(baseUrl), when };
}

/** Never a user, a password or a query. */
function hostOf(address: string | null): string | null {
  return address !== null && URL.canParse(address) ? new URL(address).host : null;
}
