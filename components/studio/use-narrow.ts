"use client";
import { useSyncExternalStore } from "react";

const NARROW = "(max-width: 799px)";

/** A phone, or a window as narrow: one variant at a time, with tabs. */
export function useNarrow(): boolean {
  return useSyncExternalStore(watch, isNarrow, () => false);
}

export function isNarrow(): boolean {
  return typeof matchMedia === "function" && matchMedia(NARROW).matches;
}

function watch(listener: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
