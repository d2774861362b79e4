/** How the sheets of a project stood when it was left: kept in this browser, so that a reload finds them as they were. */
import { createKept } from "#lib/client/kept.ts";
import { type CompareMode, type PreviewWidth, type View, type ViewState, viewState } from "./view-state.ts";

export type KeptView = Pick<
  ViewState,
  "view" | "focused" | "pair" | "compare" | "tab" | "width" | "scrollsInStep" | "drawer"
>;

const MOST_PROJECTS = 60;
/** A width is dragged, and storage is written by the thread that draws. */
const WRITE_AFTER_MS = 300;
const VIEWS: readonly View[] = ["three", "focus", "compare"];
const MODES: readonly CompareMode[] = ["swipe", "side", "code"];
const MOST_VARIANTS = 4;

/** The first script of the page looks for the same place (app/layout.tsx). */
const kept = createKept("triptych:views", parseView, MOST_PROJECTS);

/** The table stands as it did, and from now on as it is left. `id`: of the page. Returns the end of it. */
export function keepView(id: string): () => void {
  viewState.set({ ...kept.get(id), isRestored: true });
  let last = partOf(viewState.get());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(timer);
    if (timer !== undefined) kept.set(id, last);
    timer = undefined;
  };
  const unsubscribe = viewState.subscribe(() => {
    const now = partOf(viewState.get());
    if (isSame(now, last)) return;
    last = now;
    timer ??= setTimeout(write, WRITE_AFTER_MS);
  });
  addEventListener("pagehide", write);
  return () => {
    removeEventListener("pagehide", write);
    unsubscribe();
    write();
  };
}

export function parseView(stored: unknown): KeptView | null {
  const { view, focused, pair, compare, tab, width, scrollsInStep, drawer } = (stored ?? {}) as Record<
    string,
    unknown
  >;
  if (!VIEWS.includes(view as View) || !MODES.includes(compare as CompareMode)) return null;
  if (!isPosition(focused) || !isPosition(tab) || !isPair(pair) || !isWidth(width)) return null;
  return {
    ...{ view: view as View, compare: compare as CompareMode, focused, pair, tab, width },
    scrollsInStep: scrollsInStep !== false,
    drawer: typeof drawer === "number" && drawer >= 200 && drawer <= 4_000 ? drawer : null,
  };
}

function partOf(state: ViewState): KeptView {
  const { view, focused, pair, compare, tab, width, scrollsInStep, drawer } = state;
  return { view, focused, pair, compare, tab, width, scrollsInStep, drawer };
}

function isSame(one: KeptView, other: KeptView): boolean {
  return (Object.keys(one) as (keyof KeptView)[]).every((part) => one[part] === other[part]);
}

function isPosition(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < MOST_VARIANTS;
}

function isPair(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every(isPosition) && value[0] !== value[1];
}

function isWidth(value: unknown): value is PreviewWidth {
  return value === "fit" || (typeof value === "number" && value >= 200 && value <= 4_000);
}
