/**
 * A previewed page that calls focus() must not take the caret from the prompt: when the window loses focus to a frame and no
 * person pointed or tabbed there, the focus goes back (interactions.md §7). Returns its end.
 */
const INTENT_MS = 500;

export function guardFocus(): () => void {
  let intentAt = Number.NEGATIVE_INFINITY;
  let last: { element: HTMLElement; start: number | null; end: number | null } | null = null;
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
    if (!(event instanceof KeyboardEvent) || event.key === "Tab" || event.key === "F6")
      intentAt = performance.now();
    note();
  };
  const giveBack = () => {
    if (
      !(document.activeElement instanceof HTMLIFrameElement) ||
      performance.now() - intentAt < INTENT_MS ||
      !last
    )
      return;
    const { element, start, end } = last;
    element.focus();
    if (start !== null && (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement))
      element.setSelectionRange(start, end);
  };
  // A pointer that enters a frame is seen last on its border: moving over a frame counts as intent.
  const listeners: [string, EventListener][] = [
    ["keydown", intend],
    ["pointerdown", intend],
    ["pointerover", intend],
    ["focusin", note],
    ["input", note],
  ];
  for (const [name, listener] of listeners) addEventListener(name, listener, true);
  addEventListener("blur", giveBack);
  return () => {
    for (const [name, listener] of listeners) removeEventListener(name, listener, true);
    removeEventListener("blur", giveBack);
  };
}
