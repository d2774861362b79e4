import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isLoopbackName, readConfig, withEnvFile } from "../../lib/http/config.ts";

test("without any setting the app listens on loopback with three preview ports beside it", () => {
  const config = readConfig({});
  expect(config).toMatchObject({
    host: "127.0.0.1",
    port: 3000,
    previewPorts: [3001, 3002, 3003],
    open: false,
  });
  expect(config).toMatchObject({
    databaseUrl: null,
    redisUrl: null,
    metricsToken: null,
    dataFolder: ".triptych",
    lanes: { fast: null, deep: null },
  });
});

test("preview ports follow PORT, or are named as a range or a list", () => {
  expect(readConfig({ PORT: "4100" }).previewPorts).toEqual([4101, 4102, 4103]);
  expect(readConfig({ PREVIEW_PORTS: "5001-5003" }).previewPorts).toEqual([5001, 5002, 5003]);
  expect(readConfig({ PREVIEW_PORTS: "5001, 6001,7001" }).previewPorts).toEqual([5001, 6001, 7001]);
});

test.each([
  [{ PORT: "eighty" }, /PORT is "eighty"/],
  [{ PORT: "70000" }, /1 to 65535/],
  [{ PREVIEW_PORTS: "3000,3001" }, /different ports beside PORT \(3000\)/],
  [{ PREVIEW_PORTS: "x" }, /PREVIEW_PORTS is "x"/],
  [{ HOST_NAMES: "app.example.com,https://b.example.com" }, /HOST_NAMES is "https:\/\/b.example.com"/],
  [{ HOST_NAMES: "app.example.com:443" }, /no scheme, port/],
  [{ HOST_NAMES: "192.168.1.4" }, /address/],
  [{ PREVIEW_HOST: "*.preview.example.com" }, /PREVIEW_HOST is "\*.preview.example.com"/],
  [{ PREVIEW_HOST: "preview.example.com/" }, /bare host names/],
  [
    { PREVIEW_HOST: "preview.example.com", HOST_NAMES: "v1.preview.example.com" },
    /HOST_NAMES holds "v1.preview.example.com"/,
  ],
  [{ TRIPTYCH_DESIGNER_RATE: "fast" }, /TRIPTYCH_DESIGNER_RATE is "fast"/],
  [{ TRIPTYCH_CAP_HOUR_TOKENS: "plenty" }, /TRIPTYCH_CAP_HOUR_TOKENS is "plenty", but it is a whole number/],
  [{ TRIPTYCH_FAST_AT_ONCE: "0" }, /TRIPTYCH_FAST_AT_ONCE is "0", but it is a whole number of at least 1/],
  [{ TRIPTYCH_PACKAGES: "no" }, /TRIPTYCH_PACKAGES is "no", but it is "on" or "off"/],
  [{ TRIPTYCH_FAST_BASE_URL: "ftp://x" }, /http or https/],
  [{ TRIPTYCH_FAST_BASE_URL: "http://127.0.0.1:9/v1" }, /TRIPTYCH_FAST_MODEL/],
])("a wrong setting %j is a sentence that says what was seen", (env, sentence) => {
  expect(() => readConfig(env)).toThrow(sentence);
});

test("a preview host takes the place of the ports, and a public name opens the server to others", () => {
  const config = readConfig({
    PREVIEW_HOST: "Preview.example.com",
    PREVIEW_PORTS: "5001",
    HOST_NAMES: "app.example.com, other.example.com",
  });
  expect(config).toMatchObject({
    previewHost: "preview.example.com",
    previewPorts: [],
    hostNames: ["app.example.com", "other.example.com"],
    open: true,
  });
  expect(readConfig({})).toMatchObject({ previewHost: null, hostNames: [] });
});

test("a lane takes its address, model, key and wire", () => {
  const env = {
    TRIPTYCH_DEEP_BASE_URL: "http://127.0.0.1:9/v1",
    TRIPTYCH_DEEP_MODEL: "m",
    TRIPTYCH_DEEP_API_KEY: "k",
  };
  expect(readConfig(env).lanes.deep).toEqual({
    baseUrl: "http://127.0.0.1:9/v1",
    model: "m",
    apiKey: "k",
    wire: "chat",
  });
});

test("Anthropic's wire knows its address; the others need one", () => {
  const env = { TRIPTYCH_FAST_WIRE: "anthropic", TRIPTYCH_FAST_MODEL: "m", TRIPTYCH_FAST_API_KEY: "k" };
  expect(readConfig(env).lanes.fast).toMatchObject({
    baseUrl: "https://api.anthropic.com/v1",
    wire: "anthropic",
  });
  expect(readConfig({ ...env, TRIPTYCH_FAST_WIRE: "responses" }).lanes.fast).toBeNull();
  expect(() => readConfig({ TRIPTYCH_FAST_WIRE: "anthropic" })).toThrow(
    /WIRE is set; set TRIPTYCH_FAST_MODEL/,
  );
});

test("packages can be added unless that is switched off", () => {
  const isOn = (value?: string) =>
    readConfig(value === undefined ? {} : { TRIPTYCH_PACKAGES: value }).packages;
  expect([isOn(), isOn("on"), isOn("off")]).toEqual([true, true, false]);
});

test("caps are off unless they are set, and a lane has three places unless it is told otherwise", () => {
  expect(readConfig({})).toMatchObject({
    caps: { turn: null, hour: null, project: null },
    atOnce: { fast: 3, deep: 3 },
    autoFix: true,
  });
  const env = {
    TRIPTYCH_CAP_PROJECT_TOKENS: "200_000",
    TRIPTYCH_DEEP_AT_ONCE: "1",
    TRIPTYCH_AUTO_FIX: "off",
  };
  expect(readConfig(env)).toMatchObject({
    caps: { project: 200_000 },
    atOnce: { fast: 3, deep: 1 },
    autoFix: false,
  });
});

test("the environment wins over .env.local", () => {
  const folder = mkdtempSync(join(tmpdir(), "triptych-env-"));
  writeFileSync(join(folder, ".env.local"), 'PORT=4000\nHOST="0.0.0.0"\n');
  expect(withEnvFile({ PORT: "5000" }, folder)).toMatchObject({ PORT: "5000", HOST: "0.0.0.0" });
});

test("loopback names are told from names that others can reach", () => {
  for (const name of ["localhost", "127.0.0.1", "127.9.9.9", "::1"]) expect(isLoopbackName(name)).toBe(true);
  for (const name of ["0.0.0.0", "192.168.1.4", "localhost.example.org", "127.0.0.1.example.org"]) {
    expect(isLoopbackName(name)).toBe(false);
  }
});
