import { beforeEach, expect, test } from "vitest";
import { SocketTrust } from "../../lib/model/socket-trust.ts";

let nowMs = 0;
let trust: SocketTrust;
beforeEach(() => {
  nowMs = 0;
  trust = new SocketTrust(() => nowMs);
});

test("two failures within 30 s lose the WebSocket for 10 minutes, said once", () => {
  trust.failed("closed");
  expect(trust.isLost).toBe(false);
  nowMs = 29_000;
  trust.failed("closed");
  expect(trust.isLost).toBe(true);
  expect(trust.takeNotice()).toMatch(/No WebSocket to this model \(closed\).*HTTP/);
  expect(trust.takeNotice()).toBeNull();
  nowMs += 10 * 60_000;
  expect(trust.isLost).toBe(false);
});

test("failures that lie further apart are just failures", () => {
  for (nowMs = 0; nowMs < 300_000; nowMs += 31_000) trust.failed("closed");
  expect(trust.isLost).toBe(false);
});

test("when HTTP cannot reach the server either, the WebSocket was not to blame", () => {
  trust.refused("the server answered 426");
  expect(trust.isLost).toBe(true);
  trust.cleared();
  expect(trust.isLost).toBe(false);
  expect(trust.takeNotice()).toBeNull();
});
