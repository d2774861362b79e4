"use client";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { Variant } from "#lib/project/rows.ts";
import { useSwipe } from "./use-swipe.ts";
import { showTab, useView, viewState } from "./view-state.ts";

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** A phone shows one variant; these choose which, by tap, by arrow keys, by a swipe over them or at the page's edges. */
export function VariantTabs({ shown }: { shown: Variant[] }) {
  const tab = useView((state) => state.tab);
  const list = useRef<HTMLDivElement>(null);
  const count = shown.length;
  const go = (by: number) => {
    if (count > 0) showTab((Math.min(viewState.get().tab, count - 1) + by + count) % count);
  };
  const swipe = useSwipe(go);
  const chosen = Math.min(tab, Math.max(0, count - 1));
  const onKey = (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    if (!by) return;
    event.preventDefault();
    go(by);
    list.current?.querySelectorAll("button")[viewState.get().tab]?.focus();
  };
  useEffect(keepRoomForKeyboard, []);
  return (
    <>
      <div
        ref={list}
        className="variant-tabs"
        role="tablist"
        aria-label="Variants"
        onKeyDown={onKey}
        {...swipe}
      >
        {shown.map((variant, position) => (
          <button
            key={variant.id}
            type="button"
            role="tab"
            aria-selected={chosen === position}
            tabIndex={chosen === position ? 0 : -1}
            data-v={variant.letter.toLowerCase()}
            className={`flex h-11 min-w-11 flex-1 items-center justify-center gap-2 rounded-sm px-2 text-sm ${chosen === position ? "bg-sheet shadow-sheet" : "text-ink-2"}`}
            onClick={() => showTab(position)}
          >
            <span className="badge">{variant.letter}</span>
            <span className="truncate">{variant.name || `Variant ${variant.letter}`}</span>
          </button>
        ))}
      </div>
      {count > 1 ? (
        <>
          <div className="swipe-edge left-0" aria-hidden="true" {...swipe} />
          <div className="swipe-edge right-0" aria-hidden="true" {...swipe} />
        </>
      ) : null}
    </>
  );
}

/** What an on-screen keyboard covers, as `--keyboard`: the prompt stands above it. Browsers that shrink the page have none left. */
function keepRoomForKeyboard(): (() => void) | undefined {
  const seen = window.visualViewport;
  if (!seen) return;
  const { style } = document.documentElement;
  const note = () => {
    // While somebody zooms in, what is not seen is no keyboard.
    const covered = seen.scale > 1.01 ? 0 : innerHeight - seen.height - seen.offsetTop;
    style.setProperty("--keyboard", `${Math.max(0, Math.round(covered))}px`);
  };
  note();
  seen.addEventListener("resize", note);
  seen.addEventListener("scroll", note);
  return () => {
    seen.removeEventListener("resize", note);
    seen.removeEventListener("scroll", note);
    style.removeProperty("--keyboard");
  };
}
