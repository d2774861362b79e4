/**
 * Scrolling in step with other pages: where this one is, as a place that other layouts have too, and going to such a place. The line
 * of sight is at the top of the window when the page is at its top, and at the bottom when it is at its end (interactions.md §6).
 */
import type { ScrollPlace } from "../preview/protocol.ts";

export type ScrollStep = { setOn(on: boolean): void; goTo(place: ScrollPlace): void };

type Section = { id: string; heading: string; top: number; height: number };

/** So long after a key in a field of the page it does not move by itself. */
const TYPING_MS = 1_000;

/** While a page is written it moves by itself: then only what a hand has just scrolled counts. */
const HAND_MS = 500;

export function createScrollStep(tell: (place: ScrollPlace) => void, isWritten: () => boolean): ScrollStep {
  let isOn = false;
  let isTold = true;
  /** Where another page brought us: an event from there is its echo. */
  let broughtTo = Number.NaN;
  let wanted: ScrollPlace | null = null;
  let typedAt = Number.NEGATIVE_INFINITY;
  let scrolledAt = Number.NEGATIVE_INFINITY;

  function onScroll(): void {
    if (!isOn || Math.abs(scrollY - broughtTo) <= 1) return;
    broughtTo = Number.NaN;
    if (!isTold || (isWritten() && performance.now() - scrolledAt > HAND_MS)) return;
    isTold = false;
    inNextFrame(() => {
      isTold = true;
      if (!isTyping()) tell(placeAt(lineOfSight(), sectionsNow(), document.documentElement.scrollHeight));
    });
  }

  function follow(): void {
    const place = wanted;
    wanted = null;
    if (!place || !isOn || isTyping()) return;
    const line = lineAt(place, sectionsNow(), document.documentElement.scrollHeight);
    const furthest = furthestTop();
    const top = furthest <= 0 ? 0 : Math.min(furthest, Math.max(0, line / (1 + innerHeight / furthest)));
    if (Math.abs(top - scrollY) <= 1) return;
    scrollTo({ top, behavior: "instant" });
    broughtTo = scrollY;
  }

  const isTyping = () => performance.now() - typedAt < TYPING_MS;
  addEventListener(
    "input",
    () => {
      typedAt = performance.now();
    },
    true,
  );
  for (const name of ["wheel", "touchmove", "keydown"])
    addEventListener(
      name,
      () => {
        scrolledAt = performance.now();
      },
      { capture: true, passive: true },
    );
  addEventListener("scroll", onScroll, { passive: true });
  return {
    setOn(on) {
      isOn = on;
    },
    goTo(place) {
      // One move a frame, to the newest place.
      if (!wanted) inNextFrame(follow);
      wanted = place;
    },
  };
}

/** Where a line of a page lies: in which section, and how far into it. */
export function placeAt(line: number, sections: readonly Section[], pageHeight: number): ScrollPlace {
  const begun = sections.filter(({ top }) => top <= line);
  // Of those around it the innermost; between two, the end of the one before.
  const section = begun.findLast(({ top, height }) => line < top + height) ?? begun.at(-1) ?? null;
  const share = section ? clamp((line - section.top) / Math.max(1, section.height)) : 0;
  const { id = "", heading = "" } = section ?? {};
  return { id, heading, share, page: clamp(line / Math.max(1, pageHeight)) };
}

/** The line that a place has in this page: of the section with its id, else its heading; else by share of the page. */
export function lineAt(place: ScrollPlace, sections: readonly Section[], pageHeight: number): number {
  const section =
    sections.find(({ id }) => id !== "" && id === place.id) ??
    sections.find(({ heading }) => heading !== "" && heading === place.heading);
  return section ? section.top + place.share * section.height : place.page * pageHeight;
}

function sectionsNow(): Section[] {
  const elements = [
    ...document.querySelectorAll<HTMLElement>("section, header, footer, article, main > *, [id]"),
  ];
  const outer = elements.filter((each) => each.id !== "root" && each.offsetHeight > 0);
  return outer
    .map((each) => {
      const { top, height } = each.getBoundingClientRect();
      const heading = each.querySelector("h1, h2, h3")?.textContent ?? "";
      return {
        id: each.id,
        heading: heading.replace(/\s+/g, " ").trim().slice(0, 200),
        top: top + scrollY,
        height,
      };
    })
    .filter(({ id, heading }) => id !== "" || heading !== "")
    .sort((one, other) => one.top - other.top || other.height - one.height);
}

function lineOfSight(): number {
  const furthest = furthestTop();
  return scrollY + (furthest > 0 ? (innerHeight * scrollY) / furthest : 0);
}

function furthestTop(): number {
  return document.documentElement.scrollHeight - innerHeight;
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** Frames do not come in hidden panes. */
function inNextFrame(work: () => void): void {
  requestAnimationFrame(work);
}
