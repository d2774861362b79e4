/** What runs in the page that is measured. Each function goes there as text: it may use nothing but itself. */

export type Measured = {
  /** Tasks of the main thread over 50 ms: how long, and whose. */
  tasks: { ms: number; of: string }[];
  /** The longest delay of each interaction that the browser counted, by its id. */
  interactions: Record<number, { ms: number; name: string }>;
  frames: number[];
  /** When the last key or press came, by the page's clock. */
  pressedAt: number;
  painted(holds: string): Promise<number>;
};
declare global {
  var measured: Measured;
}

/** Event Timing counts a whole interaction as INP does: from the hardware's time to the frame that follows. Under 16 ms it says nothing. */
export function measureHere(): void {
  const measured: Measured = {
    tasks: [],
    interactions: {},
    frames: [],
    pressedAt: 0,
    painted: (holds) =>
      new Promise((resolve, reject) => {
        const begunAt = performance.now();
        const look = () => {
          if (performance.now() - begunAt > 15_000) return reject(new Error(`never shown: ${holds}`));
          if (!document.querySelector(holds)) return requestAnimationFrame(look);
          // We are in the frame that shows it; the task after a frame comes when that was handed to the compositor.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - measured.pressedAt);
          port2.postMessage(null);
        };
        requestAnimationFrame(look);
      }),
  };
  globalThis.measured = measured;
  for (const name of ["keydown", "pointerdown"])
    addEventListener(
      name,
      (event) => {
        measured.pressedAt = event.timeStamp;
      },
      true,
    );
  new PerformanceObserver((list) => {
    for (const { duration, name } of list.getEntries()) measured.tasks.push({ ms: duration, of: name });
  }).observe({ type: "longtask", buffered: false });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[]) {
      const id = entry.interactionId ?? 0;
      if (id === 0 || entry.duration <= (measured.interactions[id]?.ms ?? 0)) continue;
      const on = (entry as PerformanceEntry & { target?: Element | null }).target;
      const name = `${entry.name} on ${on?.getAttribute("aria-label") ?? on?.textContent?.slice(0, 20) ?? "?"}`;
      measured.interactions[id] = { ms: entry.duration, name };
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: false } as PerformanceObserverInit);
  const count = (at: number) => {
    measured.frames.push(at);
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
}
