/**
 * What a person did in the page outlives an edit that makes its elements anew or the page shorter for a while: what was typed and
 * chosen, the caret, and how far the page was scrolled. Take hold before a change, let go after it.
 */
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Caret = { field: Field; start: number | null; end: number | null };

/** Fields that were changed by hand, with what finds their successor. */
const touched = new Map<Field, { key: string; ordinal: number }>();
let wantedTop = 0;
let isClamped = false;

export function watchPlace(): void {
  const note = ({ target }: Event) => {
    if (isField(target))
      touched.set(target, { key: keyOf(target), ordinal: sameKey(target).indexOf(target) });
  };
  addEventListener("input", note, true);
  addEventListener("change", note, true);
  addEventListener("scroll", () => {
    // The page became shorter: that is where it ends, not where the person went.
    if (isClamped && scrollY >= lowestTop() - 1) return;
    wantedTop = scrollY;
    isClamped = false;
  });
}

/** Returns what puts everything back after the change. */
export function holdPlace(): () => void {
  const caret = caretNow();
  return () => {
    for (const [field, successor] of touched) if (!field.isConnected) handOver(field, successor, caret);
    if (wantedTop > 0) keepScroll();
  };
}

function caretNow(): Caret | null {
  const { activeElement } = document;
  if (!document.hasFocus() || !isField(activeElement)) return null;
  const isText = !(activeElement instanceof HTMLSelectElement);
  return {
    field: activeElement,
    start: isText ? activeElement.selectionStart : null,
    end: isText ? activeElement.selectionEnd : null,
  };
}

function handOver(
  field: Field,
  { key, ordinal }: { key: string; ordinal: number },
  caret: Caret | null,
): void {
  const successor = fields().filter((each) => keyOf(each) === key)[ordinal];
  // It may come back with a later change.
  if (!successor) return;
  touched.delete(field);
  touched.set(successor, { key, ordinal });
  copyValue(field, successor);
  if (caret?.field !== field || document.activeElement !== document.body) return;
  successor.focus({ preventScroll: true });
  if (caret.start !== null && !(successor instanceof HTMLSelectElement))
    successor.setSelectionRange(caret.start, caret.end);
}

function copyValue(from: Field, to: Field): void {
  if (
    from instanceof HTMLInputElement &&
    to instanceof HTMLInputElement &&
    /^(?:checkbox|radio)$/.test(to.type)
  ) {
    if (from.checked !== to.checked) to.click();
    return;
  }
  if (from.value === to.value) return;
  // The element's own setter: React has put one of its own over it, and would not see the change.
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(to), "value")?.set?.call(to, from.value);
  to.dispatchEvent(new Event(to instanceof HTMLSelectElement ? "change" : "input", { bubbles: true }));
}

function keepScroll(): void {
  const lowest = lowestTop();
  isClamped = wantedTop > lowest;
  if (!isClamped && Math.abs(scrollY - wantedTop) > 1) scrollTo({ top: wantedTop, behavior: "instant" });
}

function lowestTop(): number {
  return document.documentElement.scrollHeight - innerHeight;
}

function fields(): Field[] {
  return [...document.querySelectorAll<Field>("input, textarea, select")];
}

function sameKey(field: Field): Field[] {
  const key = keyOf(field);
  return fields().filter((each) => keyOf(each) === key);
}

function isField(target: unknown): target is Field {
  if (target instanceof HTMLInputElement) return target.type !== "file";
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** By what a person would tell two fields apart. */
function keyOf(field: Field): string {
  const label = field.getAttribute("aria-label") ?? field.labels?.[0]?.textContent ?? "";
  const { type, name, id } = field;
  const placeholder = field instanceof HTMLSelectElement ? "" : field.placeholder;
  return [field.tagName, type, name, id, label.trim(), placeholder, type === "radio" ? field.value : ""].join(
    "|",
  );
}
