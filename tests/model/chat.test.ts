/** The chat driver against a scripted server that speaks the real protocol over a real socket: every fault once. */
import { afterEach, expect, test } from "vitest";
import { createChatDriver } from "../../lib/model/chat.ts";
import { sentenceOf } from "../../lib/model/sentences.ts";
import type { ModelFact, ModelFailure } from "../../lib/model/types.ts";
import { templateFiles } from "../../lib/project/template.ts";
import { buildPrompt } from "../../lib/prompt/build-prompt.ts";
import { type ChatServer, type Step, startChatServer } from "../fixtures/providers/chat-server.ts";

const KEY = "sk-canary-1234567890";
const prompt = buildPrompt({
  text: "A page",
  kind: "create",
  files: templateFiles,
  letter: "A",
  position: 0,
  variantCount: 1,
  seed: "s",
  history: [],
});

let server: ChatServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

type Outcome = { text: string; pieces: string[]; facts: ModelFact[]; failure: ModelFailure | null };

async function ask(
  script: Step[] | ((call: number) => Step[]),
  signal = new AbortController().signal,
): Promise<Outcome> {
  let calls = 0;
  server = await startChatServer({ script: () => (typeof script === "function" ? script(calls++) : script) });
  return askAt(`${server.url}/v1`, signal);
}

async function askAt(baseUrl: string, signal = new AbortController().signal): Promise<Outcome> {
  const driver = createChatDriver({
    baseUrl,
    apiKey: KEY,
    model: "scripted",
    firstTextMs: 400,
    thinkingMs: 2_000,
    idleMs: 400,
    retryMs: 5,
  });
  const outcome: Outcome = { text: "", pieces: [], facts: [], failure: null };
  try {
    for await (const piece of driver.model(prompt, signal, (fact) => outcome.facts.push(fact)))
      outcome.pieces.push(piece);
  } catch (error) {
    outcome.failure = error as ModelFailure;
  }
  await driver.close();
  outcome.text = outcome.pieces.join("");
  return outcome;
}

const ends = (outcome: Outcome) => outcome.facts.filter((fact) => fact.type === "end");

test("text comes in order, with one end and the usage", async () => {
  const outcome = await ask([{ text: "Hello 🙂 wörld", chunkChars: 1 }]);
  expect(outcome).toMatchObject({ text: "Hello 🙂 wörld", failure: null });
  expect(outcome.pieces).not.toContain("");
  expect(ends(outcome)).toEqual([
    { type: "end", reason: "stop", usage: { inputTokens: 10, outputTokens: 4 } },
  ]);
  expect(server?.requests[0]).toMatchObject({
    headers: { authorization: `Bearer ${KEY}` },
    body: { model: "scripted", stream: true, max_tokens: 16_000 },
  });
});

test("characters that are split over reads are held back until they are whole", async () => {
  const bytes = Buffer.from(`data: ${JSON.stringify({ choices: [{ delta: { content: "é🙂" } }] })}\r\n\r\n`);
  const steps = [...bytes].map((byte): Step => ({ raw: Uint8Array.of(byte), delayMs: 1 }));
  expect((await ask([...steps, { text: "!" }])).text).toBe("é🙂!");
});

test.each([
  ["no [DONE]", [{ text: "a", done: false }], "a", "stop"],
  ["no finish reason", [{ text: "a", finishReason: null }], "a", "stop"],
  ["a length limit", [{ text: "a", finishReason: "length" }], "a", "length"],
  ["a refusal", [{ text: "no", finishReason: "content_filter" }], "no", "refusal"],
  [
    "comments, null content and a few broken events",
    [{ raw: ': hi\n\ndata: {"choices":[{"delta":{"content":null}}]}\n\ndata: {broken\n\n' }, { text: "a" }],
    "a",
    "stop",
  ],
] as [string, Step[], string, string][])("%s is understood", async (_what, script, text, reason) => {
  const outcome = await ask(script);
  expect(outcome).toMatchObject({ text, failure: null });
  expect(ends(outcome)).toMatchObject([{ reason }]);
});

