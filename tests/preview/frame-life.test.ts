/** The watchdog by itself: frames that are told what to do, and a clock that is turned by hand. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createFrameLife, type Frame, type FrameLife } from "../../lib/preview/frame-life.ts";
import type { FromRelay } from "../../lib/preview/protocol.ts";

const PING_MS = 500;
/** Pings until a page that has never answered counts as hanging. */
const FIRST_HANG = 11;
/** Pings after which a page that answers them has started. */
const SETTLED = 3;

class TestFrame {
  hidden = false;
  isThere = true;
  readonly contentWindow = {} as Window;
  private onLoad = () => {};
  addEventListener(_type: string, listener: () => void) {
    this.onLoad = listener;
  }
  remove() {
    this.isThere = false;
  }
  load() {
    this.onLoad();
  }
}

let frames: TestFrame[] = [];
let told: FromRelay[] = [];
let greeted: { window: Window; nonce: unknown }[] = [];
let pings = 0;
let swaps = 0;
let hasSpares = true;
let answers = true;
let life: FrameLife;
const page = { hidden: false };

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", page);
  frames = [];
  told = [];
  greeted = [];
  pings = swaps = 0;
  hasSpares = answers = true;
  page.hidden = false;
  life = createFrameLife({
    create(isSpare) {
      if (isSpare && !hasSpares) return null;
      const frame = new TestFrame();
      frame.hidden = isSpare;
      frames.push(frame);
      return frame as unknown as Frame;
    },
    swapPlaces: () => swaps++,
    greet: (window, nonce) => greeted.push({ window, nonce }),
    disconnect: () => {},
    ping() {
      pings++;
      if (answers) life.ponged();
    },
    tell: (message) => told.push(message),
  });
  life.restart("first");
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** One ping after another, as many as there are in this time. */
const pass = (pingCount: number) => vi.advanceTimersByTime(pingCount * PING_MS);
const newest = () => frames.at(-1) as TestFrame;
const start = (frame = newest()) => {
  life.hello(frame.contentWindow, "nonce");
  frame.load();
};
const visible = () => frames.filter((frame) => frame.isThere && !frame.hidden);
const lastTold = () => told.at(-1);

test("a frame that answers is left alone", () => {
  start();
  pass(200);
  expect(pings).toBe(200);
  expect(frames).toHaveLength(1);
  expect(told).toEqual([{ type: "triptych:born", why: "first" }]);
});

test("at the first miss a hidden spare loads, at the third it takes the place and gets its port only then", () => {
  start();
  pass(SETTLED);
  answers = false;
  pass(2);
  expect(frames).toHaveLength(2);
  expect(newest().hidden).toBe(true);
  life.hello(newest().contentWindow, "of the spare");
  expect(greeted).toHaveLength(1);
  pass(1);
  expect(visible()).toEqual([frames[0]]);
  pass(1);
  expect(lastTold()).toEqual({ type: "triptych:born", why: "hung" });
  expect(visible()).toEqual([frames[1]]);
  expect(greeted.at(-1)).toEqual({ window: frames[1]?.contentWindow, nonce: "of the spare" });
  expect(swaps).toBe(1);
  answers = true;
  pass(50);
  expect(frames).toHaveLength(2);
});

test("a spare that said nothing yet goes on loading in its place; without a place for one the frame is made anew", () => {
  start();
  pass(SETTLED);
  answers = false;
  pass(4);
  expect(visible()).toEqual([frames[1]]);
  expect(greeted).toHaveLength(1);
  hasSpares = false;
  start();
  expect(greeted).toHaveLength(2);
  pass(FIRST_HANG);
  expect(frames).toHaveLength(3);
  expect(visible()).toEqual([frames[2]]);
  expect(swaps).toBe(1);
});

test("a page that boots slowly has more time than one that has answered before", () => {
  start();
  answers = false;
  pass(FIRST_HANG - 3);
  // No spare competes with it while it boots.
  expect(frames).toHaveLength(1);
  pass(2);
  expect(frames).toHaveLength(2);
  expect(told).toHaveLength(1);
  answers = true;
  life.ponged();
  pass(30);
  expect(visible()).toEqual([frames[0]]);
  expect(told).toHaveLength(1);
});

test("the first answer comes before a page has started: it still has the time of one that boots", () => {
  start();
  pass(1);
  answers = false;
  pass(FIRST_HANG - 3);
  expect(frames).toHaveLength(1);
  expect(told).toHaveLength(1);
});

