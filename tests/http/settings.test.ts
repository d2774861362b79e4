/**
 * Settings over a real socket: lanes that are set, tested, changed while the server runs, and given up again. The provider is a
 * scripted server that speaks the real protocol and echoes the key it is given. Keys go in and never come out.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type ApiOptions, handleApi } from "../../lib/http/api.ts";
import { leavingOf } from "../../lib/http/leaving.ts";
import { createBuiltInDesigner } from "../../lib/model/built-in/designer.ts";
import type { LaneSettings } from "../../lib/model/lanes.ts";
import { type LiveLanes, openLiveLanes } from "../../lib/model/live-lanes.ts";
import { createModelTools } from "../../lib/model/model-tools.ts";
import { createAnswering } from "../../lib/turn/answering.ts";
import { type ChatServer, type Step, startChatServer } from "../fixtures/providers/chat-server.ts";

const KEY = "sk-canary-0123456789-WXYZ";
const NOTHING: LaneSettings = { fast: null, deep: null };
const NO_CAPS = { turn: null, hour: null, project: null };

let folder = "";
let live: LiveLanes;
let server: Server;
let provider: ChatServer;
let steps: Step[] = [];
/** All that was answered and logged. */
let heard: string[] = [];
let port = 0;
/** Packages of the AI SDK beside Triptych. */
let installed: string[] = [];

async function start(
  environment = NOTHING,
  environmentCaps: typeof NO_CAPS | object = NO_CAPS,
): Promise<void> {
  const caps = { ...NO_CAPS, ...environmentCaps };
  const designer = createBuiltInDesigner();
  const providers = async () => installed;
  live = await openLiveLanes({ folder, environment, environmentCaps: caps, designer, providers });
  const api = {
    lanes: live.lanes,
    models: createModelTools(live.lanes),
    settings: {
      live,
      dataFolder: folder,
      used: async (project: string | null) => ({ turn: null, hour: 7, project: project === null ? null : 9 }),
      leaves: () =>
        leavingOf(
          {
            databaseUrl: null,
            redisUrl: null,
            packages: true,
            open: false,
            host: "127.0.0.1",
            hostNames: [],
          },
          live.views(),
        ),
    },
  } as unknown as ApiOptions;
  server = createServer((incoming, response) => void handleApi(api, incoming, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "triptych-settings-"));
  heard = [];
  installed = [];
  for (const level of ["log", "warn", "error"] as const)
    vi.spyOn(console, level).mockImplementation((...all) => void heard.push(all.map(String).join(" ")));
  steps = [{ text: "1\n2\n3\n" }, { delayMs: 5, text: "4\n5\n6\n" }];
  provider = await startChatServer({ script: () => steps });
});
afterEach(async () => {
  vi.restoreAllMocks();
  server?.closeAllConnections();
  server?.close();
  await Promise.all([live?.lanes.fast.close(), live?.lanes.deep.close(), provider.close()]);
  rmSync(folder, { recursive: true, force: true });
});

type Answer = { status: number; body: Record<string, never> & { code?: string; message: string } };

/** As the page asks; `headers` replace those of a browser at this machine. */
function ask(
  method: string,
  path: string,
  body: object = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const from = { origin: `http://127.0.0.1:${port}`, "sec-fetch-site": "same-origin" };
  const content = method === "GET" ? "" : JSON.stringify(body);
  const length = { "content-type": "application/json", "content-length": Buffer.byteLength(content) };
  const all = { ...length, ...from, ...headers };
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", method, path, headers: all }, (response) => {
      let text = "";
      response.on("data", (data) => (text += String(data)));
      response.on("end", () => {
        heard.push(text);
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Answer["body"] });
      });
    });
    sent.on("error", reject);
    sent.end(content);
  });
}

const lane = (change: object = {}) => ({
  lane: "fast",
  baseUrl: `${provider.url}/v1`,
  wire: "chat",
  model: "quick",
  apiKey: KEY,
  ...change,
});
const fastNow = async () => {
  const { body } = await ask("GET", "/api/settings");
  return (body as unknown as { lanes: Record<string, unknown>[] }).lanes[0];
};

