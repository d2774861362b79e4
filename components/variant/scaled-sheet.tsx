"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";

/** A desktop page is laid out this wide and scaled to its column; without it three columns would show mobile layouts. */
const LAYOUT_PX = 1280;
/** Narrower than this the page shows its own small layout. */
const PHONE_PX = 480;

export function ScaledSheet({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const isPhone = size.width < PHONE_PX && typeof innerWidth === "number" && innerWidth < 800;
  const layout = isPhone ? size.width : LAYOUT_PX;
  const scale = size.width > 0 ? size.width / layout : 1;
  return (
    <div ref={box} className="relative min-h-0 flex-1 overflow-hidden">
      <div
        className="absolute top-0 left-0 origin-top-left"
        style={{ width: layout, height: size.height / scale, transform: `scale(${scale})` }}
      >
        {children}
      </div>
    </div>
  );
}
