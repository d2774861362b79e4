"use client";
import { useEffect, useMemo, useState } from "react";

const SAID_AFTER_MS = 500;

/**
 * While a model writes, a page may show an older state for a while, because what is written does not run yet: said after half a
 * second, never in red. Renders at its beginning and end alone, however many states there are.
 */
export function useBehind(isWriting: boolean): { isBehind: boolean; note(isWhole: boolean): void } {
  const [isBehind, setBehind] = useState(false);
  const note = useMemo(() => behindNotes(setBehind), []);
  useEffect(() => (isWriting ? () => note(true) : undefined), [isWriting, note]);
  return { isBehind: isBehind && isWriting, note };
}

/** Takes each state of a page, whether it ran as written; says when it has been behind for so long, and when it no longer is. */
export function behindNotes(say: (isBehind: boolean) => void): (isWhole: boolean) => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  return (isWhole) => {
    if (!isWhole) {
      timer ??= setTimeout(() => say(true), SAID_AFTER_MS);
      return;
    }
    if (timer !== null) clearTimeout(timer);
    timer = null;
    say(false);
  };
}
