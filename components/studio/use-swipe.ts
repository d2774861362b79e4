"use client";
import { type PointerEvent, useRef } from "react";

/** So far to the side, in CSS pixels, and more to the side than up or down: that is no scrolling any more. */
const LEAST_PX = 40;

/** Handlers for an element with `touch-action: pan-y`: a finger that goes left asks for the next (1), right for the one before (-1). */
export function useSwipe(onSwipe: (by: 1 | -1) => void) {
  const from = useRef<{ x: number; y: number } | null>(null);
  return {
    onPointerDown: ({ clientX, clientY, pointerType }: PointerEvent) => {
      from.current = pointerType === "mouse" ? null : { x: clientX, y: clientY };
    },
    onPointerUp: ({ clientX, clientY }: PointerEvent) => {
      const start = from.current;
      from.current = null;
      const by = start && swipeOf(clientX - start.x, clientY - start.y);
      if (by) onSwipe(by);
    },
    onPointerCancel: () => {
      from.current = null;
    },
  };
}

function swipeOf(dx: number, dy: number): 1 | -1 | null {
  if (Math.abs(dx) < LEAST_PX || Math.abs(dx) < 2 * Math.abs(dy)) return null;
  return dx < 0 ? 1 : -1;
}
