"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Place } from "#components/studio/places.ts";
import { useNarrow } from "#components/studio/use-narrow.ts";
import { type PreviewWidth, useView } from "#components/studio/view-state.ts";
import { WidthHandle } from "./width-handle.tsx";

/** What "fit" is in a corner: a page as narrow as a thumbnail would show its smallest layout. */
const THUMB_PX = 1280;

/**
 * The page is laid out as wide as a person chose and scaled down to its column, never up; without it three columns would show
 * mobile layouts. Where it is narrower than its column it lies in the middle.
 */
export function ScaledSheet({ place = "column", children }: { place?: Place; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(box);
  const isNarrow = useNarrow();
  const chosen = useView((state) => state.width);
  const layout = layoutOf(isNarrow ? "fit" : chosen, place, width);
  const scale = width > 0 ? Math.min(1, width / layout) : 1;
  const shown = layout * scale;
  const left = Math.max(0, (width - shown) / 2);
  const frameHeight = useSettled(height / scale);
  return (
    <div ref={box} className={`relative min-h-0 flex-1 overflow-hidden ${left > 0 ? "bg-table" : ""}`}>
      <div
        className={`absolute top-0 origin-top-left ${left > 0 ? "ring-1 ring-line" : ""}`}
        style={{ left, width: layout, height: frameHeight, transform: `scale(${scale})` }}
      >
        {children}
      </div>
      {place === "large" && !isNarrow ? (
        <WidthHandle box={box} layout={Math.round(layout)} right={left + shown} />
      ) : null}
    </div>
  );
}

function layoutOf(chosen: PreviewWidth, place: Place, width: number): number {
  if (chosen !== "fit") return chosen;
  return place === "thumb" ? THUMB_PX : width || THUMB_PX;
}

function useSize(box: { current: HTMLElement | null }): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry?.contentRect ?? { width: 0, height: 0 };
      // Not shown now: it keeps its layout, and comes back without another one.
      if (width > 0) setSize({ width, height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return size;
}

/** What is shown a moment before is cut, or ends too early; nobody sees it in that time. */
const SETTLE_MS = 60;
/** While an edge is dragged for long the pages follow now and then. */
const SETTLE_AT_LATEST_MS = 250;

/**
 * A height that follows a moment later. The browser shows nothing of the app until a frame of another process has laid out its page
 * for a new size, four frames long: so the sheet takes its place and scale first, and its page the height after that.
 */
function useSettled(height: number): number {
  const [settled, setSettled] = useState(height);
  const changedAt = useRef<number | null>(null);
  useEffect(() => {
    if (height === settled) return;
    changedAt.current ??= performance.now();
    const lateMs = changedAt.current + SETTLE_AT_LATEST_MS - performance.now();
    const timer = setTimeout(
      () => {
        changedAt.current = null;
        setSettled(height);
      },
      Math.max(0, Math.min(SETTLE_MS, lateMs)),
    );
    return () => clearTimeout(timer);
  }, [height, settled]);
  return settled === 0 ? height : settled;
}
