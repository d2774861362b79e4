"use client";
import { useRef } from "react";
import type { RoomClient } from "#lib/client/room-client.ts";

/** Turns that no person worded. */
const WORDLESS = new Set(["restore", "undo", "fix"]);

export type PromptHistory = {
  isBrowsing: boolean;
  move(by: number): string;
  /** What is in the box is no earlier prompt any more. */
  leave(): void;
};

/** Earlier prompts under the arrow keys, newest first, each once. */
export function useHistory(client: RoomClient): PromptHistory {
  const at = useRef<number | null>(null);
  return {
    leave() {
      at.current = null;
    },
    get isBrowsing() {
      return at.current !== null;
    },
    move(by) {
      const { turns } = client.getSnapshot();
      const prompts = [
        ...new Set(turns.filter(({ kind }) => !WORDLESS.has(kind)).map((turn) => turn.prompt)),
      ];
      const next = (at.current ?? prompts.length) + by;
      at.current = next >= 0 && next < prompts.length ? next : null;
      return at.current === null ? "" : (prompts[at.current] ?? "");
    },
  };
}
