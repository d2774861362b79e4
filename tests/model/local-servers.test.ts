/** Look-alikes of four local servers on free ports, with the answers that their documentation shows. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { findLocalServers, type LocalKind, type LocalPorts } from "../../lib/model/local-servers.ts";
import { createModelTools } from "../../lib/model/model-tools.ts";
import type { Lanes } from "../../lib/model/types.ts";
import { freePorts } from "../fixtures/free-ports.ts";
import { createBed } from "../fixtures/providers/every-driver.ts";

const bed = createBed();
const servers: Server[] = [];
afterEach(async () => {
  await bed.clear();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const asked: string[] = [];

/** Answers known paths with JSON, others with 404; a function gets the response itself. */
async function serve(paths: Record<string, unknown>): Promise<number> {
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const answer = paths[request.url ?? ""];
    if (typeof answer === "function") return answer(response);
    response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? {}));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

async function portsWith(some: Partial<LocalPorts>): Promise<LocalPorts> {
  const [a = 0, b = 0, c = 0, d = 0] = await freePorts(4);
  return { ollama: a, "lm-studio": b, "llama.cpp": c, vllm: d, ...some };
}

const MODELS = { object: "list", data: [{ id: "small" }, { id: "large" }] };

const kinds: [LocalKind, Record<string, unknown>, object][] = [
  [
    "ollama",
    { "/api/version": { version: "0.12.3" }, "/api/tags": { models: [{ name: "small:latest" }] } },
    { name: "Ollama 0.12.3", models: ["small:latest"], slots: null, note: null },
  ],
  ["lm-studio", { "/v1/models": MODELS }, { name: "LM Studio", models: ["small", "large"], note: null }],
  [
    "llama.cpp",
    {
      "/health": { status: "ok" },
      "/props": { total_slots: 1, default_generation_settings: { n_ctx: 8192 } },
      "/v1/models": MODELS,
    },
    {
      name: "llama.cpp",
      slots: 1,
      contextTokens: 8_192,
      note: expect.stringContaining("one answer at a time"),
    },
  ],
  [
    "vllm",
    { "/version": { version: "0.11.0" }, "/v1/models": { data: [{ id: "big", max_model_len: 32_768 }] } },
    { name: "vLLM 0.11.0", models: ["big"], contextTokens: 32_768 },
  ],
];

test.each(kinds)("%s is found with its models", async (kind, paths, expected) => {
  const port = await serve(paths);
  const found = await findLocalServers(await portsWith({ [kind]: port }));
  expect(found).toMatchObject([{ kind, baseUrl: `http://127.0.0.1:${port}/v1`, ...expected }]);
});

test("nothing runs, nothing is found", async () => {
  expect(await findLocalServers(await portsWith({}))).toEqual([]);
});

test("what answers as something else, too late, too long, or elsewhere is not found", async () => {
  const elsewhere = await serve({ "/api/version": { version: "1" }, "/api/tags": { models: [] } });
  asked.length = 0;
  const ports = await portsWith({
    ollama: await serve({
      "/api/version": (response: import("node:http").ServerResponse) =>
        response.writeHead(302, { location: `http://127.0.0.1:${elsewhere}/api/version` }).end("{}"),
    }),
    "lm-studio": await serve({ "/v1/models": "<html>" }),
    "llama.cpp": await serve({ "/health": () => {} }),
    vllm: await serve({ "/version": { version: "x".repeat(600_000) } }),
  });
  expect(await findLocalServers(ports)).toEqual([]);
  expect(asked.filter((path) => path === "/api/version")).toHaveLength(1);
});

test("a test measures the first token and the speed, and tells the limits", async () => {
  const server = await bed.serve([
    { headers: { "x-ratelimit-limit-tokens": "100", "x-ratelimit-remaining-tokens": "50" } },
    { text: "1\n2\n3\n4\n".repeat(60), rate: 400 },
  ]);
  const ports = await portsWith({ ollama: Number(new URL(server.url).port) });
  const tools = createModelTools({} as Lanes, ports);
  const measured = await tools.test({ server: "ollama", model: "small" });
  expect(measured).toMatchObject({ ok: true, wire: "chat", tokens: 120, limits: [{ usedPercent: 50 }] });
  // Scripted at 400 a second; a busy machine may be slower, never faster.
  const speed = measured.ok ? (measured.tokensPerSecond ?? 0) : 0;
  expect(speed).toBeGreaterThan(50);
  expect(speed).toBeLessThan(600);
  expect(server.requests[0]?.body).toMatchObject({ model: "small", max_tokens: 200 });
});

test("a lane is tested as it is set; what is wrong is a sentence", async () => {
  await bed.serve([{ status: 401 }]);
  const fast = bed.driver("chat");
  const tools = createModelTools({ fast, deep: { ...fast, builtIn: true } }, await portsWith({}));
  expect(await tools.test({ lane: "fast" })).toMatchObject({ ok: false, code: "unauthorized" });
  expect(await tools.test({ lane: "deep" })).toMatchObject({
    ok: false,
    message: expect.stringMatching(/built-in/),
  });
  expect(await tools.test({ lane: "slow" })).toMatchObject({
    message: '"slow" is no lane; it is "fast" or "deep".',
  });
  expect(await tools.test({ server: "http://10.0.0.1", model: "m" })).toMatchObject({
    message: expect.stringMatching(/is no local server; it is one of: ollama/),
  });
  expect(await tools.test({ server: "ollama", model: "" })).toMatchObject({ ok: false, code: "bad-test" });
  expect(await tools.test({ server: "ollama", model: "m" })).toMatchObject({
    ok: false,
    code: "unreachable",
  });
});
