"use client";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { setWidth } from "#components/studio/view-state.ts";

const LEAST_PX = 320;
const MOST_PX = 1920;
const STEP_PX = 10;
const LARGE_STEP_PX = 100;

type WidthHandleProps = {
  /** The sheet that the page lies in the middle of. */
  box: { current: HTMLElement | null };
  layout: number;
  /** Where the page ends on the right, in pixels of the box. */
  right: number;
};

/** The right edge of a page, to be dragged to the width it should be laid out for; arrow keys do the same. */
export function WidthHandle({ box, layout, right }: WidthHandleProps) {
  const [isDragging, setDragging] = useState(false);
  const frame = useRef(0);

  const move = ({ clientX }: PointerEvent) => {
    const rect = box.current?.getBoundingClientRect();
    if (!isDragging || !rect) return;
    cancelAnimationFrame(frame.current);
    // The page lies in the middle: it grows on both sides. Once a frame, as every step lays the pages out anew.
    const width = Math.min(rect.width, 2 * Math.abs(clientX - (rect.left + rect.width / 2)));
    frame.current = requestAnimationFrame(() => setWidth(Math.max(LEAST_PX, Math.round(width))));
  };
  return (
    <>
      {isDragging ? <div className="drag-cover" /> : null}
      {/* biome-ignore lint/a11y/useSemanticElements: a rule that can be moved has no element of its own */}
      <div
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label="Width of the page"
        aria-valuemin={LEAST_PX}
        aria-valuemax={MOST_PX}
        aria-valuenow={layout}
        aria-valuetext={`${layout} pixels`}
        className={`width-handle ${isDragging ? "z-50" : ""}`}
        style={{ left: `min(${right}px, 100% - 0.75rem)` }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
        }}
        onPointerMove={move}
        onPointerUp={() => setDragging(false)}
        onPointerCancel={() => setDragging(false)}
        onKeyDown={(event) => onKey(event, layout)}
      />
      {isDragging ? (
        <output className="tnum absolute bottom-3 left-1/2 z-50 -translate-x-1/2 rounded-sm bg-ink px-2 py-1 text-xs text-table">
          {layout} px
        </output>
      ) : null}
    </>
  );
}

function onKey(event: KeyboardEvent, layout: number): void {
  const step = event.shiftKey ? LARGE_STEP_PX : STEP_PX;
  const to = {
    ArrowLeft: layout - step,
    ArrowRight: layout + step,
    Home: LEAST_PX,
    End: MOST_PX,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  setWidth(Math.min(MOST_PX, Math.max(LEAST_PX, to)));
}
