/** Clients we did not write read our scripted servers: else a test could agree with itself. */
import { createOpenAI } from "@ai-sdk/openai";
import { afterEach, expect, test } from "vitest";
import { createAiSdkDriver } from "../../lib/model/ai-sdk.ts";
import { ask, createBed, factsOf, KEY, prompt } from "../fixtures/providers/every-driver.ts";
import type { ProviderServer } from "../fixtures/providers/provider-server.ts";

const bed = createBed();
afterEach(bed.clear);

const text = 'const é = "🙂";\n'.repeat(20);

test.each(["chat", "responses"] as const)(
  "the AI SDK's OpenAI provider reads our %s server, through our driver",
  async (api) => {
    const server = await bed.serve([{ text, chunkChars: 7 }]);
    const baseURL = `${server.url}/v1`;
    const driver = createAiSdkDriver({
      wire: "chat",
      baseUrl: baseURL,
      apiKey: KEY,
      model: "scripted",
      load: async () => (fetch) => createOpenAI({ baseURL, apiKey: KEY, fetch })[api]("scripted"),
    });
    const outcome = await ask(driver);
    await driver.close();
    expect(outcome).toMatchObject({ text, failure: null });
    expect(factsOf(outcome, "start")).toHaveLength(1);
    expect(factsOf(outcome, "end")).toMatchObject([
      { reason: "stop", usage: { inputTokens: 10, outputTokens: Math.round(text.length / 4) } },
    ]);
    expect(server.requests[0]?.path).toBe(api === "chat" ? "/v1/chat/completions" : "/v1/responses");
  },
);

test("a freeform tool call is read as one by the AI SDK", async () => {
  const patch = "*** Begin Patch\n*** Delete File: /a.tsx\n*** End Patch\n";
  const server = await bed.serve([{ patch, chunkChars: 9 }]);
  const openai = createOpenAI({ baseURL: `${server.url}/v1`, apiKey: KEY });
  const { stream } = await openai.responses("gpt-5").doStream({
    prompt: [{ role: "user", content: [{ type: "text", text: "remove it" }] }],
    tools: [
      {
        type: "provider",
        id: "openai.custom",
        name: "apply_patch",
        args: { name: "apply_patch", format: { type: "text" } },
      },
    ],
  });
  const parts: { type: string; delta?: string }[] = [];
  for await (const part of stream as AsyncIterable<{ type: string }>) parts.push(part);
  expect(parts.filter(({ type }) => type === "error")).toEqual([]);
  const input = parts.filter(({ type }) => type === "tool-input-delta").map(({ delta }) => delta);
  expect(input.join("")).toBe(patch);
});

test("we ask Anthropic for the same as its provider of the AI SDK does, and read the same", async () => {
  const server = await bed.serve([{ thinking: true }, { text, chunkChars: 7 }]);
  const [ours, theirs] = [await ask(bed.driver("anthropic")), await ask(bed.driver("ai-sdk"))];
  expect(ours.text).toBe(theirs.text);
  expect(factsOf(ours, "end")).toEqual(factsOf(theirs, "end"));
  const [sent, expected] = server.requests.map(({ path, headers, body }) => ({
    path,
    version: headers["anthropic-version"],
    key: headers["x-api-key"],
    body,
  }));
  expect(sent).toEqual(expected);
});

test("what the variants share is marked for Anthropic's cache, what differs stands behind it", async () => {
  const server = await bed.serve([{ text: "a" }]);
  await ask(bed.driver("anthropic"));
  const { system, messages } = bodyOf(server);
  const [shared, own] = messages[0]?.content ?? [];
  expect([system[0], shared].map((block) => block?.cache_control)).toEqual(
    Array(2).fill({ type: "ephemeral" }),
  );
  expect(own).toEqual({ type: "text", text: expect.stringMatching(/^# You write variant A/) });
  expect(`${shared?.text}${own?.text}`).toBe(prompt.messages[1]?.content);
});

function bodyOf({ requests: [first] }: ProviderServer): {
  system: Block[];
  messages: { content: Block[] }[];
} {
  return first?.body as { system: Block[]; messages: { content: Block[] }[] };
}

type Block = { text: string; cache_control?: object };
