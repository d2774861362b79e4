/** What only chat completions have: habits of servers that call themselves compatible (models.md §3.1). */
import { afterEach, expect, test } from "vitest";
import { ask, createBed, factsOf, KEY } from "../fixtures/providers/every-driver.ts";
import type { Step } from "../fixtures/providers/script.ts";

const bed = createBed();
afterEach(bed.clear);

test("the request is what every server understands, and the usage comes back", async () => {
  const server = await bed.serve([{ text: "Hello" }]);
  const outcome = await ask(bed.driver("chat"));
  expect(server.requests[0]).toMatchObject({
    path: "/v1/chat/completions",
    headers: { authorization: `Bearer ${KEY}` },
    body: { model: "scripted", stream: true, max_tokens: 16_000, stream_options: { include_usage: true } },
  });
  expect(factsOf(outcome, "end")).toEqual([
    { type: "end", reason: "stop", usage: { inputTokens: 10, outputTokens: 1 } },
  ]);
});

test.each([
  ["no [DONE]", [{ text: "a", done: false }]],
  ["no finish reason", [{ text: "a", finishReason: null }]],
  ["CRLF and comments", [{ raw: ': hi\r\n\r\ndata: {"choices":[{"delta":{"content":"a"}}]}\r\n\r\n' }]],
  [
    "null content, no choices",
    [{ raw: 'data: {"choices":[{"delta":{"content":null}}]}\n\ndata: {"choices":[]}\n\n' }, { text: "a" }],
  ],
] as [string, Step[]][])("%s is understood", async (_what, script) => {
  await bed.serve(script);
  const outcome = await ask(bed.driver("chat"));
  expect(outcome).toMatchObject({ text: "a", failure: null });
  expect(factsOf(outcome, "end")).toMatchObject([{ reason: "stop" }]);
});

test.each([
  ["a status in place of a name", { code: 429, message: "slower" }, "rate-limited"],
  [
    "the name of llama.cpp for a prompt that is too long",
    { code: 400, type: "exceed_context_size_error" },
    "too-long",
  ],
  ["a server that still loads its model", { code: 503, type: "unavailable_error" }, "overloaded"],
  ["nothing that is known", { code: "strange" }, "overloaded"],
])("an error in the stream with %s", async (_what, error, code) => {
  await bed.serve([{ text: "half" }, { event: { error, choices: [] } }]);
  expect(await ask(bed.driver("chat"))).toMatchObject({ text: "half", failure: { code } });
});

test.each([
  ["an empty finish reason in every chunk", [chunk("half", "")]],
  ["text behind its finish reason", [chunk("ha", "stop"), chunk("lf", null)]],
])("a server that has %s has not ended", async (_what, chunks) => {
  await bed.serve([...chunks.map((event): Step => ({ event })), { never: true }]);
  const outcome = await ask(bed.driver("chat", { idleMs: 200 }));
  expect(outcome).toMatchObject({ text: "half", failure: { code: "idle-timeout" } });
});

function chunk(content: string, finish_reason: string | null): object {
  return { choices: [{ index: 0, delta: { content }, finish_reason }] };
}

test("what a server refuses to know is left out, once and for all", async () => {
  const refuse = (name: string): Step[] => [
    { status: 400, body: `{"error":{"message":"Unknown parameter: ${name}"}}` },
  ];
  const server = await bed.serve((call) =>
    call === 0 ? refuse("stream_options") : call === 1 ? refuse("max_tokens") : [{ text: "ok" }],
  );
  const driver = bed.driver("chat");
  expect(await ask(driver)).toMatchObject({ text: "ok", failure: null });
  expect(await ask(driver)).toMatchObject({ text: "ok", failure: null });
  expect(server.requests).toHaveLength(4);
  expect(server.requests[3]?.body).not.toHaveProperty("stream_options");
  expect(server.requests[3]?.body).toMatchObject({ max_completion_tokens: 16_000 });
});

test("connections are opened before they are needed, and kept", async () => {
  const server = await bed.serve([{ text: "a" }]);
  const driver = bed.driver("chat");
  await Promise.all([driver.warm(), driver.warm()]);
  const opened = server.connections();
  expect(opened).toBe(3);
  const outcomes = await Promise.all([ask(driver), ask(driver), ask(driver)]);
  expect(
    outcomes.flatMap((outcome) => factsOf(outcome, "start")).map(({ connection }) => connection),
  ).toEqual(["warm", "warm", "warm"]);
  await ask(driver);
  expect(server.connections()).toBe(opened);
});

test("user, password and query of the base URL are in no error", async () => {
  await bed.serve([{ status: 401 }]);
  const baseUrl = `${bed.server().url.replace("//", "//me:hunter2%40@")}/v1/?api-version=secret1`;
  const { failure } = await ask(bed.driver("chat", { baseUrl, apiKey: null }));
  expect(failure?.detail).toMatch(/^model "scripted" at http:\/\/127[^?@]*$/);
  expect(bed.server().requests[0]).toMatchObject({
    path: "/v1/chat/completions?api-version=secret1",
    headers: { authorization: `Basic ${Buffer.from("me:hunter2@").toString("base64")}` },
  });
});
