/** The few keys that also work with the focus in a preview; the host treats them as hints (interactions.md §8). */
import type { FromFrame } from "../preview/protocol.ts";

type Key = Extract<FromFrame, { type: "triptych:key" }>;

export function forwardKeys(send: (key: Key) => void): void {
  addEventListener("keydown", (event) => {
    const { key, metaKey: meta, ctrlKey: ctrl, altKey: alt, shiftKey: shift } = event;
    const isCommand = (meta || ctrl) && (key === "k" || key === "Enter" || key === ".");
    const isView = alt && /^Digit[123]$/.test(event.code);
    if (isCommand || isView || (key === "Escape" && !event.defaultPrevented)) {
      send({ type: "triptych:key", key: isView ? event.code.slice(-1) : key, meta, ctrl, alt, shift });
    }
  });
}
