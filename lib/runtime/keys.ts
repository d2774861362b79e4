/**
 * The few keys that also work with the focus in a preview; the host treats them as hints (interactions.md §8). Heard before the
 * page, so that none is lost to a page that stops them; Esc belongs to the page first.
 */
import type { FromFrame } from "../preview/protocol.ts";

type Key = Extract<FromFrame, { type: "triptych:key" }>;
type Pressed = Pick<KeyboardEvent, "key" | "code" | "metaKey" | "ctrlKey" | "altKey" | "shiftKey">;

export function forwardKeys(send: (key: Key) => void): void {
  addEventListener(
    "keydown",
    (event) => {
      // What a script of the page sends is no key that a person pressed.
      if (!event.isTrusted || event.isComposing) return;
      const hint = hintOf(event);
      if (!hint) return;
      if (hint.key !== "Escape") {
        event.preventDefault();
        send(hint);
        return;
      }
      // After the page's own listeners, which may keep it.
      setTimeout(() => (event.defaultPrevented ? undefined : send(hint)));
    },
    true,
  );
}

/** Null for keys that stay in the page. ⌥ with a digit types another character on some keyboards: there the place of the key counts. */
export function hintOf({ key, code, metaKey, ctrlKey, altKey, shiftKey }: Pressed): Key | null {
  const isCommand = (metaKey || ctrlKey) && !altKey && (key === "k" || key === "Enter" || key === ".");
  const isView = altKey && !metaKey && !ctrlKey && /^Digit[123]$/.test(code);
  if (!isCommand && !isView && key !== "Escape") return null;
  const named = isView ? code.slice(-1) : key;
  return { type: "triptych:key", key: named, meta: metaKey, ctrl: ctrlKey, alt: altKey, shift: shiftKey };
}
