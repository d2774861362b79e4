"use client";
/**
 * How the table stands in front of this person: one small store, for this page only. Nothing here is sent; how sheets stand is
 * remembered in this browser, for each project (kept-view.ts).
 *
 * To change it, call the function named after what a person does, from anywhere, with no props in between:
 *   setView("compare") · focusOn(1) · openCode({ variantId, path, line }) · togglePick() · cycleWidth() · openDialog("palette")
 * To show it, read one part in a component:   const view = useView((state) => state.view)
 * Outside React (keys, frames), read `viewState.get()` and watch with `viewState.subscribe`. None of it may change per token:
 * every change renders whoever reads the part.
 */
import { createStore } from "#lib/client/store.ts";
import { useStore } from "#lib/client/use-store.ts";
import type { PromptId, VariantId } from "#lib/project/ids.ts";
import type { PickedElement } from "#lib/project/picked.ts";

export type View = "three" | "focus" | "compare";

/** Compare lays two sheets over each other, side by side, or shows how their files differ. */
export type CompareMode = "swipe" | "side" | "code";

/** Layout widths of the previews that D walks through, in CSS pixels; "fit" is as wide as there is room. */
export const WIDTHS = [390, 768, 1024, 1280, "fit"] as const;
export type PreviewWidth = number | "fit";

/** What the code drawer opens: a variant, perhaps a line (from 1) of one of its files, and perhaps text to put in above it. */
export type CodePlace = { variantId: VariantId; path?: string; line?: number; insert?: string };

export type Dialog = "palette" | "shortcuts" | "settings";

export type ViewState = {
  /** What was remembered of this project stands again, or nothing was. */
  isRestored: boolean;
  view: View;
  /** Position of the large one in Focus; it is remembered while another view is shown. */
  focused: number;
  /** Positions of the left and the right one in Compare. */
  pair: readonly [number, number];
  compare: CompareMode;
  /** How much of the width the left one has while they lie over each other, in percent. */
  swipe: number;
  /** Position of the one that a phone shows. */
  tab: number;
  /** Which variants the next prompt goes to; none: all. */
  targets: readonly VariantId[];
  code: CodePlace | null;
  /** How wide the code was dragged to, in CSS pixels; null: as it comes. */
  drawer: number | null;
  /** The prompt that the server has not taken yet. */
  sending: { promptId: PromptId; text: string } | null;
  isPicking: boolean;
  picked: readonly PickedElement[];
  width: PreviewWidth;
  scrollsInStep: boolean;
  /** An edge is being dragged. */
  isDragging: boolean;
  showsRail: boolean;
  showsChrome: boolean;
  dialog: Dialog | null;
};

const AT_FIRST: ViewState = {
  isRestored: false,
  view: "three",
  focused: 0,
  pair: [0, 1],
  compare: "swipe",
  swipe: 50,
  tab: 0,
  targets: [],
  code: null,
  drawer: null,
  sending: null,
  isPicking: false,
  picked: [],
  width: 1280,
  scrollsInStep: true,
  isDragging: false,
  showsRail: true,
  showsChrome: true,
  dialog: null,
};

export const viewState = createStore(AT_FIRST);

/** Reads a part of it in a component. */
export function useView<Part>(select: (state: ViewState) => Part): Part {
  return useStore(viewState, select);
}

/** Another project lies on the table. */
export function resetView(): void {
  viewState.set(AT_FIRST);
}

export function setView(view: View): void {
  viewState.set({ view });
}

/** One variant large. */
export function focusOn(position: number): void {
  viewState.set({ view: "focus", focused: position, tab: position });
}

/** The position that is large, or null while none is. */
export function largeOf({ view, focused }: ViewState): number | null {
  return view === "focus" ? focused : null;
}

/** Which two are compared, left and right. */
export function comparePair(left: number, right: number): void {
  viewState.set({ pair: [left, right] });
}

export function swapSides(): void {
  const [left, right] = viewState.get().pair;
  comparePair(right, left);
}

export function setCompare(compare: CompareMode): void {
  viewState.set({ compare });
}

export function setSwipe(percent: number): void {
  viewState.set({ swipe: Math.min(100, Math.max(0, percent)) });
}

export function showTab(tab: number): void {
  viewState.set({ tab });
}

export function setTargets(targets: readonly VariantId[]): void {
  viewState.set({ targets });
}

export function openCode(code: CodePlace): void {
  viewState.set({ code });
}

export function closeCode(): void {
  viewState.set({ code: null });
}

/** Opens the code of a variant, or closes it where it is open. */
export function toggleCode(variantId: VariantId): void {
  viewState.set({ code: viewState.get().code?.variantId === variantId ? null : { variantId } });
}

/** The code is never narrower, and the pages beside it always have as much. */
export const LEAST_DRAWER_PX = 320;
export const TABLE_PX = 340;

export function setDrawer(drawer: number): void {
  viewState.set({ drawer });
}

export function togglePick(isPicking = !viewState.get().isPicking): void {
  viewState.set({ isPicking });
}

/** A prompt is on its way; null: it was taken, refused or taken back. */
export function showSending(sending: ViewState["sending"]): void {
  viewState.set({ sending });
}

/** What was pointed at goes along with the next prompt. */
export function setPicked(picked: readonly PickedElement[]): void {
  viewState.set({ picked });
}

export function setWidth(width: PreviewWidth): void {
  viewState.set({ width });
}

/** The next of the known widths. */
export function cycleWidth(): void {
  const { width } = viewState.get();
  const next = (WIDTHS as readonly PreviewWidth[]).indexOf(width) + 1;
  setWidth(WIDTHS[next % WIDTHS.length] ?? "fit");
}

export function toggleScrollInStep(): void {
  viewState.set({ scrollsInStep: !viewState.get().scrollsInStep });
}

export function toggleRail(): void {
  viewState.set({ showsRail: !viewState.get().showsRail });
}

export function toggleChrome(): void {
  viewState.set({ showsChrome: !viewState.get().showsChrome });
}

export function openDialog(dialog: Dialog): void {
  viewState.set({ dialog });
}

export function closeDialog(): void {
  viewState.set({ dialog: null });
}