test("a lane is set, answers at once, is measured with its limits, and is still set after a restart", async () => {
  await start();
  const told: string[] = [];
  live.subscribe((changed) => told.push(changed));
  expect(await fastNow()).toMatchObject({ source: "none", builtIn: true, keyEnd: null });
  expect(await ask("PUT", "/api/settings/lane", lane())).toMatchObject({ status: 200 });
  expect(live.lanes.fast).toMatchObject({ name: "quick", builtIn: false });
  // Without a lane of its own deep is the fast one.
  expect(live.lanes.deep).toBe(live.lanes.fast);
  expect(told).toEqual(["fast"]);

  steps = [
    {
      headers: { "x-ratelimit-limit-requests": "100", "x-ratelimit-remaining-requests": "75" },
      text: "1\n2\n3\n",
    },
    { delayMs: 5, text: "4\n" },
  ];
  const { body: measured } = await ask("POST", "/api/models/test", { lane: "fast" });
  expect(measured).toMatchObject({ ok: true, wire: "chat" });
  expect(provider.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
  const meter = { unit: "requests", limit: 100, remaining: 75, usedPercent: 25 };
  expect(await fastNow()).toMatchObject({ source: "settings", model: "quick", keyEnd: "WXYZ" });
  expect((await fastNow())?.limits).toMatchObject([meter]);

  const again = await openLiveLanes({
    ...{ folder, environment: NOTHING, environmentCaps: NO_CAPS, designer: createBuiltInDesigner() },
  });
  expect(again.views()[0]).toMatchObject({ source: "settings", model: "quick", keyEnd: "WXYZ" });
  await again.lanes.fast.close();

  await ask("DELETE", "/api/settings/lane", { lane: "fast" });
  expect(live.lanes.fast.builtIn).toBe(true);
});

test("a provider of the AI SDK is chosen once its package is installed, answers, and says so when it is gone", async () => {
  await start();
  const wires = async () =>
    ((await ask("GET", "/api/settings")).body as unknown as { wires: string[] }).wires;
  expect(await wires()).toEqual(["chat", "responses", "responses-ws", "anthropic"]);
  installed = ["@ai-sdk/nobody", "@ai-sdk/openai"];
  expect(await wires()).toContain("ai-sdk:@ai-sdk/openai");
  const chosen = lane({ wire: "ai-sdk:@ai-sdk/openai" });
  expect(await ask("PUT", "/api/settings/lane", chosen)).toMatchObject({ status: 200 });
  expect(await fastNow()).toMatchObject({ wire: "ai-sdk:@ai-sdk/openai", model: "quick", keyEnd: "WXYZ" });
  const { body: measured } = await ask("POST", "/api/models/test", { lane: "fast" });
  expect(measured).toMatchObject({ ok: true, wire: "ai-sdk" });
  expect(provider.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);

  await ask("PUT", "/api/settings/lane", lane({ wire: "ai-sdk:@ai-sdk/nobody" }));
  const again = await openLiveLanes({
    ...{ folder, environment: NOTHING, environmentCaps: NO_CAPS, designer: createBuiltInDesigner() },
  });
  expect(again.views()[0]).toMatchObject({ source: "settings", wire: "ai-sdk:@ai-sdk/nobody" });
  await again.lanes.fast.close();
  const { body: gone } = await ask("POST", "/api/models/test", { lane: "fast" });
  expect(gone.message).toContain("npm install @ai-sdk/nobody");
  expect(heard.join(" ")).not.toContain(KEY);
});

test("the key is in no answer, log, error or file in clear, and its files are the owner's alone", async () => {
  await start();
  await ask("PUT", "/api/settings/lane", lane());
  // A server that echoes the key it refuses, and one that says it in the middle of an answer.
  steps = [{ status: 401, body: `{"error":{"message":"Incorrect API key provided: ${KEY}"}}` }];
  expect((await ask("POST", "/api/models/test", { lane: "fast" })).body).toMatchObject({
    ok: false,
    code: "unauthorized",
  });
  steps = [{ text: "Hm." }, { error: { code: "server_error", message: KEY } }];
  await ask("POST", "/api/models/test", { lane: "fast" });
  await ask("GET", "/api/settings");
  await ask("PUT", "/api/settings/lane", lane({ wire: KEY.replace("sk-", "no-") }));
  await ask("PUT", "/api/settings/lane", lane({ apiKey: `${KEY} ${KEY}` }));
  await ask("PUT", "/api/settings/lane", lane({ baseUrl: `http://name:${KEY}@127.0.0.1/v1` }));
  await ask("PUT", "/api/settings/lane", lane({ baseUrl: `ftp://name:${KEY}@127.0.0.1/?k=${KEY}` }));
  const files = readdirSync(folder);
  expect(files.sort()).toEqual(["settings.json", "settings.key"]);
  for (const file of files) {
    expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, file)).includes(KEY)).toBe(false);
  }
  expect(heard.length).toBeGreaterThan(6);
  expect(heard.filter((text) => text.includes(KEY))).toEqual([]);
});

