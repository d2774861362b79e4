"use client";
import { type RefObject, useEffect, useRef, useState } from "react";
import { StaticFrame } from "#lib/preview/static-frame.tsx";
import { takeTurn } from "./thumbnail-queue.ts";

/** Pages are laid out this wide and scaled down: a small sheet shows the page, not its phone layout. */
const LAYOUT_PX = 1280;
/** All thumbnails share the place of one pane, and so one process. */
const PANE = 0;

type ThumbnailProps = {
  /** Of a variant; a template is none. */
  letter?: string;
  /** Path of the page on the preview's host. */
  page: string;
};

/** A small sheet with the page itself running in it: loaded when it comes into sight, gone again when it leaves. */
export function Thumbnail({ letter, page }: ThumbnailProps) {
  const box = useRef<HTMLSpanElement>(null);
  const { isSeen, width } = useSight(box);
  const [mayLoad, setMayLoad] = useState(false);
  const [isLoaded, setLoaded] = useState(false);
  const end = useRef<(() => void) | null>(null);
  useEffect(() => {
    if (!isSeen) return;
    end.current = takeTurn(() => setMayLoad(true));
    return () => {
      end.current?.();
      setMayLoad(false);
      setLoaded(false);
    };
  }, [isSeen]);
  const scale = width / LAYOUT_PX;
  return (
    <span
      ref={box}
      data-v={letter?.toLowerCase()}
      className="sheet-thumb"
      // Not for the pointer, the keyboard or a screen reader: what is around it has the name.
      inert
      aria-hidden="true"
    >
      {mayLoad && scale > 0 ? (
        <span
          className={`absolute top-0 left-0 block origin-top-left transition-opacity duration-180 ${isLoaded ? "" : "opacity-0"}`}
          style={{ width: LAYOUT_PX, height: `${100 / scale}%`, transform: `scale(${scale})` }}
        >
          <StaticFrame
            pane={PANE}
            letter={letter ?? ""}
            title="Thumbnail"
            page={page}
            network={null}
            onLoad={() => {
              end.current?.();
              setLoaded(true);
            }}
          />
        </span>
      ) : null}
    </span>
  );
}

function useSight(box: RefObject<HTMLElement | null>): { isSeen: boolean; width: number } {
  const [isSeen, setSeen] = useState(false);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const sight = new IntersectionObserver((entries) => setSeen(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: "120px",
    });
    const size = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    sight.observe(element);
    size.observe(element);
    return () => {
      sight.disconnect();
      size.disconnect();
    };
  }, [box]);
  return { isSeen, width };
}
