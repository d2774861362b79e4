/** When an answer has gone on for long enough: its length, its time, its edits, and going in circles (models.md §7). */
import { limits } from "#lib/project/limits.ts";

export type AnswerCaps = {
  sawText(text: string): void;
  /** The cap that was reached, for a sentence; null while all is well. */
  reached(state: { edits: number; ms: number }): string | null;
};

/** How far back a repetition is searched: a model that goes in circles repeats what it has just said. */
const LOOK_BACK_CHARS = 64 * 1024;

export function createAnswerCaps(): AnswerCaps {
  const repeats = createRepeatWatch();
  let chars = 0;
  return {
    sawText(text) {
      chars += text.length;
      repeats.push(text);
    },
    reached({ edits, ms }) {
      if (chars > limits.turnOutputChars)
        return `it is longer than ${limits.turnOutputChars / 1024 / 1024} MB`;
      if (ms > limits.turnMs) return `it took longer than ${limits.turnMs / 1_000} s`;
      if (edits >= limits.turnEdits) return `it has ${limits.turnEdits} edits`;
      return repeats.isInCircles() ? "it says the same again and again" : null;
    },
  };
}

/** Looks once per `turnRepeatChars`, in a tail of fixed length: linear in the text, ≤ 0.1 ms a look. */
function createRepeatWatch(): { push(text: string): void; isInCircles(): boolean } {
  const unit = limits.turnRepeatChars;
  let tail = "";
  let unseen = 0;
  let isInCircles = false;
  return {
    push(text) {
      tail += text;
      unseen += text.length;
      if (unseen < unit) return;
      unseen = 0;
      isInCircles ||= occursThrice(tail, tail.slice(-unit));
      if (tail.length > LOOK_BACK_CHARS) tail = tail.slice(-LOOK_BACK_CHARS);
    },
    isInCircles: () => isInCircles,
  };
}

/** Its own place at the end, and two before it that do not overlap. */
function occursThrice(text: string, part: string): boolean {
  const second = text.lastIndexOf(part, text.length - 2 * part.length);
  return second >= part.length && text.lastIndexOf(part, second - part.length) >= 0;
}
