/** What is read out: at most one message in two seconds, the latest state wins, nothing twice (interactions.md §9). */
import type { Turn, Variant } from "#lib/project/rows.ts";
import { groupTurns, lastTurnOf } from "./table.ts";

export const QUIET_MS = 2_000;

export type Announcer = { state(words: string): void; stop(): void };

export function createAnnouncer(say: (words: string) => void, now = () => performance.now()): Announcer {
  let latest = "";
  let said = "";
  let saidAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const speak = () => {
    timer = null;
    if (latest === said) return;
    said = latest;
    saidAt = now();
    say(said);
  };
  return {
    state(words) {
      latest = words;
      // A window that has begun does not begin anew: waiting never grows under many changes.
      if (timer === null && latest !== said)
        timer = setTimeout(speak, Math.max(0, saidAt + QUIET_MS - now()));
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}

/** "Turn 3 started on A, B and C.", "A done, 12 edits. B is writing." `old`: turns that had ended before this page was there. */
export function statusWords(
  turns: readonly Turn[],
  shown: readonly Variant[],
  old: ReadonlySet<string>,
): string {
  const last = shown.flatMap(({ id, letter }) => {
    const turn = lastTurnOf(turns, id);
    return turn && !old.has(turn.id) ? [{ letter, turn }] : [];
  });
  if (last.length > 0 && last.every(({ turn }) => turn.state === "running")) {
    const number = groupTurns(turns, shown).length;
    return `Turn ${number} started on ${listOf(last.map(({ letter }) => letter))}.`;
  }
  return last.map(({ letter, turn }) => wordsOf(letter, turn)).join(" ");
}

const ENDS: Record<Exclude<Turn["state"], "running" | "done">, string> = {
  stopped: "stopped",
  failed: "failed",
  cut: "was cut off",
};

function wordsOf(letter: string, { state, appliedEdits }: Turn): string {
  if (state === "running") return `${letter} is writing.`;
  const edits = `${appliedEdits} edit${appliedEdits === 1 ? "" : "s"}`;
  return state === "done" ? `${letter} done, ${edits}.` : `${letter} ${ENDS[state]}.`;
}

/** "A", "A and B", "A, B and C". */
function listOf(letters: string[]): string {
  return letters.length < 2 ? (letters[0] ?? "") : `${letters.slice(0, -1).join(", ")} and ${letters.at(-1)}`;
}
