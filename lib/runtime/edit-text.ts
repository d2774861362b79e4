/**
 * A double click on a text that stands as such in its source makes it editable where it is. Each keystroke goes to the host, which
 * judges it; the page itself is not run anew before the end, so that the caret stays where it is.
 */

import type { SourceTag } from "#lib/edit/tags.ts";
import { literalOf, shownText } from "#lib/edit/text-literal.ts";
import type { FromFrame } from "../preview/protocol.ts";

export type EditPlace = { path: string; tag: SourceTag; source: string };
type Message = Extract<FromFrame, { type: "triptych:text" | "triptych:text-end" }>;

export type TextEditOptions = {
  /** The tags that hold the text of an element and nothing else, with the document they stand in. */
  placesOf(element: Element): EditPlace[];
  tell(message: Message): void;
  /** It cannot be edited in place. */
  ask(element: Element): void;
  /** While true the page is not run anew. */
  hold(on: boolean): void;
};

export type TextEdit = { setOn(on: boolean): void; refuse(id: string): void; end(): void };

type Session = {
  id: string;
  element: HTMLElement;
  path: string;
  start: number;
  end: number;
  first: string;
  told: string;
};

/** What a page must not hear of the typing. */
const TYPED = [
  "keydown",
  "keypress",
  "keyup",
  "beforeinput",
  "input",
  "paste",
  "pointerdown",
  "mousedown",
  "click",
  "dblclick",
];

export function createTextEdit({ placesOf, tell, ask, hold }: TextEditOptions): TextEdit {
  let isOn = false;
  let session: Session | null = null;
  let count = 0;

  function begin(element: HTMLElement): boolean {
    const found = editableText(element, placesOf(element));
    if (!found) return false;
    const { path, start, end, text } = found;
    session = {
      id: `${Date.now().toString(36)}-${++count}`,
      element,
      path,
      start,
      end,
      first: text,
      told: text,
    };
    hold(true);
    element.contentEditable = supportsPlainText() ? "plaintext-only" : "true";
    element.focus({ preventScroll: true });
    getSelection()?.selectAllChildren(element);
    return true;
  }

  function send(text: string): void {
    if (!session || text === session.told) return;
    const { id, path, start, end, told } = session;
    tell({ type: "triptych:text", id, path, start, end, was: told, text });
    session.told = text;
  }

  /** What the document says stands in the page afterwards: React does not know of the typing. */
  function finish(text: string): void {
    if (!session) return;
    const { id, element } = session;
    session = null;
    element.removeAttribute("contenteditable");
    if (element.textContent !== text) element.textContent = text;
    element.blur();
    tell({ type: "triptych:text-end", id });
    hold(false);
  }

  function onKey(event: KeyboardEvent): void {
    if (!session || event.isComposing) return;
    if (event.key === "Enter") finish(textIn(session.element));
    else if (event.key === "Escape") {
      send(session.first);
      finish(session.first);
    } else return;
    event.preventDefault();
  }

  function onEvent(event: Event): void {
    if (!session || !event.composedPath().includes(session.element)) return;
    event.stopImmediatePropagation();
    if (event instanceof KeyboardEvent && event.type === "keydown") onKey(event);
    // A button is pressed by the space bar, a link followed by a click.
    if (event.type === "click" || (event.type === "keyup" && (event as KeyboardEvent).key === " "))
      event.preventDefault();
    if (event.type === "input" && session) send(textIn(session.element));
  }

  for (const name of TYPED) addEventListener(name, onEvent, true);
  addEventListener(
    "dblclick",
    (event) => {
      const [target] = event.composedPath();
      if (!isOn || session || !(target instanceof HTMLElement) || isField(target)) return;
      if (begin(target)) event.preventDefault();
      else if (hasText(target)) ask(target);
    },
    true,
  );
  addEventListener("focusout", ({ target }) => {
    if (session && target === session.element) finish(textIn(session.element));
  });
  return {
    setOn(on) {
      isOn = on;
      if (!on && session) finish(session.told);
    },
    refuse(id) {
      if (session?.id === id) finish(session.first);
    },
    end: () => (session ? finish(session.told) : undefined),
  };
}

function textIn(element: HTMLElement): string {
  return (element.textContent ?? "").replace(/\s+/g, " ");
}

/** The range of the first literal that says exactly what the page shows. */
function editableText(element: HTMLElement, places: EditPlace[]) {
  if (![...element.childNodes].every((node) => node instanceof Text)) return null;
  for (const { path, tag, source } of places) {
    const literal = literalOf(source, tag);
    const text = literal && shownText(literal.kind, source.slice(literal.start, literal.end));
    if (literal && text?.trim() === textIn(element).trim())
      return { path, start: literal.start, end: literal.end, text: text ?? "" };
  }
  return null;
}

function hasText(element: HTMLElement): boolean {
  return [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== "");
}

function isField(element: HTMLElement): boolean {
  return element.closest("input, textarea, select, [contenteditable]") !== null;
}

function supportsPlainText(): boolean {
  const probe = document.createElement("p");
  try {
    probe.contentEditable = "plaintext-only";
    return probe.contentEditable === "plaintext-only";
  } catch {
    // Browsers that do not know it throw; a paste is then reduced to its text by `textContent`.
    return false;
  }
}
