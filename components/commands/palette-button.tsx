"use client";
import { useEffect, useState } from "react";
import { openDialog } from "#components/studio/view-state.ts";
import { isMac, shown } from "./chord.ts";
import { actingKey, useKeyMap } from "./key-map.ts";

/** The palette without its key: some browsers and extensions keep ⌘K for themselves. */
export function PaletteButton({ className = "" }: { className?: string }) {
  const keys = useKeyMap();
  const [isHere, setHere] = useState(false);
  // Which keyboard it is, only the browser knows.
  useEffect(() => setHere(true), []);
  const chord = isHere ? actingKey(keys, "palette") : null;
  return (
    <button
      type="button"
      title="All commands"
      className={`button button-small font-mono ${className}`}
      onClick={() => openDialog("palette")}
    >
      <span className="sr-only">All commands</span>
      <span aria-hidden="true">{chord === null ? "…" : shown(chord, isMac())}</span>
    </button>
  );
}
