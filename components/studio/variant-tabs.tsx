"use client";
import type { Variant } from "#lib/project/rows.ts";
import { showTab, useView } from "./view-state.ts";

/** A phone shows one variant; these choose which. */
export function VariantTabs({ shown }: { shown: Variant[] }) {
  const tab = useView((state) => state.tab);
  return (
    <div
      className="absolute inset-x-3 top-0 z-10 flex gap-2 min-[800px]:hidden"
      role="tablist"
      aria-label="Variants"
    >
      {shown.map((variant, position) => (
        <button
          key={variant.id}
          type="button"
          role="tab"
          aria-selected={tab === position}
          data-v={variant.letter.toLowerCase()}
          className={`flex h-11 min-w-0 flex-1 items-center justify-center gap-2 rounded-sm px-2 text-sm ${tab === position ? "bg-sheet shadow-sheet" : "text-ink-2"}`}
          onClick={() => showTab(position)}
        >
          <span className="badge">{variant.letter}</span>
          <span className="truncate">{variant.name || `Variant ${variant.letter}`}</span>
        </button>
      ))}
    </div>
  );
}
