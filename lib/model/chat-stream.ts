/** Bytes of a chat-completions stream → text, signs of thinking, and one end. */
import { createParser } from "eventsource-parser";
import type { Usage } from "#lib/project/rows.ts";
import { ModelFailure } from "./types.ts";

export type ChatEvent =
  | { type: "text"; text: string }
  | { type: "thinking" }
  | { type: "end"; reason: "stop" | "length" | "refusal" | "incomplete"; usage: Usage | null };

type Chunk = {
  error?: { message?: unknown; code?: unknown };
  choices?: {
    delta?: { content?: unknown; reasoning_content?: unknown; reasoning?: unknown };
    finish_reason?: unknown;
  }[];
  usage?: { prompt_tokens?: unknown; completion_tokens?: unknown } | null;
};

const MAX_BAD_EVENTS = 20;
const REASONS: Record<string, "stop" | "length" | "refusal"> = {
  stop: "stop",
  length: "length",
  content_filter: "refusal",
};

/** All that one read delivers is joined into one text: a thousand wake-ups a second are the cost, not the parsing. */
export async function* readChatEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ChatEvent> {
  const reader = new ChatReader();
  for await (const bytes of body) {
    yield* reader.take(bytes);
    if (reader.isDone) break;
  }
  yield* reader.finish();
}

class ChatReader {
  isDone = false;
  private readonly decoder = new TextDecoder();
  private readonly parser = createParser({ onEvent: ({ data }) => this.event(data) });
  private text = "";
  private heldSurrogate = "";
  private thinks = false;
  private reason: "stop" | "length" | "refusal" | null = null;
  private usage: Usage | null = null;
  private badEvents = 0;

  *take(bytes: Uint8Array): Generator<ChatEvent> {
    this.parser.feed(this.decoder.decode(bytes, { stream: true }));
    yield* this.drain();
  }

  *finish(): Generator<ChatEvent> {
    // A last event without its blank line is still an event.
    this.parser.feed("\n\n");
    yield* this.drain();
    yield { type: "end", reason: this.reason ?? (this.isDone ? "stop" : "incomplete"), usage: this.usage };
  }

  private *drain(): Generator<ChatEvent> {
    if (this.thinks) yield { type: "thinking" };
    this.thinks = false;
    const text = this.heldSurrogate + this.text;
    this.heldSurrogate = /[\ud800-\udbff]$/.exec(text)?.[0] ?? "";
    this.text = "";
    const whole = this.heldSurrogate ? text.slice(0, -1) : text;
    if (whole !== "") yield { type: "text", text: whole };
  }

  private event(data: string): void {
    if (data.trim() === "[DONE]") {
      this.isDone = true;
      return;
    }
    const chunk = parseChunk(data);
    if (chunk === null) {
      if (++this.badEvents > MAX_BAD_EVENTS)
        throw new ModelFailure("bad-stream", `more than ${MAX_BAD_EVENTS} unreadable events`);
      return;
    }
    if (chunk.error)
      throw new ModelFailure(
        "overloaded",
        String(chunk.error.message ?? "the server reported an error").slice(0, 300),
      );
    this.chunk(chunk);
  }

  private chunk({ choices, usage }: Chunk): void {
    const choice = Array.isArray(choices) ? choices[0] : undefined;
    if (typeof choice?.delta?.content === "string") this.text += choice.delta.content;
    if (choice?.delta?.reasoning_content || choice?.delta?.reasoning) this.thinks = true;
    if (typeof choice?.finish_reason === "string") this.reason = REASONS[choice.finish_reason] ?? "stop";
    if (usage)
      this.usage = { inputTokens: count(usage.prompt_tokens), outputTokens: count(usage.completion_tokens) };
  }
}

function parseChunk(data: string): Chunk | null {
  try {
    const value: unknown = JSON.parse(data);
    return value && typeof value === "object" ? (value as Chunk) : null;
  } catch {
    // Counted by the caller: a few broken events are skipped, many end the turn.
    return null;
  }
}

function count(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
