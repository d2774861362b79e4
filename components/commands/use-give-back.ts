"use client";
import { useRef } from "react";

/** For a dialog that a key or command opens, while it is there: where the focus was; to the prompt when that is gone. */
export function useGiveBack(): (event: Event) => void {
  const opener = useRef<Element | null | undefined>(undefined);
  if (opener.current === undefined) opener.current = document.activeElement;
  return (event) => {
    event.preventDefault();
    giveBackTo(opener.current ?? null);
  };
}

export function giveBackTo(opener: Element | null): void {
  const isThere = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
  (isThere ? opener : document.getElementById("prompt"))?.focus();
}
