/**
 * A previewed page that calls focus() must not take the caret from the prompt: when the window loses focus to a frame and no
 * person pointed or tabbed there, the focus goes back (interactions.md §7). Returns its end.
 */
const INTENT_MS = 500;
/** A key or click counts as activity for five seconds in Chromium; after that long without one here, it was in the frame. */
const ACTIVE_MS = 6_000;

/** Who typed here a moment ago did not click elsewhere. */
const TYPING_MS = 250;
/** How long the page's word of a press may take to come here, and how long it stands. */
const WORD_MS = 60;
const PRESS_MS = 300;

let pressed: { frame: Element; at: number } | null = null;

/**
 * The page says that a pointer was pressed in it. Browsers do not tell the app of a pointer that goes into a frame of another
 * process, so without this word a click would lose its focus. A page can invent it: then it has the focus, may put its own texts
 * into its source and open what keys in a page open (interactions.md §8), and nothing else.
 */
export function notePress(frame: Element): void {
  pressed = { frame, at: performance.now() };
  if (doubted === frame && document.activeElement === frame) entered = frame;
}

function wasPressed(frame: Element): boolean {
  return (
    pressed?.frame === frame &&
    performance.now() - pressed.at < PRESS_MS &&
    navigator.userActivation?.isActive !== false
  );
}

/** Has the focus, and waits for a word that a person brought it there. */
let doubted: Element | null = null;
/** The frame that a person went into, until the focus is elsewhere. */
let entered: Element | null = null;

/** The focus is in this frame because a person brought it there, not because its page called focus(). */
export function wasEntered(frame: Element): boolean {
  return entered === frame && document.activeElement === frame;
}

export function guardFocus(): () => void {
  let intentAt = Number.NEGATIVE_INFINITY;
  let inputAt = Number.NEGATIVE_INFINITY;
  /** When the pointer was last moved onto a frame: there it is not seen any more. */
  let crossedAt = Number.NEGATIVE_INFINITY;
  let last: { element: HTMLElement; start: number | null; end: number | null } | null = null;
  /** Going there by key or pointer just now; or a key or click that the app did not see, so it was in a frame. */
  const isMeant = () => {
    const now = performance.now();
    if (now - Math.max(intentAt, crossedAt) < INTENT_MS) return true;
    if (navigator.userActivation?.isActive !== true) return false;
    return now - inputAt > ACTIVE_MS || crossedAt > inputAt;
  };
  const note = () => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element instanceof HTMLIFrameElement) return;
    const isText = element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement;
    last = {
      element,
      start: isText ? element.selectionStart : null,
      end: isText ? element.selectionEnd : null,
    };
  };
  const intend = (event: Event) => {
    inputAt = performance.now();
    // A click in the app is no way into a frame; Tab and F6 are.
    if (event instanceof KeyboardEvent && (event.key === "Tab" || event.key === "F6"))
      intentAt = performance.now();
    note();
  };
  let pointer = { x: Number.NaN, y: Number.NaN };
  const move = (event: Event) => {
    if (!(event instanceof PointerEvent)) return;
    // What opens or closes under a resting pointer says "over", too: only one that moved went anywhere.
    const isMoved = event.screenX !== pointer.x || event.screenY !== pointer.y;
    pointer = { x: event.screenX, y: event.screenY };
    if (isMoved && event.target instanceof HTMLIFrameElement) crossedAt = performance.now();
  };
  const look = () => {
    const frame = document.activeElement;
    entered = frame instanceof HTMLIFrameElement && (isMeant() || wasPressed(frame)) ? frame : null;
    if (!(frame instanceof HTMLIFrameElement) || entered) return;
    doubted = frame;
    // Not at once: while the browser is still moving the focus, the keys would stay with the frame.
    setTimeout(giveBack, performance.now() - inputAt < TYPING_MS ? 0 : WORD_MS, frame);
  };
  const giveBack = (frame: HTMLIFrameElement) => {
    doubted = null;
    if (document.activeElement !== frame || wasEntered(frame) || !last) return;
    const { element, start, end } = last;
    element.focus();
    if (start !== null && (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement))
      element.setSelectionRange(start, end);
  };
  const listeners: [string, EventListener][] = [
    ["keydown", intend],
    ["pointerdown", intend],
    ["pointerover", move],
    ["pointermove", move],
    ["focusin", note],
    ["input", note],
  ];
  for (const [name, listener] of listeners) addEventListener(name, listener, true);
  const leave = () => {
    entered = null;
  };
  addEventListener("blur", look);
  addEventListener("focus", leave);
  return () => {
    for (const [name, listener] of listeners) removeEventListener(name, listener, true);
    removeEventListener("blur", look);
    removeEventListener("focus", leave);
  };
}
