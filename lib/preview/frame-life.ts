/**
 * Watches over one frame: a ping every half second, three misses (more while it boots) mean it hangs; two before the last a spare
 * frame begins to load, at the last it takes the place, at most three times in a turn by itself. Sleep does not count: not while
 * the page is hidden, nor when our own timer came late (preview.md §8, §12).
 */
import type { FromRelay } from "./protocol.ts";

const PING_MS = 500;
const MISSES = 3;
/** A page that has just said hello compiles and renders for the first time, perhaps on a machine that is busy with its like. */
const FIRST_MISSES = 10;
/** Answers after which it has started: the first comes before its files are compiled. */
const SETTLED_PONGS = 3;
/** Our own tick came so late: the machine is busy, and a frame may be slow to answer without hanging. */
const LATE_MS = 100;
const MAX_RESTARTS = 3;
const MAX_HELLOS = 4;
const HELLO_WINDOW_MS = 10_000;
/** Pings without a hello (15 s) before a frame that has not loaded counts as lost: restarting a slow one makes it slower. */
const HELLO_PINGS = 30;
/** Pings that a document which has loaded may take to say hello: an error page never does. */
const LEFT_PINGS = 4;
/** Answered pings (10 s) after which a spare that was not needed goes. */
const SPARE_PINGS = 20;

type Why = Extract<FromRelay, { type: "triptych:born" }>["why"];
export type Frame = Pick<HTMLIFrameElement, "contentWindow" | "remove" | "addEventListener" | "hidden">;

export type FrameLife = {
  restart(why: Why): void;
  /** A new turn, or an action of the person: what went wrong before is forgotten, and a stopped frame runs again. */
  startTurn(): void;
  /** The frame goes; a turn or a restart brings it back. */
  pause(): void;
  owns(source: MessageEventSource | null): boolean;
  /** A document of ours asks for its port: that of our frame is greeted, that of the spare waits. */
  hello(source: MessageEventSource | null, nonce: unknown): void;
  ponged(): void;
};

export type FrameLifeOptions = {
  /** A new frame in the page; a spare is hidden. Null: there is no place for a spare that could not hang with the other. */
  create(isSpare: boolean): Frame | null;
  /** From now on frames run where spares were, and the other way round. */
  swapPlaces(): void;
  greet(window: Window, nonce: unknown): void;
  /** Nobody is on the other side any more. */
  disconnect(): void;
  ping(): void;
  tell(message: FromRelay): void;
};

/** Each document of a frame says hello once and loads once, in either order. */
type Watched = { frame: Frame; loaded: number; greeted: number };
type Spare = Watched & { nonce: unknown; isReady: boolean };

export function createFrameLife(options: FrameLifeOptions): FrameLife {
  const { create, swapPlaces, greet, disconnect, ping, tell } = options;
  let current: Watched | null = null;
  let spare: Spare | null = null;
  let connected = false;
  let asked = false;
  /** Answers since it said hello. */
  let pongs = 0;
  let missed = 0;
  let answered = 0;
  /** Ticks since the frame should have said hello. */
  let waited = 0;
  let restarts = 0;
  let dueAt = 0;
  let hellos: number[] = [];

  function run(next: Watched | null): void {
    current?.frame.remove();
    disconnect();
    current = next;
    connected = asked = false;
    pongs = missed = waited = 0;
  }

  function restart(why: Why): void {
    if (why === "asked") forget();
    dropSpare();
    run(null);
    current = watch(create(false));
    tell({ type: "triptych:born", why });
  }

  function forget(): void {
    restarts = 0;
    hellos = [];
  }

  function watch(frame: Frame | null): Watched | null {
    if (!frame) return null;
    const watched = { frame, loaded: 0, greeted: 0 };
    frame.addEventListener("load", () => {
      // A document that was left while it loaded said hello and will not load.
      watched.loaded = Math.max(watched.loaded + 1, watched.greeted);
      if (watched === current) waited = 0;
    });
    return watched;
  }

  function stop(why: "keeps hanging" | "keeps reloading" | "paused"): void {
    dropSpare();
    run(null);
    tell({ type: "triptych:stopped", why });
  }

  function recover(why: Why): void {
    if (restarts++ >= MAX_RESTARTS) stop("keeps hanging");
    else if (spare) takeSpare(spare, why);
    else {
      // Nothing answers at this place: perhaps the other name of the machine is the one that works here.
      if (current?.greeted === 0) swapPlaces();
      restart(why);
    }
  }

  function takeSpare(next: Spare, why: Why): void {
    spare = null;
    run(next);
    next.frame.hidden = false;
    swapPlaces();
    tell({ type: "triptych:born", why });
    if (next.isReady) hello(next.frame.contentWindow, next.nonce);
  }

  function prepareSpare(): void {
    answered = 0;
    if (spare) return;
    const next = watch(create(true));
    if (next) spare = Object.assign(next, { nonce: null, isReady: false });
  }

  function dropSpare(): void {
    spare?.frame.remove();
    spare = null;
  }

  function owns(source: MessageEventSource | null): boolean {
    return source !== null && [current, spare].some((each) => each?.frame.contentWindow === source);
  }

  function hello(source: MessageEventSource | null, nonce: unknown): void {
    if (!owns(source)) return;
    if (source === spare?.frame.contentWindow) Object.assign(spare, { nonce, isReady: true });
    else if (source === current?.frame.contentWindow && countHello()) greet(source as Window, nonce);
  }

  /** False when it says so too often: it reloads itself for ever. */
  function countHello(): boolean {
    const now = performance.now();
    hellos = [...hellos.filter((at) => now - at < HELLO_WINDOW_MS), now];
    // Each restart has a hello of its own.
    if (hellos.length > MAX_HELLOS + restarts) {
      stop("keeps reloading");
      return false;
    }
    connected = true;
    if (current) current.greeted++;
    asked = false;
    pongs = missed = waited = 0;
    return true;
  }

  function tick(): void {
    const now = performance.now();
    const isLate = dueAt > 0 && now - dueAt > LATE_MS;
    dueAt = now + PING_MS;
    if (!current || document.hidden || isLate) return;
    waited++;
    const hasLoaded = current.loaded > current.greeted;
    if (hasLoaded) {
      if (waited >= LEFT_PINGS) recover("left");
    } else if (!connected) {
      if (waited >= HELLO_PINGS) recover("crashed");
    } else if (asked) miss();
    else askAgain();
  }

  function miss(): void {
    missed++;
    const limit = pongs >= SETTLED_PONGS ? MISSES : FIRST_MISSES;
    // Two pings before it is needed: earlier it would load beside a page that is only booting, and make it slower.
    if (missed === limit - MISSES + 1) prepareSpare();
    if (missed >= limit) recover("hung");
    else ping();
  }

  function askAgain(): void {
    if (spare && ++answered >= SPARE_PINGS) dropSpare();
    asked = true;
    ping();
  }

  setInterval(tick, PING_MS);
  return {
    restart,
    startTurn() {
      forget();
      if (!current) restart("asked");
    },
    pause: () => stop("paused"),
    owns,
    hello,
    ponged() {
      pongs++;
      asked = false;
      missed = 0;
    },
  };
}
