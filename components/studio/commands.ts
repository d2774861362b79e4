"use client";
/** One table of keys: what acts, what the sheet under "?" shows (interactions.md §1). Single keys act outside of text only. */
import { useEffect, useRef } from "react";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { VariantId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";
import { runningTurnOf } from "./table.ts";
import type { LookBack } from "./use-look-back.ts";
import { focusOn, largeOf, openDialog, setView, viewState } from "./view-state.ts";

export type CommandContext = {
  client: RoomClient;
  shown: Variant[];
  mayEdit: boolean;
  lookBack: Pick<LookBack, "at" | "look" | "step">;
  fork(variantId: VariantId): unknown;
  keep(variant: Variant): unknown;
};

export type Command = {
  id: string;
  title: string;
  key: string;
  edits?: true;
  run(context: CommandContext): void;
};

const enlarge = (position: number): Command => ({
  id: `focus-${position + 1}`,
  title: `Variant ${String.fromCharCode(65 + position)} large`,
  key: String(position + 1),
  run: ({ shown }) => (shown[position] ? focusOn(position) : undefined),
});

export const commands: Command[] = [
  {
    id: "prompt",
    title: "Go to the prompt",
    key: "/",
    run: () => document.getElementById("prompt")?.focus(),
  },
  enlarge(0),
  enlarge(1),
  enlarge(2),
  { id: "three", title: "Back to all", key: "0", run: () => setView("three") },
  {
    id: "keep",
    title: "Keep the large one",
    key: "K",
    edits: true,
    run: ({ shown, keep }) => withLarge(shown, keep),
  },
  {
    id: "fork",
    title: "Fork three from the large one",
    key: "⇧F",
    edits: true,
    run: ({ shown, fork }) => withLarge(shown, ({ id }) => fork(id)),
  },
  { id: "earlier", title: "Look back one turn", key: "[", run: ({ lookBack }) => lookBack.step(-1) },
  { id: "later", title: "One turn later, to now", key: "]", run: ({ lookBack }) => lookBack.step(1) },
  { id: "stop", title: "Stop writing, or back to all", key: "Esc", run: stopOrBack },
  { id: "sheet", title: "This list", key: "?", run: () => openDialog("shortcuts") },
];

function withLarge(shown: Variant[], act: (variant: Variant) => unknown): void {
  const variant = shown[largeOf(viewState.get()) ?? -1];
  if (variant) void act(variant);
}

/** One press does one thing. */
function stopOrBack(context: CommandContext): void {
  const { client, shown, mayEdit, lookBack } = context;
  if (lookBack.at) return lookBack.look(null);
  const { turns } = client.getSnapshot();
  const running = shown.flatMap((variant) => runningTurnOf(turns, variant.id) ?? []);
  if (mayEdit && running.length > 0)
    for (const turn of running) void client.command("stop", { turnId: turn.id });
  else setView("three");
}

export function useCommands(context: CommandContext): void {
  const latest = useRef(context);
  latest.current = context;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey)
        return;
      if (document.querySelector("[role=dialog]")) return;
      const command = commands.find((each) => matches(each.key, event));
      const isTyping =
        event.target instanceof HTMLElement &&
        event.target.closest("input, textarea, [contenteditable=true]");
      if (!command || (isTyping && command.key !== "Esc")) return;
      if (command.edits && !latest.current.mayEdit) return;
      event.preventDefault();
      command.run(latest.current);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

function matches(key: string, event: KeyboardEvent): boolean {
  if (key === "Esc") return event.key === "Escape";
  if (key.startsWith("⇧")) return event.shiftKey && event.key.toUpperCase() === key.slice(1);
  return event.key === key || (!event.shiftKey && event.key.toUpperCase() === key);
}
