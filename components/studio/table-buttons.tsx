"use client";
import { Maximize2, PanelLeft } from "lucide-react";
import { useEffect, useState } from "react";
import { isMac, shown } from "#components/commands/chord.ts";
import { actingKey, useKeyMap } from "#components/commands/key-map.ts";
import { toggleChrome, toggleRail, useView } from "./view-state.ts";

const LOOK = "button button-small px-0 max-[799px]:hidden";

/** The turns beside the pages, without their key: some browsers keep ⌘B for themselves. */
export function RailButton() {
  const showsRail = useView((state) => state.showsRail);
  const title = useTitle("Turns, show or hide", "rail");
  return (
    <button
      type="button"
      className={LOOK}
      aria-label="Turns beside the pages"
      aria-expanded={showsRail}
      title={title}
      onClick={toggleRail}
    >
      <PanelLeft size={14} aria-hidden="true" />
    </button>
  );
}

/** Nothing but the pages; Esc and a button in the corner bring the rest back. */
export function ChromeButton() {
  const title = useTitle("Hide everything but the pages", "chrome");
  return (
    <button
      type="button"
      className={LOOK}
      aria-label="Hide everything but the pages"
      title={title}
      onClick={toggleChrome}
    >
      <Maximize2 size={13} aria-hidden="true" />
    </button>
  );
}

/** With the key as it acts here. Which keyboard it is, only the browser knows. */
function useTitle(words: string, id: string): string {
  const keys = useKeyMap();
  const [isHere, setHere] = useState(false);
  useEffect(() => setHere(true), []);
  const chord = isHere ? actingKey(keys, id) : null;
  return chord === null ? words : `${words} (${shown(chord, isMac())})`;
}
