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

test("a configured name is answered to, and no other of its domain", () => {
  const names = allowedHostnames("127.0.0.1", ["app.example.test"]);
  const allows = (host: string) => isAllowedHost(request({ host }), names);
  expect(["app.example.test", "APP.example.test:3000", "localhost:3000"].map(allows)).toEqual([
    true,
    true,
    true,
  ]);
  expect(["example.test", "x.app.example.test", "app.example.test."].map(allows)).toEqual([
    false,
    false,
    false,
  ]);
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
