/**
 * Anthropic's messages over SSE, read by us: the AI SDK spends five times the time on each chunk (docs/decisions, model
 * wires). `POST {base}/messages`.
 */
import type { Message, Prompt } from "#lib/prompt/types.ts";
import { createHttpDriver, type HttpOptions, type Protocol } from "./http-driver.ts";
import { understandMessages } from "./messages-events.ts";
import type { Driver } from "./types.ts";

const VERSION = "2023-06-01";
/** Nothing is cached that is not marked. */
const CACHED = { cache_control: { type: "ephemeral" } };

const protocol: Protocol = {
  wire: "anthropic",
  path: "/messages",
  optional: [],
  understand: understandMessages,
  startsWithHeaders: false,
  body: ({ messages, maxOutputTokens, sharedChars }, { model }) => ({
    model,
    max_tokens: maxOutputTokens,
    ...inputOf(messages, sharedChars),
    stream: true,
  }),
};

export function createAnthropicDriver(options: HttpOptions): Driver {
  const { apiKey } = options;
  const headers = { "anthropic-version": VERSION, ...(apiKey ? { "x-api-key": apiKey } : {}) };
  return createHttpDriver(protocol, { ...options, headers });
}

function inputOf(messages: readonly Message[], sharedChars: Prompt["sharedChars"]): object {
  const system = messages.filter(({ role }) => role === "system");
  const rest = messages.filter(({ role }) => role !== "system");
  return {
    ...(system.length > 0
      ? { system: system.map(({ content }) => ({ ...textOf(content), ...CACHED })) }
      : {}),
    messages: rest.map(({ role, content }, index) => ({
      role,
      content: index === 0 && sharedChars ? sharedAndOwn(content, sharedChars) : [textOf(content)],
    })),
  };
}

/** What all variants are asked, cached once for all of them, and what only this one is. */
function sharedAndOwn(content: string, sharedChars: number): object[] {
  const own = content.slice(sharedChars);
  const shared = { ...textOf(content.slice(0, sharedChars)), ...CACHED };
  return own === "" ? [shared] : [shared, textOf(own)];
}

function textOf(text: string): object {
  return { type: "text", text };
}
