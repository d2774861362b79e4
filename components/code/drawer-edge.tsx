"use client";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { LEAST_DRAWER_PX, setDrawer, TABLE_PX } from "#components/studio/view-state.ts";

const STEP_PX = 24;
const LARGE_STEP_PX = 120;

/**
 * The edge between the pages and their code. While it is dragged only two elements change (a variable of the studio would style all
 * of it anew in each frame), no React renders but the sheets' own scale, and a transparent cover keeps the frames from swallowing
 * the pointer. Arrow keys do the same.
 */
export function DrawerEdge({ letter }: { letter: string }) {
  const edge = useRef<HTMLDivElement>(null);
  const [isDragging, setDragging] = useState(false);
  const [shown, setShown] = useState<number | null>(null);
  const dragged = useRef<number | null>(null);
  // The code may be closed in the middle of a drag.
  useEffect(() => {
    const prompt = promptOf(edge.current);
    return () => movePrompt(prompt, null);
  }, []);
  const widthNow = () => edge.current?.parentElement?.getBoundingClientRect().width ?? LEAST_DRAWER_PX;
  const most = typeof innerWidth === "number" ? innerWidth - TABLE_PX : LEAST_DRAWER_PX;

  const move = ({ clientX }: PointerEvent) => {
    if (!isDragging) return;
    dragged.current = within(innerWidth - clientX, most);
    showWidth(edge.current, dragged.current);
  };
  const end = () => {
    setDragging(false);
    if (dragged.current === null) return;
    showWidth(edge.current, null);
    setDrawer(dragged.current);
    setShown(dragged.current);
    dragged.current = null;
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.shiftKey ? LARGE_STEP_PX : STEP_PX;
    const to = {
      ArrowLeft: widthNow() + step,
      ArrowRight: widthNow() - step,
      Home: most,
      End: LEAST_DRAWER_PX,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setDrawer(within(to, most));
    setShown(within(to, most));
  };
  return (
    <>
      {isDragging ? <div className="drag-cover" /> : null}
      {/* biome-ignore lint/a11y/useSemanticElements: a rule that can be moved has no element of its own */}
      <div
        ref={edge}
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={`Width of the code of variant ${letter}`}
        aria-valuemin={LEAST_DRAWER_PX}
        aria-valuemax={most}
        aria-valuenow={Math.round(shown ?? LEAST_DRAWER_PX)}
        aria-valuetext={shown === null ? undefined : `${Math.round(shown)} pixels`}
        className={`drawer-edge max-[799px]:hidden ${isDragging ? "z-50" : ""}`}
        onFocus={() => setShown(widthNow())}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
        }}
        onPointerMove={move}
        onPointerUp={isDragging ? end : undefined}
        onPointerCancel={isDragging ? end : undefined}
        onKeyDown={onKey}
      />
    </>
  );
}

/** Null: as the studio's styles say. */
function showWidth(edge: HTMLElement | null, px: number | null): void {
  edge?.parentElement?.style.setProperty("width", px === null ? null : `${px}px`);
  movePrompt(promptOf(edge), px);
}

function promptOf(edge: HTMLElement | null): HTMLElement | null {
  return edge?.closest(".studio")?.querySelector<HTMLElement>(".prompt-dock") ?? null;
}

function movePrompt(prompt: HTMLElement | null, px: number | null): void {
  prompt?.style.setProperty("right", px === null ? null : `calc(0.5rem + ${px}px)`);
}

function within(px: number, most: number): number {
  return Math.round(Math.max(LEAST_DRAWER_PX, Math.min(most, px)));
}
