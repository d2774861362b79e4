import { expect, test } from "vitest";
import { createAnswering } from "../../lib/turn/answering.ts";
import { createLaneQueue, type Place } from "../../lib/turn/lane-queue.ts";
import { scriptedDriver } from "../fixtures/scripted-driver.ts";

/** A queue whose entries are told by name, in the order in which they got a place. */
function lane(atOnce: number) {
  const queue = createLaneQueue({ atOnce, now: () => performance.now() });
  const order: string[] = [];
  const places = new Map<string, Place>();
  const waits = new Map<string, { ahead: number; pausedUntil: number | null }>();
  async function enter(name: string, person = name, abort = new AbortController()) {
    const place = await queue.enter({
      person,
      signal: abort.signal,
      onWait: (wait) => waits.set(name, wait),
    });
    if (place) {
      order.push(name);
      places.set(name, place);
    }
    return place;
  }
  return { queue, order, places, waits, enter };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("so many at once; each person's are first in first out, and people take turns", async () => {
  const { order, places, waits, enter } = lane(2);
  for (const name of ["a1", "a2", "a3", "a4"]) void enter(name, "a");
  for (const name of ["b1", "b2"]) void enter(name, "b");
  await settled();
  expect(order).toEqual(["a1", "a2"]);
  expect(waits.get("a3")).toEqual({ ahead: 0, pausedUntil: null });
  expect(waits.get("b2")).toEqual({ ahead: 3, pausedUntil: null });
  for (const name of ["a1", "a2", "b1", "a3", "b2", "a4"]) {
    places.get(name)?.release();
    await settled();
  }
  expect(order).toEqual(["a1", "a2", "b1", "a3", "b2", "a4"]);
});

test("a pause holds everyone back and ends by itself; what runs goes on", async () => {
  const { queue, order, waits, enter } = lane(3);
  await enter("running");
  const until = performance.now() + 80;
  queue.pause(until);
  const held = enter("held");
  await settled();
  expect(order).toEqual(["running"]);
  expect(waits.get("held")).toEqual({ ahead: 0, pausedUntil: until });
  expect(queue.state()).toEqual({ running: 1, waiting: 1, pausedUntil: until });
  await held;
  expect(performance.now()).toBeGreaterThanOrEqual(until);
  expect(queue.state()).toEqual({ running: 2, waiting: 0, pausedUntil: null });
});

test("whoever leaves gets no place, and the next one moves up; a place is given back once", async () => {
  const { queue, order, places, waits, enter } = lane(1);
  await enter("first");
  const abort = new AbortController();
  const left = enter("left", "left", abort);
  void enter("next");
  await settled();
  abort.abort();
  expect(await left).toBeNull();
  expect(waits.get("next")?.ahead).toBe(0);
  places.get("first")?.release();
  places.get("first")?.release();
  await settled();
  expect(order).toEqual(["first", "next"]);
  expect(queue.state().running).toBe(1);
});

test("a limit of one lane holds nobody back in another", async () => {
  const silent = () => scriptedDriver(async function* () {});
  const now = () => performance.now();
  const answering = createAnswering({ lanes: { fast: silent(), deep: silent() }, designer: silent(), now });
  answering.of("fast").queue.pause(now() + 60_000);
  const enter = (answerer: "fast" | "deep" | "designer", signal = new AbortController().signal) =>
    answering.of(answerer).queue.enter({ person: "a", signal, onWait: () => {} });
  expect(await enter("deep")).not.toBeNull();
  expect(await enter("designer")).not.toBeNull();
  const leave = new AbortController();
  const held = enter("fast", leave.signal);
  expect(answering.of("fast").queue.state()).toMatchObject({ running: 0, waiting: 1 });
  leave.abort();
  expect(await held).toBeNull();
});
