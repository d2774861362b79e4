"use client";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { setSwipe, useView } from "./view-state.ts";

const STEP_PERCENT = 2;
const LARGE_STEP_PERCENT = 10;

/**
 * The edge between two sheets that lie over each other. While it is dragged only one CSS variable changes, no React renders, and
 * a transparent cover keeps the frames from swallowing the pointer.
 */
export function SwipeHandle() {
  const swipe = useView((state) => state.swipe);
  const layer = useRef<HTMLDivElement>(null);
  const [isDragging, setDragging] = useState(false);
  const percent = useRef(swipe);

  const move = ({ clientX }: PointerEvent) => {
    const box = layer.current?.getBoundingClientRect();
    if (!box || !isDragging) return;
    percent.current = Math.min(100, Math.max(0, ((clientX - box.left) / box.width) * 100));
    layer.current?.closest("main")?.style.setProperty("--swipe", `${percent.current}%`);
  };
  const start = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    percent.current = swipe;
    setDragging(true);
  };
  const end = () => {
    setDragging(false);
    setSwipe(percent.current);
  };
  return (
    <div ref={layer} className="swipe-layer">
      {isDragging ? <div className="drag-cover" /> : null}
      <div
        role="slider"
        tabIndex={0}
        aria-label="Edge between the two"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(swipe)}
        aria-valuetext={`${Math.round(swipe)} % of the left one`}
        className="swipe-handle"
        onPointerDown={start}
        onPointerMove={move}
        onPointerUp={isDragging ? end : undefined}
        onPointerCancel={isDragging ? end : undefined}
        onKeyDown={(event) => onKey(event, swipe)}
      />
    </div>
  );
}

function onKey(event: KeyboardEvent, swipe: number): void {
  const step = event.shiftKey ? LARGE_STEP_PERCENT : STEP_PERCENT;
  const to = {
    ArrowLeft: swipe - step,
    ArrowDown: swipe - step,
    ArrowRight: swipe + step,
    ArrowUp: swipe + step,
    Home: 0,
    End: 100,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  setSwipe(to);
}
