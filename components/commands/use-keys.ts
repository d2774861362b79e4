"use client";
import { useEffect, useRef } from "react";
import { chordOf, isMac, isSingle } from "./chord.ts";
import { keysNow } from "./key-map.ts";
import { commands, isPossible } from "./table.ts";
import type { Command, CommandContext } from "./types.ts";

const TEXT =
  "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable=true]";
const OPEN = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]:focus-within";
/** Space and Enter belong to what has the focus first. */
const PRESSABLE =
  "button, a[href], summary, input, [role=tab], [role=slider], [role=separator], [role=option]";

/** Runs the command of a key, where that key may act (interactions.md §1). */
export function useKeys(context: CommandContext): void {
  const latest = useRef(context);
  latest.current = context;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = commandOf(event, latest.current);
      if (!command) return;
      event.preventDefault();
      command.run(latest.current);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

/** The command that a press means; null: it is nobody's, or belongs to what has the focus. */
export function commandOf(event: KeyboardEvent, context: CommandContext): Command | null {
  if (event.isComposing || event.defaultPrevented || document.querySelector(OPEN)) return null;
  const chord = chordOf(event, isMac());
  const keys = keysNow();
  const command = commands.find(
    ({ id, alias }) => chord !== null && (keys.of(id) === chord || alias === chord),
  );
  if (!command || chord === null || !isPossible(command, context)) return null;
  const element = event.target instanceof HTMLElement ? event.target : document.body;
  const isTyping = element.closest(TEXT) !== null;
  if (isSingle(chord)) {
    if (isTyping || keys.singlesOff) return null;
    return chord === "space" && element.closest(PRESSABLE) ? null : command;
  }
  if (isTyping && command.outsideText) return null;
  // Esc in a small field means the field; in the prompt and in code it means the page.
  if (chord === "escape" && isTyping && element.id !== "prompt" && !element.closest(".cm-editor"))
    return null;
  return command;
}
