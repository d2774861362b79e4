/**
 * When to compile: the first change after quiet at once, later ones once per frame (in the frame's own callback while
 * compiles are short, in a task behind it when they are long, so that painting is not starved), and by a timer in hidden
 * tabs, where frames do not come (preview.md §12.3).
 */
const QUIET_MS = 50;
const SHORT_COMPILE_MS = 12;
const HIDDEN_MS = 250;

export function createSchedule(work: () => void): { request(): void } {
  const tasks: (() => void)[] = [];
  const channel = new MessageChannel();
  channel.port1.onmessage = () => tasks.shift()?.();
  const inTask = (task: () => void) => {
    tasks.push(task);
    channel.port2.postMessage(null);
  };
  let requested = false;
  let endedAt = Number.NEGATIVE_INFINITY;
  let lastMs = 0;

  function run(): void {
    if (!requested) return;
    requested = false;
    const startedAt = performance.now();
    work();
    endedAt = performance.now();
    lastMs = endedAt - startedAt;
  }

  return {
    request() {
      if (requested) return;
      requested = true;
      if (performance.now() - endedAt > QUIET_MS) return inTask(run);
      const timer = setTimeout(run, HIDDEN_MS);
      requestAnimationFrame(() => {
        clearTimeout(timer);
        if (lastMs <= SHORT_COMPILE_MS) run();
        else inTask(run);
      });
    },
  };
}
