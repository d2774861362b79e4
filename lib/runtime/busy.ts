/**
 * Notices a page that keeps its process busy with nobody touching it (preview.md §8): the host may offer to pause it. Asked four
 * times a second: a page that leaves time in its frames gets an idle moment soon, with some of the frame left.
 */
const SAMPLE_MS = 250;
const SAMPLES = 40;
const BUSY_SHARE = 0.8;
/** Of a frame of 16.7 ms at 60 Hz: less than a fifth is left. */
const SCARCE_MS = 3.3;
/** So late comes an idle moment only when there was none before. */
const LATE_MS = 100;
const INPUT = ["pointerdown", "pointermove", "keydown", "wheel", "touchmove"];

/** Tells when the last ten seconds were busy, and when they are not any more. */
export function watchBusy(tell: (isBusy: boolean) => void): void {
  if (typeof requestIdleCallback !== "function") return;
  let samples: boolean[] = [];
  let isBusy = false;
  const say = (next: boolean) => {
    if (next !== isBusy) tell(next);
    isBusy = next;
  };
  for (const type of INPUT)
    addEventListener(
      type,
      () => {
        samples = [];
        say(false);
      },
      { capture: true, passive: true },
    );
  setInterval(() => {
    if (document.hidden) return;
    const askedAt = performance.now();
    requestIdleCallback((deadline) => {
      const isScarce = performance.now() - askedAt > LATE_MS || deadline.timeRemaining() < SCARCE_MS;
      samples = [...samples, isScarce].slice(-SAMPLES);
      say(isBusyIn(samples));
    });
  }, SAMPLE_MS);
}

/** A full window, four fifths of it busy. */
export function isBusyIn(samples: readonly boolean[]): boolean {
  return samples.length >= SAMPLES && samples.filter(Boolean).length >= samples.length * BUSY_SHARE;
}
