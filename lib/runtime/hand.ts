/** What a person's hand does in the page besides using it: pointing, editing text in place, scrolling in step, checking. */
import type { FromFrame, FromFrameToRelay, PageMode, ToFrame } from "../preview/protocol.ts";
import { createTextEdit } from "./edit-text.ts";
import { findIssues } from "./issues.ts";
import type { Page } from "./page.ts";
import { createPick, elementOf, type PickPlace } from "./pick.ts";
import { pointedAt, tagsOfText } from "./point.ts";
import { createScrollStep } from "./scroll-step.ts";

const SHOWN_MS = 2_000;
/** A check waits for so long a quiet, a minute at most. */
const QUIET_MS = 500;
const MAX_CHECKS = 120;

export type Hand = { take(message: ToFrame): void; redraw(): void };

type Tell = (message: FromFrame) => void;
type Draw = (message: FromFrameToRelay) => void;

export function createHand(page: Page, tell: Tell, draw: Draw): Hand {
  const marks = (list: Extract<FromFrameToRelay, { type: "triptych:marks" }>["marks"]) =>
    draw({ type: "triptych:marks", marks: list });
  const pick = createPick({ placeOf: (element) => placeOf(page, element), tell, draw: marks });
  const scroll = createScrollStep(
    (place) => tell({ type: "triptych:scrolled", place }),
    () => page.isWritten(),
  );
  const text = createTextEdit({
    placesOf: (element) => tagsOfText(element).flatMap((tag) => page.tagAt(tag) ?? []),
    tell,
    ask(element) {
      const place = placeOf(page, element);
      if (!place) return;
      mark(element, "odd", "Not a plain text in the code: ask the model");
      tell({ type: "triptych:picked", element: elementOf(element, place), isMore: false, asks: true });
    },
    hold: (on) => page.setEditing(on),
  });
  let unmark: ReturnType<typeof setTimeout> | undefined;

  function mark(element: Element, kind: "odd" | "chosen", label: string): void {
    const { x, y, width, height } = element.getBoundingClientRect();
    marks([{ x, y, width, height, kind, label }]);
    clearTimeout(unmark);
    unmark = setTimeout(() => marks([]), SHOWN_MS);
  }

  function setMode({ picks, edits, scrolls }: PageMode): void {
    pick.setOn(picks);
    text.setOn(edits && !picks);
    scroll.setOn(scrolls);
  }

  let asked = 0;

  function show(selector: string): void {
    const element = find(selector);
    if (!element) return;
    element.scrollIntoView({ block: "center", behavior: "instant" });
    mark(element, "chosen", element.localName);
  }

  /** Waits for a quiet moment, also past what a person writes meanwhile. The newest question counts. */
  async function check(): Promise<void> {
    const mine = ++asked;
    for (let tries = 0; tries < MAX_CHECKS && mine === asked; tries++) {
      const isStill = page.watchStill();
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
      if (!isStill()) continue;
      const issues = await findIssues((element) => placeOf(page, element), isStill);
      if (!issues || mine !== asked) continue;
      const told = issues.map(({ at, ...issue }) => ({ ...issue, at: at && rangeOf(at) }));
      return tell({ type: "triptych:issues", issues: told });
    }
  }

  return {
    take(message) {
      if (message.type === "triptych:mode") setMode(message);
      else if (message.type === "triptych:pick-step") pick.step(message.step);
      else if (message.type === "triptych:text-refused") text.refuse(message.id);
      else if (message.type === "triptych:scroll-to") scroll.goTo(message.place);
      else if (message.type === "triptych:show") show(message.selector);
      else if (message.type === "triptych:check") check().catch(sayNoCheck);
      else if (message.type === "triptych:streaming" && message.on) text.end();
    },
    redraw: pick.redraw,
  };
}

function sayNoCheck(error: unknown): void {
  console.info(`The page was not looked through: ${error instanceof Error ? error.message : error}`);
}

function rangeOf({ path, start, end }: { path: string; start: number; end: number }) {
  return { path, start, end };
}

function placeOf(page: Page, element: Element): PickPlace | null {
  const pointed = pointedAt(element);
  const found = pointed && page.tagAt(pointed);
  if (!found) return null;
  const { start, end } = found.tag;
  return { path: found.path, start, end, line: found.source.slice(0, start).split("\n").length };
}

function find(selector: string): Element | null {
  try {
    return document.querySelector(selector);
  } catch {
    // The host was told it by this page, which may have lied.
    return null;
  }
}
