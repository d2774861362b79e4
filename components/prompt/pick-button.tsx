"use client";
import { togglePick, useView } from "#components/studio/view-state.ts";

/** Points at an element of a page, for the next prompt. S does the same. */
export function PickButton() {
  const isPicking = useView((state) => state.isPicking);
  return (
    <button
      type="button"
      className="button button-small max-sm:hidden"
      aria-pressed={isPicking}
      title={
        isPicking
          ? "Click an element of a page; ↑ and ↓ walk, Esc leaves"
          : "Point at an element of a page (S)"
      }
      onClick={() => togglePick()}
    >
      Pick
    </button>
  );
}
