"use client";
import { useMemo, useState } from "react";
import type { Variant } from "#lib/project/rows.ts";
import { setNumbersOf, variantsOfSet } from "./table.ts";

export type TableState = {
  sets: number[];
  set: number;
  shown: Variant[];
  /** Frames that exist: as many as the largest set has variants. */
  panes: number;
  choose(set: number): void;
};

/** Whoever looks at the newest set moves on when a newer one comes. */
export function useTable(variants: Variant[], atFirst: number): TableState {
  const [chosen, setChosen] = useState<number | null>(null);
  return useMemo(() => {
    const sets = setNumbersOf(variants);
    const newest = sets.at(-1) ?? 1;
    const set = chosen !== null && sets.includes(chosen) ? chosen : newest;
    const panes = Math.max(
      variants.length === 0 ? atFirst : 0,
      ...sets.map((each) => variantsOfSet(variants, each).length),
    );
    return {
      sets,
      set,
      shown: variantsOfSet(variants, set),
      panes,
      choose: (each: number) => setChosen(each === newest ? null : each),
    };
  }, [variants, chosen, atFirst]);
}
