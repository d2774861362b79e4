"use client";
import { type KeyboardEvent, useRef } from "react";
import { setView, useView, type View } from "./view-state.ts";

const VIEWS: readonly (readonly [View, string])[] = [
  ["three", "Three"],
  ["focus", "Focus"],
];

/** How the sheets lie: a radio group, one Tab stop, arrow keys choose. */
export function ViewSwitch() {
  const view = useView((state) => state.view);
  const group = useRef<HTMLDivElement>(null);
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = (VIEWS.findIndex(([each]) => each === view) + by + VIEWS.length) % VIEWS.length;
    setView(VIEWS[next]?.[0] ?? "three");
    group.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div
      ref={group}
      role="radiogroup"
      aria-label="View"
      className="mx-auto hidden rounded-sm bg-raised p-0.5 min-[800px]:flex"
      onKeyDown={onKey}
    >
      {VIEWS.map(([each, title]) => (
        // biome-ignore lint/a11y/useSemanticElements: buttons look and act like the other switches here
        <button
          key={each}
          type="button"
          role="radio"
          aria-checked={view === each}
          tabIndex={view === each ? 0 : -1}
          className="button button-small"
          onClick={() => setView(each)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
