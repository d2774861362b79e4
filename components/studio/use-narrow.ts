"use client";
import { useSyncExternalStore } from "react";

/** A phone that lies on its side is wide, but has no height for more than the page. */
const LYING = "(max-height: 500px) and (orientation: landscape) and (pointer: coarse)";
const NARROW = `(max-width: 799px), ${LYING}`;
const MEDIUM = "(min-width: 800px) and (max-width: 1199px)";

/** A phone, or a window as narrow: one variant at a time, with tabs. */
export function useNarrow(): boolean {
  return useMedia(NARROW);
}

/** A tablet, or a window as wide: two columns, and numbers for turns. */
export function useMedium(): boolean {
  return useMedia(MEDIUM);
}

export function isNarrow(): boolean {
  return typeof matchMedia === "function" && matchMedia(NARROW).matches;
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => watch(query, listener),
    () => matchMedia(query).matches,
    () => false,
  );
}

function watch(query: string, listener: () => void): () => void {
  const media = matchMedia(query);
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}
