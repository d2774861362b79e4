/**
 * A page that does not run after a turn is mended once, by itself: only after the turn, only by a language model, one round
 * for each turn, and the same error never twice. Peers loop here and burn tokens; the brake is the feature (edits.md §9).
 */
import { fnv1a } from "#lib/project/fnv.ts";
import type { TurnId } from "#lib/project/ids.ts";
import type { Turn } from "#lib/project/rows.ts";
import type { Commands } from "#lib/wire/events.ts";

type PageError = Commands["fix"]["error"];

const LINES_AROUND = 3;

export type Fixes = {
  /** May this error of the page after this turn be mended by itself? Asking takes the one try. */
  mayFix(turn: Turn, turns: readonly Turn[], error: PageError): boolean;
};

export function createFixes(): Fixes {
  const tried = new Set<TurnId>();
  const seen = new Set<string>();
  return {
    mayFix(turn, turns, error) {
      const last = turns.filter(({ variantId }) => variantId === turn.variantId).at(-1);
      const isLast = last?.id === turn.id && (turn.state === "done" || turn.state === "cut");
      const isAsked = turn.kind === "prompt" || turn.kind === "create";
      const signature = `${turn.variantId} ${fnv1a(`${error.title} ${error.message} ${error.path}`)}`;
      if (!isLast || !isAsked || tried.has(turn.id) || seen.has(signature)) return false;
      tried.add(turn.id);
      seen.add(signature);
      return true;
    },
  };
}

export const FIX_WORDS =
  "The page does not run after the last change. Mend the error told below with the smallest edit; change nothing else.";

/** The error as the page told it, which is data, with the lines around its place as they really are. */
export function reportOf({ title, message, path, line }: PageError, source: string | null): string {
  const said = `${title}: ${message}`.replace(/\s+/g, " ").slice(0, 500);
  if (source === null) return said;
  const lines = source
    .split("\n")
    .map((text, index) => `${index + 1}: ${text.slice(0, 200)}`)
    .slice(Math.max(0, line - 1 - LINES_AROUND), line + LINES_AROUND);
  return `${said}\n${path}:${line}\n${lines.join("\n")}`;
}