test("a paused frame goes, and a turn or the person brings it back", () => {
  start();
  life.pause();
  expect(lastTold()).toEqual({ type: "triptych:stopped", why: "paused" });
  expect(visible()).toEqual([]);
  pass(50);
  expect(visible()).toEqual([]);
  life.startTurn();
  expect(visible()).toHaveLength(1);
  life.pause();
  life.restart("asked");
  expect(visible()).toHaveLength(1);
});

test("where nothing says hello, the next frame runs at the other place", () => {
  pass(30);
  expect(lastTold()).toEqual({ type: "triptych:born", why: "crashed" });
  expect(swaps).toBe(1);
});

test("a page that was busy for a moment keeps its frame, and the spare goes after a while", () => {
  start();
  pass(SETTLED);
  answers = false;
  pass(3);
  answers = true;
  life.ponged();
  pass(10);
  expect(newest().isThere).toBe(true);
  pass(20);
  expect(newest().isThere).toBe(false);
  expect(visible()).toEqual([frames[0]]);
  expect(told).toHaveLength(1);
});

test("sleep is no hang: not while the page is hidden, nor when our own timer comes late", () => {
  start();
  pass(SETTLED);
  answers = false;
  pass(2);
  page.hidden = true;
  pass(20);
  page.hidden = false;
  expect(told).toHaveLength(1);
  const clock = performance.now.bind(performance);
  let asleepMs = 0;
  vi.spyOn(performance, "now").mockImplementation(() => clock() + asleepMs);
  for (let nap = 0; nap < 10; nap++) {
    asleepMs += 60_000;
    pass(1);
  }
  expect(told).toHaveLength(1);
  pass(4);
  expect(lastTold()).toEqual({ type: "triptych:born", why: "hung" });
});

test("after three restarts it is stopped; a new turn or the person starts anew", () => {
  hasSpares = false;
  start();
  answers = false;
  for (let restart = 0; restart < 3; restart++) {
    pass(FIRST_HANG);
    expect(lastTold()).toEqual({ type: "triptych:born", why: "hung" });
    start();
  }
  pass(FIRST_HANG);
  expect(lastTold()).toEqual({ type: "triptych:stopped", why: "keeps hanging" });
  expect(visible()).toEqual([]);
  life.startTurn();
  expect(visible()).toHaveLength(1);
  start();
  pass(FIRST_HANG);
  expect(lastTold()).toEqual({ type: "triptych:born", why: "hung" });
  life.restart("asked");
  for (let restart = 0; restart < 3; restart++) {
    start();
    pass(FIRST_HANG);
    expect(lastTold()).toEqual({ type: "triptych:born", why: "hung" });
  }
});

test("a new turn leaves a running frame alone and gives it new restarts", () => {
  hasSpares = false;
  for (let turn = 0; turn < 4; turn++) {
    start();
    answers = false;
    for (let restart = 0; restart < 3; restart++) {
      pass(FIRST_HANG);
      start();
    }
    answers = true;
    const count = frames.length;
    pass(30);
    life.startTurn();
    expect(frames).toHaveLength(count);
  }
  expect(told.some(({ type }) => type === "triptych:stopped")).toBe(false);
});

test("a document that loads and says nothing has left its page; a reload has not", () => {
  start();
  pass(4);
  start();
  newest().load();
  life.hello(newest().contentWindow, "late");
  pass(30);
  expect(told).toHaveLength(1);
  newest().load();
  pass(4);
  expect(lastTold()).toEqual({ type: "triptych:born", why: "left" });
  expect(visible()).toHaveLength(1);
});

test("a frame that never says hello is made anew, but not for the time the machine slept", () => {
  page.hidden = true;
  pass(1_000);
  page.hidden = false;
  pass(29);
  expect(told).toHaveLength(1);
  pass(1);
  expect(lastTold()).toEqual({ type: "triptych:born", why: "crashed" });
});

test("more than four hellos in ten seconds: it keeps reloading and is stopped, until the person starts it", () => {
  for (let reload = 0; reload < 4; reload++) start();
  expect(told).toHaveLength(1);
  start();
  expect(lastTold()).toEqual({ type: "triptych:stopped", why: "keeps reloading" });
  life.restart("asked");
  start();
  expect(greeted).toHaveLength(5);
  pass(30);
  start();
  expect(visible()).toHaveLength(1);
});

test("nobody else is heard: other windows, frames that are gone", () => {
  start();
  pass(SETTLED);
  const other = {} as Window;
  for (const source of [null, other]) {
    expect(life.owns(source)).toBe(false);
    life.hello(source, "forged");
  }
  answers = false;
  hasSpares = false;
  pass(4);
  life.hello(frames[0]?.contentWindow as Window, "of a frame that is gone");
  expect(greeted).toHaveLength(1);
});
