/**
 * When to compile: the first change after quiet at once, later ones once per frame (in the frame's own callback while
 * compiles are short, in a task behind it when they are long, so that painting is not starved), and by a timer in hidden
 * tabs, where frames do not come (preview.md §12.3). A pane that nobody looks at closely has a pace; one that nobody can see
 * waits for the end of what is written.
 */
const QUIET_MS = 50;
const SHORT_COMPILE_MS = 12;
const HIDDEN_MS = 250;

export type Schedule = {
  request(): void;
  /** At least so long between two runs; 0: one per frame. */
  setPace(minMs: number): void;
  /** While true nothing runs; what was requested runs when it ends. */
  setPaused(paused: boolean): void;
};

export function createSchedule(work: () => void): Schedule {
  const tasks: (() => void)[] = [];
  const channel = new MessageChannel();
  channel.port1.onmessage = () => tasks.shift()?.();
  const inTask = (task: () => void) => {
    tasks.push(task);
    channel.port2.postMessage(null);
  };
  let requested = false;
  let planned = false;
  let paused = false;
  let minMs = 0;
  let endedAt = Number.NEGATIVE_INFINITY;
  let lastMs = 0;

  function run(): void {
    planned = false;
    if (!requested || paused) return;
    requested = false;
    const startedAt = performance.now();
    work();
    endedAt = performance.now();
    lastMs = endedAt - startedAt;
  }

  function plan(): void {
    if (planned || paused) return;
    planned = true;
    const sinceMs = performance.now() - endedAt;
    if (sinceMs < minMs) setTimeout(run, minMs - sinceMs);
    else if (sinceMs > QUIET_MS) inTask(run);
    else inNextFrame();
  }

  function inNextFrame(): void {
    const timer = setTimeout(run, HIDDEN_MS);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      if (lastMs <= SHORT_COMPILE_MS) run();
      else inTask(run);
    });
  }

  return {
    request() {
      requested = true;
      plan();
    },
    setPace(next) {
      minMs = next;
    },
    setPaused(next) {
      if (paused === next) return;
      paused = next;
      planned = false;
      if (!paused && requested) plan();
    },
  };
}
