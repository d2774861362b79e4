/** The events of Anthropic's messages. Unknown types, such as `ping`, are skipped, as its documentation asks. */
import type { Usage } from "#lib/project/rows.ts";
import { type Answer, countOf, isEvent, type ModelEvent } from "./answer.ts";
import { failureOfReport } from "./failures.ts";
import { idOf } from "./responses-events.ts";
import type { EndReason } from "./types.ts";

const REASONS: Record<string, EndReason> = {
  max_tokens: "length",
  model_context_window_exceeded: "length",
  refusal: "refusal",
  pause_turn: "incomplete",
};

export function understandMessages(event: ModelEvent, answer: Answer): void {
  switch (event.type) {
    case "message_start":
      answer.started(idOf(event.message));
      return readUsage(event.message, answer);
    case "content_block_start":
      return startBlock(event.content_block, answer);
    case "content_block_delta":
      return readDelta(event.delta, answer);
    case "message_delta":
      if (isEvent(event.delta) && typeof event.delta.stop_reason === "string") {
        answer.reason = REASONS[event.delta.stop_reason] ?? "stop";
        answer.hasEnded = true;
      }
      return readUsage(event, answer);
    case "message_stop":
      answer.isDone = true;
      return;
    case "error":
      throw failureOfReport(event.error, answer.server);
    default:
    // Pings, ends of blocks, and what is still to be invented.
  }
}

function startBlock(block: unknown, answer: Answer): void {
  if (!isEvent(block)) return;
  if (block.type === "thinking" || block.type === "redacted_thinking") return answer.think();
  answer.startPiece();
  if (typeof block.text === "string") answer.add(block.text);
}

function readDelta(delta: unknown, answer: Answer): void {
  if (!isEvent(delta)) return;
  if (typeof delta.text === "string") answer.add(delta.text);
  else if (delta.type === "thinking_delta") answer.think();
}

/** The beginning tells what went in, the end what came out; what was cached is counted beside the rest of the input. */
function readUsage(said: unknown, answer: Answer): void {
  if (!isEvent(said) || !isEvent(said.usage)) return;
  const { input_tokens, cache_creation_input_tokens, cache_read_input_tokens, output_tokens } = said.usage;
  const before: Usage = answer.usage ?? { inputTokens: null, outputTokens: null };
  const cached = countOf(cache_read_input_tokens);
  const fresh = countOf(input_tokens);
  const isInputTold = fresh !== null && before.inputTokens === null;
  answer.usage = {
    ...before,
    outputTokens: countOf(output_tokens) ?? before.outputTokens,
    ...(isInputTold
      ? { inputTokens: fresh + (countOf(cache_creation_input_tokens) ?? 0) + (cached ?? 0) }
      : {}),
    ...(isInputTold && cached !== null ? { cachedTokens: cached } : {}),
  };
}