test("a key stays with its host, is taken away when that is said, and is none under another key file", async () => {
  await start();
  const { apiKey: _key, ...without } = lane();
  await ask("PUT", "/api/settings/lane", lane());
  await ask("PUT", "/api/settings/lane", { ...without, model: "other" });
  expect(await fastNow()).toMatchObject({ model: "other", keyEnd: "WXYZ" });
  await ask("PUT", "/api/settings/lane", { ...without, baseUrl: "http://127.0.0.1:9/v1" });
  expect(await fastNow()).toMatchObject({ keyEnd: null });
  await ask("PUT", "/api/settings/lane", lane());
  await ask("PUT", "/api/settings/lane", lane({ apiKey: null }));
  expect(await fastNow()).toMatchObject({ keyEnd: null });
  // Of a short one not even four characters are shown.
  await ask("PUT", "/api/settings/lane", lane({ apiKey: "abcdefgh" }));
  expect(await fastNow()).toMatchObject({ keyEnd: "" });
  writeFileSync(join(folder, "settings.key"), Buffer.alloc(32, 1));
  const again = await openLiveLanes({
    ...{ folder, environment: NOTHING, environmentCaps: NO_CAPS, designer: createBuiltInDesigner() },
  });
  expect(again.views()[0]).toMatchObject({ source: "settings", model: "quick", keyEnd: null });
  await again.lanes.fast.close();
});