test("reasoning is no text, and buys time", async () => {
  const thinking = { raw: 'data: {"choices":[{"delta":{"reasoning_content":"hm"}}]}\n\n' };
  const outcome = await ask([thinking, { delayMs: 700, text: "done" }]);
  expect(outcome).toMatchObject({ text: "done", failure: null });
  expect(outcome.facts.map((fact) => fact.type)).toContain("thinking");
});

test.each([
  [[{ status: 401, body: `{"error":{"message":"bad key ${KEY}"}}` }], "unauthorized"],
  [[{ status: 403 }], "unauthorized"],
  [[{ status: 404 }], "not-found"],
  [[{ status: 413 }], "too-long"],
  [[{ status: 429 }], "rate-limited"],
  [[{ status: 503 }], "overloaded"],
  [[{ status: 200, headers: { "content-type": "text/html" }, body: "<html>login</html>" }], "bad-stream"],
  [[{ raw: 'data: {"error":{"message":"upstream"}}\n\n' }], "overloaded"],
  [[{ raw: "data: {no\n\n".repeat(30) }], "bad-stream"],
  [[{ text: "half", cut: true }], "cut"],
  [[{ never: true, raw: ": open\n\n" }], "first-token-timeout"],
  [[{ text: "a" }, { never: true }], "idle-timeout"],
] as [Step[], string][])("the fault %j fails as %s, in words, without the key", async (script, code) => {
  const { failure } = await ask(script);
  expect(failure?.code).toBe(code);
  const said = `${failure?.message} ${failure && sentenceOf(failure)}`;
  expect(said).toMatch(/\w+ .*\./);
  expect(said).not.toContain(KEY);
});

test("a server that is not there is unreachable at once", async () => {
  const { failure } = await askAt("http://127.0.0.1:9/v1");
  expect(failure?.code).toBe("unreachable");
});

test("how long to wait is taken from the server", async () => {
  const { failure } = await ask([
    { status: 429, headers: { "retry-after": "7", "content-type": "application/json" } },
  ]);
  expect(failure).toMatchObject({ code: "rate-limited", retryAfterMs: 7_000 });
  expect(failure && sentenceOf(failure)).toContain("Try again in 7 s.");
});

test("an overloaded server is asked twice more before the first text, and never after it", async () => {
  expect(await ask((call) => (call < 2 ? [{ status: 503 }] : [{ text: "third time" }]))).toMatchObject({
    text: "third time",
    failure: null,
  });
  expect(server?.requests).toHaveLength(3);
  await server?.close();
  expect((await ask([{ text: "half", cut: true }])).failure?.code).toBe("cut");
  expect(server?.requests).toHaveLength(1);
});

test("what a server refuses to know is left out", async () => {
  const refuse = (name: string): Step[] => [
    { status: 400, body: `{"error":{"message":"Unknown parameter: ${name}"}}` },
  ];
  const outcome = await ask((call) =>
    call === 0 ? refuse("stream_options") : call === 1 ? refuse("max_tokens") : [{ text: "ok" }],
  );
  expect(outcome).toMatchObject({ text: "ok", failure: null });
  expect(server?.requests[2]?.body).not.toHaveProperty("stream_options");
  expect(server?.requests[2]?.body).toMatchObject({ max_completion_tokens: 16_000 });
});

test("a stop ends the text and closes the provider's socket", async () => {
  const abort = new AbortController();
  server = await startChatServer({ script: () => [{ text: "word ".repeat(5_000), rate: 1_000 }] });
  const driver = createChatDriver({ baseUrl: `${server.url}/v1`, apiKey: null, model: "m" });
  let after = 0;
  for await (const _piece of driver.model(prompt, abort.signal)) {
    if (abort.signal.aborted) after++;
    abort.abort();
  }
  expect(after).toBe(0);
  await expect.poll(() => server?.requests[0]?.aborted).toBe(true);
  await driver.close();
});

test("leaving the loop closes the provider's socket too", async () => {
  server = await startChatServer({ script: () => [{ text: "word ".repeat(5_000), rate: 1_000 }] });
  const driver = createChatDriver({ baseUrl: `${server.url}/v1`, apiKey: null, model: "m" });
  for await (const _piece of driver.model(prompt, new AbortController().signal)) break;
  await expect.poll(() => server?.requests[0]?.aborted).toBe(true);
  await driver.close();
});
