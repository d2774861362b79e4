"use client";
import { useRef } from "react";

/** For a dialog that a key or command opens, while it is there: where the focus was; to the prompt when that is gone. */
export function useGiveBack(): (event: Event) => void {
  const opener = useRef<Element | null | undefined>(undefined);
  if (opener.current === undefined) opener.current = document.activeElement;
  return (event) => {
    event.preventDefault();
    const back = opener.current;
    const isThere = back instanceof HTMLElement && back.isConnected && back !== document.body;
    (isThere ? back : document.getElementById("prompt"))?.focus();
  };
}
