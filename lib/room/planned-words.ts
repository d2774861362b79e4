/** How a plan is told to those who build it. */
import type { Direction } from "#lib/project/direction.ts";
import type { VariantId } from "#lib/project/ids.ts";
import type { Plan } from "#lib/project/plan.ts";
import type { Extras } from "./turn-job.ts";

/** What a page is told of its own direction, and of the others where all are known. */
export function extrasOf({ variants }: Plan, variantId: VariantId, isWhole: boolean): Extras {
  const own = variants.find((each) => each.variantId === variantId)?.direction ?? null;
  const plan = variants.flatMap(({ letter, direction }) => (direction ? [{ letter, direction }] : []));
  return own === null ? {} : { direction: own, ...(isWhole ? { plan } : {}) };
}

/** A direction that has changed, said to the answer that is being written. */
export function wordsOf(direction: Direction | null): string {
  if (!direction) return "";
  const { name, idea, type, palette, layout, tone, sections } = direction;
  const facts = { idea, type, palette, layout, tone, sections: sections.join(", ") };
  const lines = Object.entries(facts).flatMap(([field, value]) => (value ? [`${field}: ${value}`] : []));
  return `The art direction is now “${name}”. ${lines.join("; ")}. Change what is written already where it does not fit.`;
}
