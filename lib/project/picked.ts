/** An element that a person pointed at, as it goes along with a prompt. */
import type { VariantId } from "./ids.ts";

export type PickedElement = {
  variantId: VariantId;
  path: string;
  /** Its source in the file, in characters. */
  start: number;
  end: number;
  selector: string;
  /** What it says. */
  text: string;
};

export const pickedLimits = { elements: 8, textChars: 300, selectorChars: 300 } as const;

/** Cut to what may be sent. */
export function cutPicked(picked: readonly PickedElement[]): PickedElement[] {
  return picked.slice(-pickedLimits.elements).map(({ variantId, path, start, end, selector, text }) => ({
    ...{ variantId, path, start, end },
    selector: selector.slice(0, pickedLimits.selectorChars),
    text: text.slice(0, pickedLimits.textChars),
  }));
}
