import { expect, test } from "vitest";
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
