/**
 * Pointing at an element: an outline follows the pointer, arrows walk to what is around and within, a click chooses. The page notices
 * nothing: its own listeners hear none of it. Drawn by the relay, over the page.
 */
import type { FromFrame, Mark, PickStep } from "../preview/protocol.ts";
import { componentOf, rendered, selectorOf } from "./point.ts";

export type PickPlace = { path: string; line: number; start: number; end: number };

export type PickOptions = {
  /** Where an element stands in the document; null when no file wrote it, or when it is being written. */
  placeOf(element: Element): PickPlace | null;
  tell(message: Extract<FromFrame, { type: "triptych:picked" | "triptych:pick-end" }>): void;
  draw(marks: Mark[]): void;
};

export type Pick = { setOn(on: boolean): void; step(step: PickStep): void; redraw(): void };

const MAX_TEXT = 200;
/** What a page must not hear while somebody points at it. */
const KEPT = [
  "mousedown",
  "mouseup",
  "pointerdown",
  "pointerup",
  "dblclick",
  "auxclick",
  "contextmenu",
  "touchstart",
];

export function createPick({ placeOf, tell, draw }: PickOptions): Pick {
  let isOn = false;
  let pointed: Element | null = null;
  /** Elements that one came from on the way up: the way down. */
  let below: Element[] = [];
  let chosen: Element[] = [];

  function point(next: Element | null): void {
    if (next === pointed) return;
    pointed = next;
    redraw();
  }

  function redraw(): void {
    if (!isOn) return;
    const marks = chosen.filter((each) => each.isConnected).map((each) => markOf(each, "chosen"));
    if (pointed?.isConnected && !chosen.includes(pointed))
      marks.push(markOf(pointed, placeOf(pointed) ? "pointed" : "odd"));
    draw(marks);
  }

  function markOf(element: Element, kind: Mark["kind"]): Mark {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height, kind, label: labelOf(element, placeOf(element)) };
  }

  function choose(isMore: boolean): void {
    if (!pointed) return;
    const place = placeOf(pointed);
    if (!place) return;
    chosen = isMore ? [...chosen, pointed] : [pointed];
    tell({ type: "triptych:picked", element: elementOf(pointed, place), isMore, asks: false });
    redraw();
  }

  function step(way: PickStep): void {
    if (way === "choose" || way === "add") return choose(way === "add");
    const from = pointed ?? rendered(document.querySelector("main, #root > *"));
    if (!from) return;
    if (way === "parent") {
      const up = pointed ? rendered(from.parentElement) : from;
      if (!up || up === document.body) return;
      if (pointed) below.push(from);
      point(up);
    } else {
      const down = below.pop();
      const next =
        down?.isConnected && from.contains(down)
          ? down
          : [...from.children].find((each) => rendered(each) === each);
      if (next) point(next);
    }
    pointed?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function onPointer(event: Event): void {
    if (!isOn) return;
    event.stopImmediatePropagation();
    below = [];
    point(rendered(event.composedPath()[0] as Element));
  }

  function onClick(event: MouseEvent): void {
    if (!isOn) return;
    swallow(event);
    point(rendered(event.composedPath()[0] as Element));
    choose(event.shiftKey);
  }

  function onKey(event: KeyboardEvent): void {
    if (!isOn || event.isComposing) return;
    const way = STEPS[event.key];
    if (way) step(way === "choose" && event.shiftKey ? "add" : way);
    else if (event.key === "Escape") tell({ type: "triptych:pick-end" });
    else return;
    swallow(event);
  }

  for (const name of KEPT) addEventListener(name, (event) => isOn && swallow(event), true);
  for (const name of ["pointermove", "mousemove", "pointerover", "mouseover"])
    addEventListener(name, onPointer, true);
  addEventListener("click", onClick, true);
  addEventListener("keydown", onKey, true);
  addEventListener("scroll", redraw, { capture: true, passive: true });
  document.documentElement.addEventListener("pointerleave", () => isOn && point(null));
  return {
    setOn(on) {
      if (isOn === on) return;
      isOn = on;
      pointed = null;
      chosen = [];
      below = [];
      draw([]);
    },
    step: (way) => (isOn ? step(way) : undefined),
    redraw,
  };
}

const STEPS: Record<string, PickStep | undefined> = {
  ArrowUp: "parent",
  ArrowDown: "child",
  Enter: "choose",
};

export function elementOf(element: Element, { path, start, end }: PickPlace) {
  const text = (element.textContent ?? "").replace(/\s+/g, " ").trim().slice(0, MAX_TEXT);
  return { path, start, end, selector: selectorOf(element), text };
}

function labelOf(element: Element, place: PickPlace | null): string {
  const where = place ? `${place.path.split("/").at(-1)}:${place.line}` : "no place in the code yet";
  return [element.localName, componentOf(element), where].filter(Boolean).join(" · ");
}

function swallow(event: Event): void {
  event.stopImmediatePropagation();
  event.preventDefault();
}
