/**
 * Keys that were pressed in a page. The page can invent them: they open, focus and show, and nothing else (interactions.md §8).
 */
import {
  focusOn,
  openDialog,
  setView,
  toggleChrome,
  togglePick,
  viewState,
} from "#components/studio/view-state.ts";
import type { PageMessage } from "#lib/preview/preview-frame.tsx";

export function actOnHint({ key, meta, ctrl, alt }: Extract<PageMessage, { type: "triptych:key" }>): void {
  const isCommand = meta || ctrl;
  if (isCommand && key === "k") openDialog("palette");
  else if (isCommand && key === "Enter") document.getElementById("prompt")?.focus();
  else if (isCommand && key === ".") toggleChrome();
  else if (alt && /^[123]$/.test(key)) showLarge(Number(key) - 1);
  else if (key === "Escape") stepBack();
}

/** Only one that is there. */
function showLarge(position: number): void {
  const frames = document.querySelectorAll("article iframe");
  if (position < frames.length) focusOn(position);
}

/** As Esc does in the app, without stopping what writes. */
function stepBack(): void {
  const { isPicking, showsChrome } = viewState.get();
  if (isPicking) togglePick(false);
  else if (!showsChrome) toggleChrome();
  else setView("three");
}
