/** A person's own caps, in tokens of language models: for one turn, for an hour, for a project. Estimate before, actual after. */
import type { Turn } from "#lib/project/rows.ts";

/** Null: no cap. */
export type Caps = { turn: number | null; hour: number | null; project: number | null };
export const noCaps: Caps = { turn: null, hour: null, project: null };

export type OverCap = { cap: keyof Caps; wanted: number; left: number; of: number };

export type Spending = {
  /** The tightest cap that so many more tokens would break; null when they fit. `projectSpent`: what the project has used. */
  check(wanted: number, turns: number, projectSpent: number): OverCap | null;
  spent(tokens: number): void;
  /** What turns used that ended before this process began; those older than an hour do not count. */
  remember(used: readonly UsedTokens[]): void;
  /** What is left for the hour and for a project that has used so much; null: no cap. */
  left(projectSpent: number): { hour: number | null; project: number | null };
  /** What this hour has used so far. */
  hourUsed: number;
  hasCaps: boolean;
};

/** When, by the clock that was handed in, and how many. */
type UsedTokens = { at: number; tokens: number };

export const HOUR_MS = 3_600_000;

/** The hour counts what this process spent and what was remembered; the project's sum comes from its turns. */
export function createSpending(caps: Caps, now: () => number): Spending {
  let hour: UsedTokens[] = [];
  const inTheHour = () => {
    hour = hour.filter(({ at }) => now() - at < HOUR_MS);
    return hour.reduce((sum, { tokens }) => sum + tokens, 0);
  };
  const leftOf = (cap: number | null, used: number) => (cap === null ? null : Math.max(0, cap - used));
  return {
    // Caps can be changed while the server runs.
    get hasCaps() {
      return Object.values(caps).some((cap) => cap !== null);
    },
    get hourUsed() {
      return inTheHour();
    },
    left: (projectSpent) => ({
      hour: leftOf(caps.hour, inTheHour()),
      project: leftOf(caps.project, projectSpent),
    }),
    check(wanted, turns, projectSpent) {
      const perTurn = Math.ceil(wanted / Math.max(1, turns));
      if (caps.turn !== null && perTurn > caps.turn)
        return { cap: "turn", wanted: perTurn, left: caps.turn, of: caps.turn };
      const left = this.left(projectSpent);
      for (const cap of ["hour", "project"] as const) {
        const [of, rest] = [caps[cap], left[cap]];
        if (of !== null && rest !== null && wanted > rest) return { cap, wanted, left: rest, of };
      }
      return null;
    },
    spent(tokens) {
      hour.push({ at: now(), tokens });
    },
    remember(used) {
      hour.push(...used);
    },
  };
}

const NAMES: Record<keyof Caps, [words: string, setting: string]> = {
  turn: ["one turn", "TRIPTYCH_CAP_TURN_TOKENS"],
  hour: ["this hour", "TRIPTYCH_CAP_HOUR_TOKENS"],
  project: ["this project", "TRIPTYCH_CAP_PROJECT_TOKENS"],
};

export function overCapWords({ cap, wanted, left, of }: OverCap): string {
  const [words, setting] = NAMES[cap];
  const figure = (tokens: number) => tokens.toLocaleString("en");
  return `It may use up to ${figure(wanted)} tokens; ${figure(left)} of ${figure(of)} are left for ${words} (${setting}).`;
}

/** What a turn has used, as its provider counted it; what it did not count is left out. */
export function tokensOf({ usage, timings }: Pick<Turn, "usage" | "timings">): number {
  return (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? timings?.tokens ?? 0);
}
