/**
 * How much this process bears, and what it gives up first (live.md §4): frames grow from 16 to 33 to 66 ms, presence is dropped,
 * slow viewers are left out sooner, joins are refused, models are read more slowly. An acknowledged edit is never dropped. The
 * signal is how late the event loop is while it has work without a pause; levels are entered one by one, a sample each, so that one
 * long task does not close the door, and left one by one, each after it was quiet for a while. bench/rooms.ts `overload`.
 */
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { limits } from "#lib/project/limits.ts";
import { FRAME_MS } from "#lib/wire/events.ts";

export const levels = [
  "calm",
  "wider",
  "widest",
  "no-presence",
  "stale-sooner",
  "no-joins",
  "no-reading",
] as const;
export type Level = (typeof levels)[number];

/** Half of the loop's turns are so late: a level for each. */
const LATE_MS = [20, 40, 80, 150, 400, 800];
/**
 * Of the time: the loop had work, and this process had a processor for it. Below either, it is others on this machine (a browser with
 * three pages that repaint, say) that make its turns late, and longer frames or refused joins here would help nobody. Beside four
 * processes that only compute a room's own share was 0.09 to 0.2; with more viewers than it could serve, 0.45 to 0.99. A loop that is
 * busy for 0.8 of the time still keeps up: with that bound ten rooms at 76 % of a core were given longer frames and went from 27–87
 * to 108–129 ms (p95); with 0.95, to 70–80 (bench/rooms.ts `overload`).
 */
const BUSY_SHARE = 0.95;
const OWN_SHARE = 0.4;
const SAMPLE_MS = 250;
const QUIET_SAMPLES = 8;
const RESOLUTION_MS = 10;

export type Load = {
  level(): Level;
  frameMs(): number;
  tellsPresence(): boolean;
  staleBytes(): number;
  takesJoins(): boolean;
  /** Resolves when a model may be read on, or its turn is stopped: without a pull its provider waits. */
  mayRead(signal?: AbortSignal): Promise<void>;
  close(): void;
};

/** Since the one before. */
export type LoopSample = {
  /** So late were half of the loop's turns. */
  lateMs: number;
  /** Of the time: the loop had work. */
  busyShare: number;
  /** Of a core: this process had it. */
  ownShare: number;
};

export type LoadOptions = {
  /** Tests give their own. */
  sample?: () => LoopSample;
  sampleMs?: number;
  onChange?(level: Level): void;
};

export function createLoad({ sample, sampleMs = SAMPLE_MS, onChange = () => {} }: LoadOptions = {}): Load {
  const loop = sample ? { sample, stop: () => {} } : watchLoop();
  let at = 0;
  let quiet = 0;
  let isClosed = false;
  let waiting: (() => void)[] = [];

  const timer = setInterval(() => {
    const wanted = levelFor(loop.sample());
    quiet = wanted < at ? quiet + 1 : 0;
    if (wanted > at) move(at + 1);
    else if (quiet >= QUIET_SAMPLES) move(at - 1);
  }, sampleMs);
  timer.unref();

  function move(to: number): void {
    at = to;
    quiet = 0;
    if (reached("no-reading")) return onChange(levels[at] as Level);
    for (const go of waiting) go();
    waiting = [];
    onChange(levels[at] as Level);
  }

  const reached = (level: Level) => at >= levels.indexOf(level);
  return {
    level: () => levels[at] as Level,
    frameMs: () => FRAME_MS * (reached("widest") ? 4 : reached("wider") ? 2 : 1),
    tellsPresence: () => !reached("no-presence"),
    staleBytes: () => limits.staleViewerBytes / (reached("stale-sooner") ? 4 : 1),
    takesJoins: () => !reached("no-joins"),
    mayRead: (signal) =>
      new Promise((resolve) => {
        if (!reached("no-reading") || isClosed || signal?.aborted) return resolve();
        waiting.push(resolve);
        signal?.addEventListener("abort", () => resolve(), { once: true });
      }),
    close() {
      isClosed = true;
      clearInterval(timer);
      loop.stop();
      for (const go of waiting) go();
    },
  };
}

/** Lateness counts only where this process makes it. */
function levelFor({ lateMs, busyShare, ownShare }: LoopSample): number {
  if (ownShare < OWN_SHARE || busyShare < BUSY_SHARE) return 0;
  return LATE_MS.filter((each) => lateMs >= each).length;
}

function watchLoop(): { sample(): LoopSample; stop(): void } {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  let seen = performance.eventLoopUtilization();
  const ownShare = createShare();
  return {
    sample() {
      const lateMs = delays.percentile(50) / 1e6 - RESOLUTION_MS;
      const { utilization } = performance.eventLoopUtilization(seen);
      seen = performance.eventLoopUtilization();
      delays.reset();
      return { lateMs, busyShare: utilization, ownShare: ownShare() };
    },
    stop: () => void delays.disable(),
  };
}

/** Of a core that this process has used since the last call. */
function createShare(): () => number {
  let used = process.cpuUsage();
  let at = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(used);
    const passedMs = performance.now() - at;
    used = process.cpuUsage();
    at = performance.now();
    return (user + system) / 1_000 / Math.max(1, passedMs);
  };
}
