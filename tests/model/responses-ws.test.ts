/** What only the persistent WebSocket has (models.md §3.3), against a scripted server that keeps the protocol's rules. */
import { afterEach, expect, test } from "vitest";
import type { Prompt } from "../../lib/prompt/types.ts";
import { ask, createBed, factsOf, prompt } from "../fixtures/providers/every-driver.ts";

const bed = createBed();
afterEach(bed.clear);

type Body = {
  previous_response_id?: string;
  input: { content?: { text: string }[]; call_id?: string }[];
  generate?: boolean;
  instructions: string;
};
const bodies = () => bed.server().requests.map(({ body }) => body as Body);
const [system, user] = prompt.messages;
const with_ = (...contents: string[]): Prompt => ({
  ...prompt,
  messages: [...prompt.messages, ...contents.map((content) => ({ role: "user" as const, content }))],
});

test("the request has what the socket needs, and nothing that it refuses", async () => {
  const server = await bed.serve([{ text: "Hello" }]);
  const outcome = await ask(bed.driver("responses-ws"));
  expect(outcome).toMatchObject({ text: "Hello", failure: null });
  expect(factsOf(outcome, "start")).toEqual([{ type: "start", connection: "new", responseId: "resp_r0" }]);
  expect(server.requests[0]).toMatchObject({
    transport: "ws",
    path: "/v1/responses",
    headers: { "openai-beta": "responses_websockets=2026-02-06" },
    body: {
      type: "response.create",
      model: "scripted",
      store: false,
      prompt_cache_key: "s",
      max_output_tokens: 16_000,
    },
  });
  expect(bodies()[0]).not.toHaveProperty("stream");
  expect(bodies()[0]).not.toHaveProperty("previous_response_id");
});

test("what goes on from an answer is sent alone, on the same socket", async () => {
  const server = await bed.serve([{ text: "first" }]);
  const driver = bed.driver("responses-ws");
  await ask(driver);
  const second = await ask(driver, undefined, with_("and now?"));
  expect(factsOf(second, "start")).toMatchObject([{ connection: "warm" }]);
  expect(bodies()[1]).toMatchObject({ previous_response_id: "resp_r0", instructions: system?.content });
  expect(bodies()[1]?.input.map((item) => item.content?.[0]?.text)).toEqual(["and now?"]);
  // Another prompt does not go on from it.
  await ask(driver, undefined, { ...prompt, messages: [{ role: "user", content: "new" }] });
  expect(bodies()[2]).not.toHaveProperty("previous_response_id");
  expect(server.connections()).toBe(1);
});

test("a call of the patch tool is text, and is answered by what goes on from it", async () => {
  const patch = "*** Begin Patch\n*** Delete File: /a.tsx\n*** End Patch\n";
  const server = await bed.serve((call) =>
    call === 0 ? [{ text: "Removing it." }, { patch, chunkChars: 3 }] : [{ text: "ok" }],
  );
  const driver = bed.driver("responses-ws", { model: "gpt-5-codex" });
  expect((await ask(driver)).text).toBe(`Removing it.\n${patch}`);
  await ask(driver, undefined, with_("again"));
  expect(server.requests[0]?.body).toMatchObject({ tools: [{ type: "custom", name: "apply_patch" }] });
  expect(bodies()[1]?.input).toMatchObject([
    { type: "custom_tool_call_output", call_id: "call_item_1" },
    { type: "message" },
  ]);
});

test("the prompts' beginning is uploaded before anyone asks", async () => {
  const server = await bed.serve([{ text: "a" }]);
  const driver = bed.driver("responses-ws");
  if (!system || !user) throw new Error("the prompt has two messages");
  // The room is opened, then the box is focused, twice.
  await driver.warm();
  await Promise.all([driver.warm([system, user]), driver.warm([system, user])]);
  expect(server.requests).toHaveLength(3);
  expect(bodies().map(({ generate }) => generate)).toEqual([false, false, false]);
  const outcomes = await Promise.all(["A", "B", "C"].map((letter) => ask(driver, undefined, with_(letter))));
  expect(outcomes.map((outcome) => factsOf(outcome, "start")[0]?.connection)).toEqual([
    "warm",
    "warm",
    "warm",
  ]);
  const asked = bodies().slice(3);
  expect(asked.map(({ input }) => input.map((item) => item.content?.[0]?.text))).toEqual([
    ["A"],
    ["B"],
    ["C"],
  ]);
  expect(new Set(asked.map((each) => each.previous_response_id)).size).toBe(3);
  expect(server.connections()).toBe(3);
});

