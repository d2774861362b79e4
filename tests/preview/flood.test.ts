/** The gate for what a frame says, at the lane's end of a real port, and by itself with a clock that stands. */
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { createFloodGate, floodSentence } from "../../lib/preview/flood.ts";
import { createPreviewLane } from "../../lib/preview/lane.ts";
import type { FromFrame } from "../../lib/preview/protocol.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("normal work passes: applied and painted of every frame, and the console, for a minute", () => {
  vi.useFakeTimers();
  const onEnd = vi.fn();
  const gate = createFloodGate(onEnd);
  for (let frame = 0; frame < 3_600; frame++) {
    vi.advanceTimersByTime(1_000 / 60);
    expect(gate.admits({ data: { type: "triptych:applied", seq: frame, result: "ok", ms: 4, at: 1 } })).toBe(
      true,
    );
    expect(gate.admits({ data: { type: "triptych:painted", seq: frame, at: 1 } })).toBe(true);
    if (frame % 3 === 0) expect(gate.admits({ data: { lines: ["x".repeat(3_000)] } })).toBe(true);
  }
  vi.advanceTimersByTime(5_000);
  expect(onEnd).not.toHaveBeenCalled();
});

test("beyond the number no data is read, what is dropped is counted and told once, and the next second begins anew", () => {
  vi.useFakeTimers();
  const onEnd = vi.fn();
  const gate = createFloodGate(onEnd);
  let reads = 0;
  const event = {
    get data() {
      reads++;
      return null;
    },
  };
  let admitted = 0;
  for (let message = 0; message < 100_000; message++) if (gate.admits(event)) admitted++;
  expect(admitted).toBe(240);
  expect(reads).toBe(240);
  vi.advanceTimersByTime(1_000);
  expect(gate.admits(event)).toBe(true);
  for (let message = 0; message < 1_000; message++) gate.admits(event);
  expect(onEnd).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5_000);
  expect(onEnd.mock.calls).toEqual([[100_000 - 240 + 1_001 - 240]]);
  expect(floodSentence(100_521)).toBe(
    "The page sent too much at once: 100,521 of its messages were dropped. 240 a second and 256 KB a second are taken.",
  );
});

test("a message is measured whatever it is, and one above the limit does not pass", () => {
  vi.useFakeTimers();
  const endless: Record<string, unknown> = {};
  endless.self = [endless, endless];
  const large = [
    "x".repeat(300_000),
    new Uint8Array(300_000),
    { deep: [{ deeper: "x".repeat(300_000) }] },
    new Map([["key", "x".repeat(300_000)]]),
    new Set(["x".repeat(300_000)]),
    new Array(100_000).fill(0),
    endless,
  ];
  for (const data of large) expect(createFloodGate(() => {}).admits({ data })).toBe(false);
  const gate = createFloodGate(() => {});
  for (let message = 0; message < 2; message++) expect(gate.admits({ data: "x".repeat(120_000) })).toBe(true);
  expect(gate.admits({ data: "x".repeat(120_000) })).toBe(false);
  expect(gate.admits({ data: "small" })).toBe(true);
  fc.assert(
    fc.property(
      fc.anything({ withMap: true, withSet: true, withTypedArray: true, withNullPrototype: true }),
      (data) => {
        expect(createFloodGate(() => {}).admits({ data })).toBe(true);
      },
    ),
  );
});

test("a lane takes 240 messages of a flood, says so once, and goes on", async () => {
  const heard: FromFrame[] = [];
  const lane = createPreviewLane({ onMessage: (message) => heard.push(message) });
  const { port1, port2 } = new MessageChannel();
  lane.connect(port1);
  for (let seq = 0; seq < 20_000; seq++) port2.postMessage({ type: "triptych:painted", seq, at: 0 });
  const told = () => heard.filter((message) => message.type === "triptych:console");
  await expect.poll(() => told().length, { timeout: 10_000 }).toBe(1);
  expect(heard.filter(({ type }) => type === "triptych:painted").length).toBeLessThan(20_000);
  expect(JSON.stringify(told())).toContain("messages were dropped");
  port2.postMessage({ type: "triptych:painted", seq: 99_999, at: 0 });
  await expect.poll(() => heard.at(-1)).toMatchObject({ type: "triptych:painted", seq: 99_999 });
  port2.close();
  lane.close();
});
