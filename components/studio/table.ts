/** What lies on the table: pure functions over the room's rows. */
import type { Turn, TurnState, Variant } from "#lib/project/rows.ts";

/** Turns of one prompt, in the order of their letters. */
export type TurnGroup = {
  promptId: string;
  prompt: string;
  kind: Turn["kind"];
  turns: Turn[];
  state: TurnState;
  ms: number | null;
};

export function setNumbersOf(variants: readonly Variant[]): number[] {
  return [...new Set(onTable(variants).map((variant) => variant.setNumber))].sort((a, b) => a - b);
}

export function variantsOfSet(variants: readonly Variant[], setNumber: number): Variant[] {
  return onTable(variants)
    .filter((variant) => variant.setNumber === setNumber)
    .sort((a, b) => a.position - b.position);
}

/** Without those that were deleted. */
function onTable(variants: readonly Variant[]): Variant[] {
  return variants.filter(({ deletedAt }) => deletedAt === null);
}

/** Oldest first, only turns of the given variants. */
export function groupTurns(turns: readonly Turn[], variants: readonly Variant[]): TurnGroup[] {
  const shown = new Map(variants.map((variant) => [variant.id, variant.position]));
  const groups = new Map<string, Turn[]>();
  for (const turn of turns)
    if (shown.has(turn.variantId)) groups.set(turn.promptId, [...(groups.get(turn.promptId) ?? []), turn]);
  return [...groups].map(([promptId, members]) => {
    const sorted = members.sort((a, b) => (shown.get(a.variantId) ?? 0) - (shown.get(b.variantId) ?? 0));
    const running = sorted.some((turn) => turn.state === "running");
    const first = sorted[0] as Turn;
    const ended = Math.max(...sorted.map((turn) => turn.endedAt ?? turn.startedAt));
    return {
      promptId,
      prompt: first.prompt,
      kind: first.kind,
      turns: sorted,
      state: running ? "running" : (sorted.find((turn) => turn.state !== "done")?.state ?? "done"),
      ms: running ? null : ended - first.startedAt,
    };
  });
}

export function lastTurnOf(turns: readonly Turn[], variantId: string): Turn | null {
  return turns.filter((turn) => turn.variantId === variantId).at(-1) ?? null;
}

export function runningTurnOf(turns: readonly Turn[], variantId: string): Turn | null {
  return turns.find((turn) => turn.variantId === variantId && turn.state === "running") ?? null;
}

/** The letter of the variant that a turn wrote on; empty when it does not lie on the table. */
export function letterOf(turn: Turn, shown: readonly Variant[]): string {
  return shown.find((variant) => variant.id === turn.variantId)?.letter ?? "";
}
