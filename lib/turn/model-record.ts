/**
 * What was measured of each model: how often its edits did not fit, and how many bytes its tokens have. Two failed turns
 * among its last ones, and it is asked for whole files until they are past (models.md §8.3).
 */
import type { FailedEdit, Turn } from "#lib/project/rows.ts";
import { type EditFormat, editFormatOf } from "#lib/prompt/edit-format.ts";
import { BYTES_PER_TOKEN } from "#lib/prompt/estimate.ts";

export type ModelRecord = {
  /** An ended turn, new or stored; the same one twice counts once. */
  saw(turn: Turn): void;
  /** What the provider counted for a prompt of so many bytes. */
  sawTokens(model: string, bytes: number, tokens: number): void;
  bytesPerToken(model: string): number;
  formatOf(model: string): EditFormat;
  /** Of its last turns with edits. */
  failedTurns(model: string): { failed: number; of: number };
};

const LAST_TURNS = 20;
const FAILED_TO_DEMOTE = 2;
/** Not the model's fault. */
const NOT_ITS_FAULT = new Set(["truncated", "person-edited", "limit", "locked"]);

export function createModelRecord(): ModelRecord {
  const turns = new Map<string, Map<string, boolean>>();
  const ratios = new Map<string, number>();

  function failedTurns(model: string): { failed: number; of: number } {
    const known = [...(turns.get(model)?.values() ?? [])];
    return { failed: known.filter((failed) => failed).length, of: known.length };
  }

  return {
    saw({ id, model, state, appliedEdits, failedEdits }) {
      const missed = failedEdits.filter(isItsFault).length;
      if (state !== "done" || appliedEdits + missed === 0) return;
      const known = turns.get(model) ?? new Map<string, boolean>();
      known.set(id, missed > 0);
      const [oldest] = known.keys();
      if (known.size > LAST_TURNS && oldest !== undefined) known.delete(oldest);
      turns.set(model, known);
    },
    sawTokens(model, bytes, tokens) {
      if (tokens < 200) return;
      const seen = Math.min(6, Math.max(2, bytes / tokens));
      const before = ratios.get(model);
      ratios.set(model, before === undefined ? seen : before * 0.7 + seen * 0.3);
    },
    bytesPerToken: (model) => ratios.get(model) ?? BYTES_PER_TOKEN,
    formatOf: (model) => (failedTurns(model).failed >= FAILED_TO_DEMOTE ? "whole" : editFormatOf(model)),
    failedTurns,
  };
}

function isItsFault({ reason }: FailedEdit): boolean {
  return !NOT_ITS_FAULT.has(reason);
}
