"use client";
import { Maximize2, PanelLeft } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { isMac, shown } from "#components/commands/chord.ts";
import { actingKey, useKeyMap } from "#components/commands/key-map.ts";
import { toggleChrome, toggleRail, useView } from "./view-state.ts";

/** The turns beside the pages, without their key: some browsers keep ⌘B for themselves. */
export function RailButton() {
  const showsRail = useView((state) => state.showsRail);
  return (
    <TableButton
      label="Turns beside the pages"
      title={useTitle("Turns, show or hide", "rail")}
      isExpanded={showsRail}
      onClick={toggleRail}
    >
      <PanelLeft size={14} aria-hidden="true" />
    </TableButton>
  );
}

/** Nothing but the pages; Esc and a button in the corner bring the rest back. */
export function ChromeButton() {
  const words = "Hide everything but the pages";
  return (
    <TableButton label={words} title={useTitle(words, "chrome")} onClick={toggleChrome}>
      <Maximize2 size={13} aria-hidden="true" />
    </TableButton>
  );
}

type TableButtonProps = {
  label: string;
  title: string;
  isExpanded?: boolean;
  children: ReactNode;
  onClick(): void;
};

function TableButton({ label, title, isExpanded, children, onClick }: TableButtonProps) {
  return (
    <button
      type="button"
      className="button button-small px-0 max-[799px]:hidden"
      aria-label={label}
      aria-expanded={isExpanded}
      title={title}
      onClick={onClick}
    >
      {children}
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
