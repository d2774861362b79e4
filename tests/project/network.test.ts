import { expect, test } from "vitest";
import { checkHost } from "../../lib/project/network.ts";

test.each([
  ["fonts.example.com", "fonts.example.com"],
  [" https://Fonts.Example.com/ ", "fonts.example.com"],
  ["bücher.de", "xn--bcher-kva.de"],
  ["localhost.example.com", "localhost.example.com"],
])("%j is a host: %s", (text, host) => {
  expect(checkHost(text)).toEqual({ ok: true, host });
});

test.each([
  ["http://fonts.example.com", /only https/],
  ["wss://fonts.example.com", /only https/],
  ["*.example.com", /wildcard/],
  ["*", /wildcard/],
  ["fonts.example.com:8443", /port/],
  ["fonts.example.com/css", /more than a host/],
  ["fonts.example.com?x", /more than a host/],
  ["user@example.com", /more than a host/],
  ["a b.com", /more than a host/],
  ["10.0.0.1", /address/],
  ["127.1", /address/],
  ["0x7f000001", /address/],
  ["2130706433", /address/],
  ["127.0.0.1.", /address/],
  ["[::1]", /address/],
  ["::1", /address/],
  ["localhost", /own machine/],
  ["app.localhost", /own machine/],
  ["printer.local", /own machine/],
  ["intranet", /own machine/],
  ["example.com.", /not the name/],
  ["a..example.com", /not the name/],
  ["-a.example.com", /not the name/],
  ["a_b.example.com", /not the name/],
  ['a".example.com', /not the name/],
  ["a;b.example.com", /not the name/],
  ["'self'", /own machine|not the name/],
  ["", /not the name/],
])("%j is refused with a reason", (text, reason) => {
  const checked = checkHost(text);
  expect(checked.ok ? "" : checked.problem).toMatch(reason);
});