test("what all prompts begin with is uploaded to the sockets that follow", async () => {
  await bed.serve([{ text: "a" }]);
  const driver = bed.driver("responses-ws");
  await ask(driver);
  await driver.warm();
  expect(bodies().slice(1)).toMatchObject([
    { generate: false, instructions: system?.content, input: [] },
    { generate: false },
  ]);
  const asked = await Promise.all([ask(driver), ask(driver)]);
  expect(asked.map(({ failure }) => failure)).toEqual([null, null]);
  expect(
    bodies()
      .slice(3)
      .filter((body) => body.previous_response_id),
  ).not.toEqual([]);
});

test("three variants have a socket each; stopping one leaves the others, and the next finds a fresh one", async () => {
  const server = await bed.serve((call) =>
    call < 3 ? [{ text: "word ".repeat(400), rate: 1_000 }] : [{ text: "next" }],
  );
  const driver = bed.driver("responses-ws");
  const abort = new AbortController();
  const all = [ask(driver, abort.signal), ask(driver), ask(driver)];
  await expect.poll(() => server.requests.length).toBe(3);
  abort.abort();
  const [stopped, ...others] = await Promise.all(all);
  expect(stopped?.failure).toBeNull();
  expect(others.map(({ text }) => text.length)).toEqual([2_000, 2_000]);
  expect(server.requests.filter(({ aborted }) => aborted)).toHaveLength(1);
  expect(new Set(server.requests.map(({ socket }) => socket)).size).toBe(3);
  expect(await ask(driver)).toMatchObject({ text: "next", failure: null });
});

test("a spent connection is replaced, and everything is sent again", async () => {
  const server = await bed.serve([{ text: "a" }], { responsesPerSocket: 1 });
  const driver = bed.driver("responses-ws");
  await ask(driver);
  expect(await ask(driver, undefined, with_("more"))).toMatchObject({ text: "a", failure: null });
  expect(server.connections()).toBe(2);
  const [, last] = bodies();
  expect(last).not.toHaveProperty("previous_response_id");
  expect(last?.input.map((item) => item.content?.[0]?.text)).toEqual([user?.content, "more"]);
});

test("a response that the server forgot is asked for in full", async () => {
  const code = "previous_response_not_found";
  const server = await bed.serve((call) =>
    call === 1
      ? [{ status: 400, body: JSON.stringify({ error: { code, message: "gone" } }) }]
      : [{ text: "a" }],
  );
  const driver = bed.driver("responses-ws");
  await ask(driver);
  expect(await ask(driver, undefined, with_("more"))).toMatchObject({ text: "a", failure: null });
  expect(bodies().map((body) => body.previous_response_id)).toEqual([undefined, "resp_r0", undefined]);
  expect(server.requests[2]?.socket).not.toBe(server.requests[1]?.socket);
});

test("a connection is replaced before the server ends it", async () => {
  const server = await bed.serve([{ text: "a" }]);
  const driver = bed.driver("responses-ws", { socketLifeMs: 0 } as never);
  await ask(driver);
  await ask(driver, undefined, with_("more"));
  expect(server.connections()).toBe(2);
  expect(bodies()[1]).not.toHaveProperty("previous_response_id");
});

test.each([404, 426, 501])(
  "an upgrade that is refused with %i goes over HTTP, and is said once",
  async (status) => {
    const server = await bed.serve([{ text: "a" }], { upgrade: () => ({ status }) });
    const driver = bed.driver("responses-ws");
    const first = await ask(driver);
    expect(first).toMatchObject({ text: "a", failure: null });
    expect(factsOf(first, "notice")[0]?.text).toMatch(new RegExp(`No WebSocket .*${status}.*HTTP`));
    expect(factsOf(await ask(driver), "notice")).toEqual([]);
    expect(server.requests.map(({ transport }) => transport)).toEqual(["http", "http"]);
  },
);

