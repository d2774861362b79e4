"use client";
import { useCallback, useEffect, useRef, useState } from "react";

const SAID_AFTER_MS = 500;

/**
 * While a model writes, a page may show an older state for a while, because what is written does not run yet: said after half a
 * second, never in red. Renders at its beginning and end alone, however many states there are.
 */
export function useBehind(isWriting: boolean): { isBehind: boolean; note(isWhole: boolean): void } {
  const [isBehind, setBehind] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const note = useCallback((isWhole: boolean) => {
    if (!isWhole) {
      timer.current ??= setTimeout(() => setBehind(true), SAID_AFTER_MS);
      return;
    }
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    setBehind(false);
  }, []);
  useEffect(() => (isWriting ? () => note(true) : undefined), [isWriting, note]);
  return { isBehind: isBehind && isWriting, note };
}
