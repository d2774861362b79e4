import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { framingHostnames, previewHostname, spareHostname } from "../../lib/http/preview-names.ts";

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";
const chromium =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
const request = (host: string, agent: string) =>
  ({ headers: { host, "user-agent": agent } }) as unknown as IncomingMessage;

test.each([
  ["Firefox on this machine: a name for each pane", "127.0.0.1:3000", firefox, "v2.localhost"],
  ["Firefox on localhost", "localhost:3000", firefox, "v2.localhost"],
  ["Firefox on a network: the host it asked for", "192.168.1.7:3000", firefox, "192.168.1.7"],
  ["Chromium: the host it asked for", "127.0.0.1:3000", chromium, "127.0.0.1"],
])("%s", (_name, host, agent, expected) => {
  expect(previewHostname(request(host, agent), 1)).toBe(expected);
});

test.each([
  ["Firefox: another name of the same machine", "127.0.0.1:3000", firefox, "v52.localhost"],
  ["Firefox on a network: none", "192.168.1.7:3000", firefox, null],
  ["Chromium on this machine: the other name", "127.0.0.1:3000", chromium, "localhost"],
  ["Chromium on a network: none", "192.168.1.7:3000", chromium, null],
])("a spare. %s", (_name, host, agent, expected) => {
  expect(spareHostname(request(host, agent), 1)).toBe(expected);
});

test("a pane's own name may be framed by the app on this machine, another's by nobody", () => {
  const allowed = new Set(["localhost", "127.0.0.1", "192.168.1.7"]);
  expect(framingHostnames("v2.localhost", allowed)).toEqual(["localhost", "127.0.0.1"]);
  expect(framingHostnames("192.168.1.7", allowed)).toEqual(["192.168.1.7"]);
  for (const name of ["evil.example", "v2.localhost.evil.example", "x.localhost", null])
    expect(framingHostnames(name, allowed)).toEqual([]);
});
