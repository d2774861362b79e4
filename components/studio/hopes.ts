/**
 * What this page has asked to change about a variant and has no answer to yet: it is shown at once, and gone when it was refused
 * (interactions.md §3). What was asked later lies over what was asked before.
 */
import { createStore } from "#lib/client/store.ts";
import type { VariantId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";

export type Hope = { variantId: VariantId; change: Partial<Pick<Variant, "keptAt" | "name">> };

export const hopes = createStore({ list: [] as readonly Hope[] });

/** Shows the change for as long as the answer is not there. */
export async function hopeFor<Answer>(hope: Hope, asked: Promise<Answer>): Promise<Answer> {
  hopes.set({ list: [...hopes.get().list, hope] });
  try {
    return await asked;
  } finally {
    hopes.set({ list: hopes.get().list.filter((each) => each !== hope) });
  }
}

/** The variants as they will be when all is granted. */
export function withHopes(variants: Variant[], list: readonly Hope[]): Variant[] {
  if (list.length === 0) return variants;
  return variants.map((variant) => {
    const changes = list.filter(({ variantId }) => variantId === variant.id).map(({ change }) => change);
    return changes.length === 0 ? variant : Object.assign({ ...variant }, ...changes);
  });
}
