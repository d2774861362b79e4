/**
 * A previewed page that calls focus() must not take the caret from the prompt: when the window loses focus to a frame and no
 * person pointed or tabbed there, the focus goes back (interactions.md §7). Returns its end.
 */
const INTENT_MS = 500;
/** A key or click counts as activity for five seconds in Chromium; after that long without one here, it was in the frame. */
const ACTIVE_MS = 6_000;

/** The frame that a person went into, until the focus is elsewhere. */
let entered: Element | null = null;

/** The focus is in this frame because a person brought it there, not because its page called focus(). */
export function wasEntered(frame: Element): boolean {
  return entered === frame && document.activeElement === frame;
}

export function guardFocus(): () => void {
  let intentAt = Number.NEGATIVE_INFINITY;
  let inputAt = Number.NEGATIVE_INFINITY;
  let last: { element: HTMLElement; start: number | null; end: number | null } | null = null;
  const isMeant = () =>
    performance.now() - intentAt < INTENT_MS ||
    (navigator.userActivation?.isActive === true && performance.now() - inputAt > ACTIVE_MS);
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
    if (!(event instanceof KeyboardEvent) || event.key === "Tab" || event.key === "F6")
      intentAt = performance.now();
    note();
  };
  // What opens or closes under a resting pointer says "over", too, but nothing moves then.
  let isOverNew = false;
  const comeOver = () => {
    isOverNew = true;
  };
  const move = () => {
    if (!isOverNew) return;
    isOverNew = false;
    intentAt = performance.now();
    note();
  };
  const look = () => {
    const frame = document.activeElement;
    entered = frame instanceof HTMLIFrameElement && isMeant() ? frame : null;
    // Not at once: while the browser is still moving the focus, the keys would stay with the frame.
    if (frame instanceof HTMLIFrameElement && !entered) setTimeout(giveBack, 0, frame);
  };
  const giveBack = (frame: HTMLIFrameElement) => {
    if (document.activeElement !== frame || wasEntered(frame) || !last) return;
    const { element, start, end } = last;
    element.focus();
    if (start !== null && (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement))
      element.setSelectionRange(start, end);
  };
  // A pointer that enters a frame is seen last on its border: coming over something counts as intent.
  const listeners: [string, EventListener][] = [
    ["keydown", intend],
    ["pointerdown", intend],
    ["pointerover", comeOver],
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
