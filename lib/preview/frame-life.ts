/**
 * Watches over one frame: a ping every half second, three misses (more before its first answer) mean it hangs; then a new frame takes its place, at most
 * three times by itself. Sleep does not count: not while the page is hidden, nor when our own timer came late.
 */
import type { FromRelay } from "./protocol.ts";

const PING_MS = 500;
const MISSES = 3;
/** Until the first answer: the page's first compile is one task, of seconds where three frames start on a busy machine. */
const MISSES_AT_START = 12;
const LATE_MS = 300;
const MAX_RESTARTS = 3;
const MAX_HELLOS = 4;
const HELLO_WINDOW_MS = 10_000;
const HELLO_DEADLINE_MS = 4_000;

type Why = Extract<FromRelay, { type: "triptych:born" }>["why"];

export type FrameLife = {
  window(): Window | null;
  restart(why: Why): void;
  /** A document said hello; false when it does so too often: it reloads itself for ever. */
  helloed(): boolean;
  ponged(): void;
};

export type FrameLifeOptions = {
  create(): HTMLIFrameElement;
  ping(): void;
  tell(message: FromRelay): void;
};

export function createFrameLife({ create, ping, tell }: FrameLifeOptions): FrameLife {
  let frame: HTMLIFrameElement | null = null;
  let connected = false;
  let answered = false;
  let asked = false;
  let missed = 0;
  let restarts = 0;
  let dueAt = 0;
  let bornAt = 0;
  let hellos: number[] = [];

  function restart(why: Why): void {
    if (why === "asked") restarts = 0;
    connected = asked = answered = false;
    missed = 0;
    bornAt = performance.now();
    frame = create();
    tell({ type: "triptych:born", why });
  }

  function stop(why: "keeps hanging" | "keeps reloading"): void {
    frame?.remove();
    frame = null;
    connected = false;
    tell({ type: "triptych:stopped", why });
  }

  function recover(why: Why): void {
    if (restarts++ < MAX_RESTARTS) restart(why);
    else stop("keeps hanging");
  }

  function tick(): void {
    const now = performance.now();
    const isLate = dueAt > 0 && now - dueAt > LATE_MS;
    dueAt = now + PING_MS;
    if (!frame || document.hidden || isLate) return;
    // A frame that shows an error page never says hello.
    if (!connected) {
      if (now - bornAt > HELLO_DEADLINE_MS) recover("crashed");
      return;
    }
    if (asked && ++missed >= (answered ? MISSES : MISSES_AT_START)) return recover("hung");
    asked = true;
    ping();
  }

  setInterval(tick, PING_MS);
  return {
    window: () => frame?.contentWindow ?? null,
    restart,
    helloed() {
      const now = performance.now();
      hellos = [...hellos.filter((at) => now - at < HELLO_WINDOW_MS), now];
      if (hellos.length > MAX_HELLOS + restarts) {
        hellos = [];
        stop("keeps reloading");
        return false;
      }
      connected = true;
      asked = false;
      missed = 0;
      return true;
    },
    ponged() {
      answered = true;
      asked = false;
      missed = 0;
    },
  };
}
