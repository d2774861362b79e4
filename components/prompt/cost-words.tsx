"use client";
import { groupTurns, type TurnGroup } from "#components/studio/table.ts";
import { seconds } from "#components/ui/figures.ts";
import type { Turn, Variant } from "#lib/project/rows.ts";
import type { Estimate } from "#lib/wire/events.ts";

/** What sending would cost at most. */
export function EstimateWords({ estimate }: { estimate: Estimate }) {
  const { inputTokens, outputTokens, turns, left } = estimate;
  const total = inputTokens + outputTokens;
  const isOver = left !== null && total > left;
  return (
    <span
      className={`tnum mr-1 hidden text-xs sm:inline ${isOver ? "text-bad" : "text-ink-3"}`}
      title={`At most, for ${turns} ${turns === 1 ? "variant" : "variants"}: ${figure(inputTokens)} tokens in, ${figure(outputTokens)} out${left === null ? "" : `; your caps leave ${figure(left)}`}`}
    >
      ≤ {figure(total)} tokens
    </span>
  );
}

/** What the last prompt took: its time, and the tokens of a language model. */
export function LastTurnWords({ turns, shown }: { turns: readonly Turn[]; shown: Variant[] }) {
  const last = groupTurns(turns, shown)
    .filter(({ kind, state }) => state !== "running" && (kind === "prompt" || kind === "create"))
    .at(-1);
  if (!last || last.ms === null) return null;
  const cost = costOf(last);
  return (
    <span className="tnum mr-1 hidden text-xs text-ink-3 md:inline" title={`The last prompt: ${last.prompt}`}>
      <span className="sr-only">The last prompt took </span>
      {seconds(last.ms)}
      {cost > 0 ? ` · ${figure(cost)} tokens` : null}
    </span>
  );
}

/** As the providers counted; the designer uses none. */
export function costOf({ turns }: Pick<TurnGroup, "turns">): number {
  return turns.reduce((sum, { usage }) => sum + (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0), 0);
}

/** "940", "4.2k", "120k". */
export function figure(tokens: number): string {
  return tokens >= 1_000 ? `${(tokens / 1_000).toFixed(tokens < 100_000 ? 1 : 0)}k` : String(tokens);
}
