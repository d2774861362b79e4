import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { allowedHostnames, isAllowedHost, isSameOrigin } from "../../lib/http/hosts.ts";

const request = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage;

test.each([
  ["localhost:3000", true],
  ["LOCALHOST", true],
  ["127.0.0.1:3000", true],
  ["[::1]:3000", true],
  ["evil.example", false],
  ["localhost.evil.example:3000", false],
  ["localhost.", false],
  ["127.0.0.1:3000@evil.example", false],
  ["", false],
])("Host %j on a loopback server: %s", (host, allowed) => {
  expect(isAllowedHost(request({ host }), allowedHostnames("127.0.0.1"))).toBe(allowed);
});

test("an Origin must name the host that was asked", () => {
  const host = "127.0.0.1:3000";
  expect(isSameOrigin(request({ host, origin: "http://127.0.0.1:3000" }))).toBe(true);
  expect(isSameOrigin(request({ host, origin: "http://127.0.0.1:3001" }))).toBe(false);
  expect(isSameOrigin(request({ host, origin: "http://evil.example" }))).toBe(false);
  expect(isSameOrigin(request({ host, origin: "null" }))).toBe(false);
});

test("without an Origin only the browser's own word for same-origin counts", () => {
  expect(isSameOrigin(request({ host: "localhost", "sec-fetch-site": "same-origin" }))).toBe(true);
  expect(isSameOrigin(request({ host: "localhost", "sec-fetch-site": "cross-site" }))).toBe(false);
  expect(isSameOrigin(request({ host: "localhost" }))).toBe(false);
});
