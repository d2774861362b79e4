/** Who may load a running thumbnail now: a few at once, in the order asked, and none before the page itself is painted. */
const AT_ONCE = 2;
/** A page that does not say that it has loaded must not hold the others up. */
const LONGEST_MS = 4_000;

type Waiting = { start(): void };

const waiting: Waiting[] = [];
let loading = 0;

/** Calls `start` when it is one's turn; returns what to call when it has loaded, or when nobody needs it any more. */
export function takeTurn(start: () => void): () => void {
  let state: "waiting" | "loading" | "over" = "waiting";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    if (state === "waiting") waiting.splice(waiting.indexOf(entry), 1);
    if (state === "loading") loading--;
    state = "over";
    clearTimeout(timer);
    next();
  };
  const entry = {
    start() {
      state = "loading";
      timer = setTimeout(end, LONGEST_MS);
      start();
    },
  };
  waiting.push(entry);
  whenIdle(next);
  return () => (state === "over" ? undefined : end());
}

function next(): void {
  while (loading < AT_ONCE) {
    const entry = waiting.shift();
    if (!entry) return;
    loading++;
    entry.start();
  }
}

/** Safari has no idle callback. */
function whenIdle(run: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(run, { timeout: 2_000 });
  else setTimeout(run, 200);
}
