/** Ends an answer that says nothing for too long. One timer per answer, not one per event. */
import { ModelFailure } from "./types.ts";

export type Patience = {
  /** Longest wait for the first text, once the model reports that it thinks, and between texts. */
  firstTextMs: number;
  thinkingMs: number;
  idleMs: number;
};

export const PATIENCE: Patience = { firstTextMs: 15_000, thinkingMs: 60_000, idleMs: 20_000 };

/** How long a stream may stay open behind an answer that is said to be whole. */
const LAST_WORDS_MS = 1_000;

export type Watchdog = {
  sawText(): void;
  sawThinking(): void;
  /** Has the model said that it is done? Then only the stream's own end is still to come. */
  expectEnd(isExpected: boolean): void;
  /** The reader is busy with what it got: time does not count until it sees text again. */
  pause(): void;
  end(): void;
};

/** `bark` is called once, with what was waited for in vain. */
export function watch(patience: Patience, bark: (failure: ModelFailure) => void): Watchdog {
  let limitMs = patience.firstTextMs;
  let code: "first-token-timeout" | "idle-timeout" = "first-token-timeout";
  let seenAt = performance.now();
  let isPaused = false;
  let isEndExpected = false;
  const idleMs = () => (isEndExpected ? Math.min(patience.idleMs, LAST_WORDS_MS) : patience.idleMs);
  let timer = setTimeout(check, limitMs);

  function check(): void {
    const leftMs = isPaused ? limitMs : limitMs - (performance.now() - seenAt);
    if (leftMs > 0) timer = setTimeout(check, leftMs);
    else bark(new ModelFailure(code, `nothing came for ${Math.round(limitMs / 1_000)} s`));
  }

  function waitFor(ms: number): void {
    const isShorter = ms < limitMs;
    limitMs = ms;
    if (!isShorter) return;
    clearTimeout(timer);
    timer = setTimeout(check, limitMs);
  }

  return {
    sawText() {
      isPaused = false;
      seenAt = performance.now();
      code = "idle-timeout";
      waitFor(idleMs());
    },
    expectEnd(isExpected) {
      if (isEndExpected === isExpected) return;
      isEndExpected = isExpected;
      seenAt = performance.now();
      code = "idle-timeout";
      waitFor(idleMs());
    },
    sawThinking() {
      seenAt = performance.now();
      limitMs = Math.max(limitMs, patience.thinkingMs);
    },
    pause() {
      isPaused = true;
    },
    end: () => clearTimeout(timer),
  };
}
