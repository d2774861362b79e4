import { afterEach, expect, test, vi } from "vitest";
import { createBroadcast } from "../../lib/room/broadcast.ts";
import type { Frame } from "../../lib/wire/events.ts";
import { decodeFrame } from "../../lib/wire/frame.ts";

function openBroadcast() {
  let time = 0;
  const frames: Frame[] = [];
  const broadcast = createBroadcast(
    (bytes) => frames.push(decodeFrame(bytes) as Frame),
    () => time,
  );
  const at = (ms: number) => {
    time = ms;
  };
  return { broadcast, frames, at };
}

afterEach(() => void vi.useRealTimers());

const delta = (text: string) => ({ kind: "draft-delta" as const, slot: 0, editId: 1, text });

test("[W12] a frame's oldest token counts from when its text came, not from when it was parsed and applied", () => {
  const { broadcast, frames, at } = openBroadcast();
  at(10);
  broadcast.textCame();
  at(17);
  broadcast.add(delta("one"));
  at(20);
  broadcast.textCame();
  at(22);
  broadcast.add(delta(" two"));
  at(26);
  broadcast.flush();
  expect(frames).toMatchObject([{ oldestTokenMs: 10, sentMs: 26 }]);
  broadcast.close();
});

test("what a person types later does not count from a model's text that changed nothing", async () => {
  const { broadcast, frames, at } = openBroadcast();
  at(10);
  broadcast.textCame();
  await Promise.resolve();
  at(500);
  broadcast.add({ kind: "update", slot: 0, bytes: new Uint8Array([1]) });
  broadcast.flush();
  expect(frames).toMatchObject([{ oldestTokenMs: 500, sentMs: 500 }]);
  broadcast.close();
});

test("[W24] the first fact after quiet leaves at once, what follows waits for its window, and all variants share a frame", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate"] });
  const { broadcast, frames, at } = openBroadcast();
  const update = (slot: number) => ({ kind: "update" as const, slot, bytes: new Uint8Array([slot]) });
  const slots = () => frames.map(({ parts }) => parts.map(({ slot }) => slot));
  const pass = (from: number, to: number) => {
    for (let ms = from + 1; ms <= to; ms++) {
      at(ms);
      vi.advanceTimersByTime(1);
    }
  };
  at(1_000);
  broadcast.add(update(0));
  vi.advanceTimersByTime(0);
  expect(slots()).toEqual([[0]]);
  pass(1_000, 1_005);
  broadcast.add(update(1));
  broadcast.add(update(2), update(0));
  pass(1_005, 1_015);
  expect(slots()).toEqual([[0]]);
  pass(1_015, 1_016);
  expect(slots()).toEqual([[0], [1, 2, 0]]);
  pass(1_016, 1_040);
  broadcast.add(update(2));
  vi.advanceTimersByTime(0);
  expect(slots()).toEqual([[0], [1, 2, 0], [2]]);
  broadcast.close();
});
