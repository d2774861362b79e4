/** One viewer that reads slowly, through a proxy that throttles: bounded here, unnoticed by the others. */
import { expect, test } from "vitest";
import { limits } from "../../lib/project/limits.ts";
import type { RoomSocket } from "../../lib/room/channels.ts";
import { queuedBytes } from "../../lib/room/slow-viewers.ts";
import { startFaultProxy } from "../fixtures/fault-proxy.ts";
import { prompt, useRoomServer } from "./room-server.ts";

const room = useRoomServer();
const NOTES = "/notes.md";
const MOST_ANSWERS = 5;

/** About 2 KB that no other line has: an answer that goes in circles is ended. */
const wordsOf = (line: number) =>
  Array.from({ length: 300 }, (_, word) => (line * 7_919_000 + word * 104_729).toString(36)).join(" ");

/**
 * The buffers of the system between the two take megabytes before anything waits here: they are filled with bytes that this one
 * socket alone gets.
 */
async function fillSystemBuffers(socket: RoomSocket): Promise<void> {
  const wire = socket as { emit(event: string, bytes: Buffer): void };
  for (let fullTimes = 0; fullTimes < 5; ) {
    const isFull = queuedBytes(socket) > limits.staleViewerBytes / 2;
    if (!isFull) wire.emit("padding", Buffer.alloc(16 * 1024));
    fullTimes = isFull ? fullTimes + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, isFull ? 20 : 1));
  }
}

async function staleTotal(): Promise<number> {
  const stale = (await room.rooms.figures()).find(({ name }) => name === "triptych_stale_total");
  return stale?.values[0]?.value ?? 0;
}

test("[W19] a viewer that reads 1 KB/s is left out before its queue grows, nobody waits for it, and it has all in the end", async () => {
  const proxy = await startFaultProxy(() => Number(new URL(room.url).port));
  const { projectId, owner } = await room.createProject();
  const slow = await room.enter({ projectId }, `http://127.0.0.1:${proxy.port}`);
  proxy.throttle(1_024);
  await fillSystemBuffers([...room.io.sockets.sockets.values()].at(-1) as unknown as RoomSocket);
  // One small file written anew again and again: much to send, little to have.
  room.script = async function* () {
    for (let round = 0; round < 20; round++) {
      yield `${NOTES}\n\`\`\`md\n`;
      for (let line = 0; line < 16; line++) {
        yield `${wordsOf(round * 16 + line)}\n`;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      yield "```\n";
    }
  };
  let most = 0;
  const watch = setInterval(() => {
    for (const socket of room.io.sockets.sockets.values())
      most = Math.max(most, queuedBytes(socket as unknown as RoomSocket));
  }, 5);
  // 0.6 MB an answer, until it is too much.
  const ids = owner.getSnapshot().variants.map(({ id }) => id);
  const ended = () => owner.getSnapshot().turns.filter(({ state }) => state !== "running").length;
  for (let answer = 0; answer < MOST_ANSWERS && (await staleTotal()) === 0; answer++) {
    const before = ended();
    await prompt(owner, ids).send();
    await expect.poll(ended, { timeout: 60_000 }).toBe(before + ids.length);
  }
  clearInterval(watch);
  expect(await staleTotal()).toBeGreaterThan(0);
  expect(most).toBeGreaterThan(limits.staleViewerBytes);
  expect(most).toBeLessThan(2 * limits.staleViewerBytes);
  proxy.throttle(null);
  for (const id of ids) {
    await expect.poll(() => slow.document(id)?.read(NOTES)).toBe(owner.document(id)?.read(NOTES));
    expect(slow.document(id)?.hasPending()).toBe(false);
    expect(slow.drafts(id)?.open()).toEqual([]);
  }
  await proxy.close();
}, 180_000);