test("a refused key is not tried over HTTP", async () => {
  const server = await bed.serve([{ text: "a" }], { upgrade: () => ({ status: 401 }) });
  expect((await ask(bed.driver("responses-ws"))).failure?.code).toBe("unauthorized");
  expect(server.requests).toEqual([]);
});

test("limits of a refused upgrade count", async () => {
  await bed.serve([{ text: "a" }], { upgrade: () => ({ status: 429, headers: { "retry-after": "7" } }) });
  expect((await ask(bed.driver("responses-ws"))).failure).toMatchObject({
    code: "rate-limited",
    retryAfterMs: 7_000,
  });
});

test("two broken connections in a row go over HTTP without losing the turn", async () => {
  const server = await bed.serve((call) => (call < 2 ? [{ cut: true }] : [{ text: "over HTTP" }]));
  const outcome = await ask(bed.driver("responses-ws"));
  expect(outcome).toMatchObject({ text: "over HTTP", failure: null });
  expect(server.requests.map(({ transport }) => transport)).toEqual(["ws", "ws", "http"]);
});

test("an answer that is asked for again starts once", async () => {
  const error = { code: "server_error", message: "busy" };
  await bed.serve((call) => (call === 0 ? [{ error }] : [{ text: "a" }]));
  const outcome = await ask(bed.driver("responses-ws"));
  expect(outcome).toMatchObject({ text: "a", failure: null });
  expect(factsOf(outcome, "start")).toMatchObject([{ responseId: "resp_r1" }]);
});

test("a connection that breaks after text is cut, never asked again", async () => {
  const server = await bed.serve([{ text: "half" }, { cut: true }]);
  expect(await ask(bed.driver("responses-ws"))).toMatchObject({ text: "half", failure: { code: "cut" } });
  expect(server.requests).toHaveLength(1);
});

test("new words steer the running answer: its successor follows in the same text", async () => {
  const server = await bed.serve(
    (call) => (call === 0 ? [{ text: "word ".repeat(20_000), rate: 1_000 }] : [{ text: "steered" }]),
    {
      steers: true,
    },
  );
  const driver = bed.driver("responses-ws");
  const outcome = ask(driver);
  await expect.poll(() => server.requests.length).toBe(1);
  expect(await driver.steer?.("Make it blue", "resp_unknown")).toBe(false);
  expect(await driver.steer?.("Make it blue", "resp_r0")).toBe(true);
  const { text, failure, facts, charsAtFact } = await outcome;
  expect(failure).toBeNull();
  expect(text).toMatch(/^word .*\nsteered$/s);
  expect(facts.filter(({ type }) => type === "start")).toMatchObject([
    { responseId: "resp_r0" },
    { responseId: "resp_r1" },
  ]);
  expect(facts.filter(({ type }) => type === "end")).toMatchObject([{ reason: "stop" }]);
  // The text before it is out when the successor is told of.
  expect(charsAtFact[facts.findLastIndex(({ type }) => type === "start")]).toBe(text.indexOf("\nsteered"));
  expect(bodies()[1]?.input[0]?.content?.[0]?.text).toBe("Make it blue");
});

test("a server that cannot be steered says so, and its answer goes on", async () => {
  const server = await bed.serve([{ text: "word ".repeat(200), rate: 1_000 }]);
  const driver = bed.driver("responses-ws");
  const outcome = ask(driver);
  await expect.poll(() => server.requests.length).toBe(1);
  expect(await driver.steer?.("Make it blue")).toBe(false);
  expect((await outcome).text).toBe("word ".repeat(200));
  expect(await driver.steer?.("Too late")).toBe(false);
});

test("a field that the server does not know is left out over either way", async () => {
  const body =
    '{"error":{"code":"invalid_request_error","message":"Unsupported parameter: max_output_tokens"}}';
  await bed.serve((call) => (call === 0 ? [{ status: 400, body }] : [{ text: "a" }]));
  expect(await ask(bed.driver("responses-ws"))).toMatchObject({ text: "a", failure: null });
  expect(bodies()[1]).not.toHaveProperty("max_output_tokens");
});
