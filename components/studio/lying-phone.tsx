"use client";
import { useState } from "react";
import type { Variant } from "#lib/project/rows.ts";
import { useView } from "./view-state.ts";

/** A phone on its side shows the page alone; the letter in the corner brings the tabs, and takes them away again. */
export function LyingPhone({ shown }: { shown: Variant[] }) {
  const [isOpen, setOpen] = useState(false);
  const variant = shown[useView((state) => Math.min(state.tab, Math.max(0, shown.length - 1)))];
  if (!variant) return null;
  return (
    <button
      type="button"
      className="lying-handle"
      data-v={variant.letter.toLowerCase()}
      data-open={isOpen || undefined}
      aria-expanded={isOpen}
      aria-label={`Variant ${variant.letter} of ${shown.length}: tabs`}
      onClick={() => setOpen(!isOpen)}
    >
      <span className="badge" aria-hidden="true">
        {variant.letter}
      </span>
    </button>
  );
}