test.each([
  ["no page of ours", { origin: "http://evil.example" }],
  ["a name that is not this machine's", { host: "triptych.example", origin: "http://triptych.example" }],
  ["a proxy that says so", { "x-forwarded-for": "203.0.113.9" }],
  ["a proxy that asks under our own name", { forwarded: "for=203.0.113.9" }],
])("nobody sees or changes Settings through %s", async (_what, headers) => {
  await start();
  const tries = await Promise.all([
    ask("GET", "/api/settings", {}, headers),
    ask("PUT", "/api/settings/lane", lane(), headers),
    ask("DELETE", "/api/settings/lane", { lane: "fast" }, headers),
    ask("PUT", "/api/settings/caps", { hour: 5_000 }, headers),
    ask("POST", "/api/models/test", { lane: "fast" }, headers),
    ask("POST", "/api/models/local", {}, headers),
  ]);
  expect(tries.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
  expect(readdirSync(folder)).toEqual([]);
});

test("a GET without Origin must be said to come from a page of ours", async () => {
  await start();
  const headers = { "sec-fetch-site": "cross-site" };
  const status = await new Promise((resolve) =>
    request({ port, host: "127.0.0.1", path: "/api/settings", headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).end(),
  );
  expect(status).toBe(403);
});

test("the environment wins and is shown as such, without its password; what it sets cannot be changed", async () => {
  const baseUrl = "http://name:canary-password@127.0.0.1:9/v1?k=canary-query";
  await start(
    { fast: { baseUrl, apiKey: null, model: "fixed", wire: "chat" }, deep: null },
    { hour: 50_000 },
  );
  const shown = { source: "environment", model: "fixed", baseUrl: "http://127.0.0.1:9/v1" };
  expect(await fastNow()).toMatchObject(shown);
  expect(await ask("PUT", "/api/settings/lane", lane())).toMatchObject({ status: 409 });
  const { body, status } = await ask("PUT", "/api/settings/caps", { turn: 4_000, hour: 60_000 });
  expect([status, body.message]).toEqual([409, expect.stringContaining("TRIPTYCH_CAP_HOUR_TOKENS")]);
  // The other lane is free.
  expect(await ask("PUT", "/api/settings/lane", lane({ lane: "deep" }))).toMatchObject({ status: 200 });
  expect(live.lanes.deep.name).toBe("quick");
  expect(heard.join(" ")).not.toContain("canary-password");
  expect(heard.join(" ")).not.toContain("canary-query");
});

test.each([
  [{ wire: "telepathy" }, "it is one of: chat, responses, responses-ws, anthropic"],
  [{ wire: "ai-sdk:left-pad" }, "it is one of"],
  [{ wire: "ai-sdk:@ai-sdk/openai" }, 'run "npm install @ai-sdk/openai"'],
  [{ baseUrl: "localhost:1234" }, "http or https address"],
  [{ baseUrl: "" }, "http or https address"],
  [{ model: " " }, "1 to 200"],
  [{ model: "m".repeat(201) }, "201 characters"],
  [{ apiKey: "two words" }, "no space between"],
  [{ apiKey: 7 }, '"apiKey" (a text'],
  [{ lane: "slow" }, '"fast" or "deep"'],
])("a lane that cannot be is refused with what is allowed: %j", async (change, words) => {
  await start();
  const { status, body } = await ask("PUT", "/api/settings/lane", lane(change));
  expect([status, body.message]).toEqual([400, expect.stringContaining(words)]);
  expect(live.lanes.fast.builtIn).toBe(true);
});

test("own caps hold at once for whoever answers, and a wrong one is refused", async () => {
  await start();
  const answering = createAnswering({ lanes: live.lanes, now: () => 0, caps: live.caps });
  expect(answering.spending.hasCaps).toBe(false);
  expect(await ask("PUT", "/api/settings/caps", { turn: null, hour: 20_000, project: null })).toMatchObject({
    status: 200,
  });
  expect(answering.spending.check(30_000, 1, 0)).toMatchObject({ cap: "hour", of: 20_000 });
  const { status, body } = await ask("PUT", "/api/settings/caps", { hour: 12 });
  expect([status, body.message]).toEqual([400, expect.stringContaining("at least 1,000")]);
  expect(live.caps.hour).toBe(20_000);
  // What is used of them, also of the project that is open on the page that asks; what is no id asks for none.
  const used = async (query: string) => (await ask("GET", `/api/settings${query}`)).body.used;
  expect(await used("")).toEqual({ turn: null, hour: 7, project: null });
  expect(await used("?project=abcdefgh12345678")).toMatchObject({ project: 9 });
  expect(await used("?project=../../etc")).toMatchObject({ project: null });
});

test("what leaves this machine is listed as it is configured now", async () => {
  await start();
  const leaving = async () =>
    ((await ask("GET", "/api/settings")).body as unknown as { leaves: { what: string; to: string | null }[] })
      .leaves;
  expect((await leaving()).filter(({ to }) => to !== null).map(({ to }) => to)).toEqual(["the npm registry"]);
  await ask("PUT", "/api/settings/lane", lane());
  expect((await leaving())[0]).toMatchObject({ to: new URL(provider.url).host });
});

test("a lane that gets a model of its own gets a queue of its own; the running answer keeps its model", async () => {
  await start();
  const answering = createAnswering({ lanes: live.lanes, now: () => 0 });
  expect(answering.hasDeep).toBe(false);
  expect(answering.of("deep")).toBe(answering.of("fast"));
  await ask("PUT", "/api/settings/lane", lane());
  const prompt = { messages: [], maxOutputTokens: 10, cacheKey: "x", request: {} } as never;
  let goOn = () => {};
  const middle = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  steps = [{ text: "one " }, { until: () => middle, text: "two" }];
  const said: string[] = [];
  const answer = (async () => {
    for await (const text of answering.of("fast").driver.model(prompt, AbortSignal.timeout(10_000)))
      said.push(text);
  })();
  await expect.poll(() => said.length).toBe(1);
  await ask("PUT", "/api/settings/lane", lane({ lane: "deep", model: "thorough" }));
  await ask("PUT", "/api/settings/lane", lane({ baseUrl: "http://127.0.0.1:9/v1", model: "away" }));
  goOn();
  await answer;
  expect(said.join("")).toBe("one two");
  expect([answering.hasDeep, answering.of("deep").driver.name]).toEqual([true, "thorough"]);
  expect(answering.of("deep").queue).not.toBe(answering.of("fast").queue);
});
