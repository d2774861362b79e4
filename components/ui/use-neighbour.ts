"use client";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/**
 * A row that goes while the focus is in it leaves the focus to its neighbour in the list, the last of them to the prompt: never to
 * nothing (interactions.md §7). `list` is read after each render of the component that draws it.
 */
export function useNeighbour(list: RefObject<HTMLElement | null>): void {
  const last = useRef<{ button: Element; index: number } | null>(null);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      const index = buttonsOf(list.current).indexOf(target as HTMLElement);
      last.current = index < 0 ? null : { button: target as Element, index };
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, [list]);
  useLayoutEffect(() => {
    const gone = last.current;
    if (!gone || gone.button.isConnected) return;
    last.current = null;
    if (document.activeElement !== document.body) return;
    const left = buttonsOf(list.current);
    (left[Math.min(gone.index, left.length - 1)] ?? document.getElementById("prompt"))?.focus();
  });
}

function buttonsOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>("button:not(:disabled)") ?? [])];
}
