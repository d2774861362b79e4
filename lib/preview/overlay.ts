/**
 * What is drawn over a page, in the relay's own document: outlines with a label while somebody points, and the wash over what a turn
 * changed. The page's CSS and code do not come here, and its tests do not see it.
 */
import { checkDrawing, MAX_WASHED } from "./check.ts";
import type { Area, Mark } from "./protocol.ts";

const WASH_MS = 900;
const WASH_SHARE = 0.28;
/** With reduced motion: a mark at the side, which stands and goes. */
const STILL_MS = 2_000;
const STILL_PX = 2;
const LABEL_PX = 12;
const OUTLINE_PX = 2;

export type Overlay = {
  draw(data: unknown): void;
  /** How it looks: a colour of CSS, and how small the pane is shown. */
  look(colour: unknown, scale: unknown): void;
  clear(): void;
};

export function createOverlay(parent: HTMLElement): Overlay {
  const layer = boxIn(parent, {
    inset: "0",
    overflow: "hidden",
    pointerEvents: "none",
    zIndex: "1",
    contain: "strict",
  });
  const outlines = boxIn(layer, { inset: "0" });
  const washes = new Map<number, { box: HTMLElement; fading: Animation; since: number }>();
  let scale = 1;
  layer.setAttribute("aria-hidden", "true");

  function outline({ kind, label, ...area }: Mark): void {
    const width = OUTLINE_PX / scale;
    const box = boxIn(outlines, {
      outline: `${width}px ${kind === "odd" ? "dashed" : "solid"} var(--colour)`,
      outlineOffset: `${-width / 2}px`,
    });
    box.dataset.kind = kind;
    put(box, area);
    if (kind === "chosen") box.style.background = "color-mix(in oklab, var(--colour) 12%, transparent)";
    const words = boxIn(outlines, labelStyle(scale));
    words.textContent = label;
    const height = (LABEL_PX * 1.6) / scale;
    const top = area.y >= height ? area.y - height : Math.max(0, area.y);
    words.style.transform = `translate(${Math.max(0, area.x)}px, ${top}px)`;
  }

  function wash({ key, ...area }: Area & { key: number }): void {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const place = isStill ? { ...area, width: STILL_PX / scale } : area;
    const standing = washes.get(key);
    // What goes on changing keeps its colour for a while: a fresh layer for each change would cost more than the page's repaint.
    if (standing && performance.now() - standing.since < WASH_MS / 2) return put(standing.box, place);
    end(key);
    const box = boxIn(layer, { background: "var(--colour)", opacity: "0", willChange: "opacity" });
    box.dataset.kind = "wash";
    put(box, place);
    const fading = isStill
      ? box.animate({ opacity: [1, 1] }, STILL_MS)
      : box.animate({ opacity: [WASH_SHARE, 0] }, { duration: WASH_MS, easing: "ease-out" });
    fading.onfinish = () => end(key);
    washes.set(key, { box, fading, since: performance.now() });
    const [oldest] = washes.keys();
    if (washes.size > MAX_WASHED && oldest !== undefined) end(oldest);
  }

  function move({ key, ...area }: Area & { key: number }): void {
    const box = washes.get(key)?.box;
    if (box) box.style.transform = `translate(${area.x}px, ${area.y}px)`;
  }

  function end(key: number): void {
    const known = washes.get(key);
    known?.fading.cancel();
    known?.box.remove();
    washes.delete(key);
  }

  return {
    draw(data) {
      const drawing = checkDrawing(data);
      if (drawing?.type === "triptych:marks") {
        outlines.replaceChildren();
        drawing.marks.forEach(outline);
      } else drawing?.areas.forEach(drawing.isMoved ? move : wash);
    },
    look(colour, size) {
      if (typeof colour === "string" && CSS.supports("color", colour))
        layer.style.setProperty("--colour", colour);
      if (typeof size === "number" && size > 0.01 && size < 100) scale = size;
    },
    clear() {
      outlines.replaceChildren();
      for (const key of [...washes.keys()]) end(key);
    },
  };
}

function labelStyle(scale: number): Partial<CSSStyleDeclaration> {
  return {
    font: `500 ${LABEL_PX / scale}px/1.6 system-ui, sans-serif`,
    padding: `0 ${6 / scale}px`,
    background: "var(--colour)",
    color: "#fff",
    whiteSpace: "nowrap",
  };
}

function put(box: HTMLElement, { x, y, width, height }: Area): void {
  box.style.transform = `translate(${x}px, ${y}px)`;
  box.style.width = `${width}px`;
  box.style.height = `${height}px`;
}

function boxIn(parent: HTMLElement, style: Partial<CSSStyleDeclaration>): HTMLElement {
  const box = document.createElement("div");
  Object.assign(box.style, { position: "absolute", top: "0", left: "0", ...style });
  parent.append(box);
  return box;
}
