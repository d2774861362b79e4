/**
 * Notices a page that keeps its process busy with nobody touching it (preview.md §8): the host may offer to pause it. Asked once a
 * second: a page that leaves time in its frames has an idle moment until then (Chromium waits up to 300 ms before it calls a page
 * that does nothing idle), with some of the frame left.
 */
const SAMPLE_MS = 1_000;
const SAMPLES = 10;
const BUSY_SHARE = 0.8;
/** Of a frame of 16.7 ms at 60 Hz: less than a fifth is left. */
const SCARCE_MS = 3.3;
const INPUT = ["pointerdown", "pointermove", "keydown", "wheel", "touchmove"];

/**
 * Tells when the last ten seconds were busy, and when they are not any more. While `isWritten` a page is not to blame: compiling and
 * repainting it is what keeps its process busy.
 */
export function watchBusy(tell: (isBusy: boolean) => void, isWritten: () => boolean): void {
  if (typeof requestIdleCallback !== "function") return;
  let samples: boolean[] = [];
  let isBusy = false;
  const say = (next: boolean) => {
    if (next !== isBusy) tell(next);
    isBusy = next;
  };
  const startAnew = () => {
    samples = [];
    say(false);
  };
  for (const type of INPUT) addEventListener(type, startAnew, { capture: true, passive: true });
  /** What the last question was answered; null: it was not, there was no idle moment at all. */
  let wasScarce: boolean | null = false;
  setInterval(() => {
    if (document.hidden) return;
    if (isWritten()) return startAnew();
    samples = [...samples, wasScarce ?? true].slice(-SAMPLES);
    say(isBusyIn(samples));
    if (wasScarce === null) return;
    wasScarce = null;
    requestIdleCallback((deadline) => {
      wasScarce = deadline.timeRemaining() < SCARCE_MS;
    });
  }, SAMPLE_MS);
}

/** A full window, four fifths of it busy. */
export function isBusyIn(samples: readonly boolean[]): boolean {
  return samples.length >= SAMPLES && samples.filter(Boolean).length >= samples.length * BUSY_SHARE;
}
