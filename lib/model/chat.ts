/**
 * Chat completions over SSE: the common denominator of hosted and local model servers. `POST {base}/chat/completions` with
 * `stream: true`; tolerant in what it reads (models.md §3.1), strict in what it yields (models.md §2).
 */
import { understandChat } from "./chat-events.ts";
import { createHttpDriver, type HttpOptions, type Protocol } from "./http-driver.ts";
import type { Driver } from "./types.ts";

const protocol: Protocol = {
  wire: "chat",
  path: "/chat/completions",
  optional: ["stream_options", "max_tokens"],
  understand: understandChat,
  startsWithHeaders: true,
  body: ({ messages, maxOutputTokens }, { model }, refused) => ({
    model,
    messages,
    stream: true,
    ...(refused.has("stream_options") ? {} : { stream_options: { include_usage: true } }),
    [refused.has("max_tokens") ? "max_completion_tokens" : "max_tokens"]: maxOutputTokens,
  }),
};

export function createChatDriver(options: HttpOptions): Driver {
  return createHttpDriver(protocol, options);
}
