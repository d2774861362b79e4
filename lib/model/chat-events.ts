/** The chunks of a chat completion. Tolerant: every field may be missing, null, or of another kind (models.md §3.1). */
import type { Usage } from "#lib/project/rows.ts";
import { type Answer, countOf, isEvent, type ModelEvent } from "./answer.ts";
import { failureOfReport } from "./failures.ts";
import type { EndReason } from "./types.ts";

const REASONS: Record<string, EndReason> = { stop: "stop", length: "length", content_filter: "refusal" };

export function understandChat(event: ModelEvent, answer: Answer): void {
  if (event.error) throw failureOfReport(event.error, answer.server);
  const choice = Array.isArray(event.choices) ? event.choices[0] : undefined;
  if (isEvent(choice)) readChoice(choice, answer);
  const usage = event.usage ?? (isEvent(event.x_groq) ? event.x_groq.usage : null);
  if (isEvent(usage)) answer.usage = usageOf(usage);
}

function readChoice(choice: ModelEvent, answer: Answer): void {
  const delta = isEvent(choice.delta) ? choice.delta : {};
  if (typeof delta.content === "string") answer.add(delta.content);
  if (typeof delta.refusal === "string") answer.add(delta.refusal);
  if (delta.reasoning_content || delta.reasoning) answer.think();
  // Some servers have an empty one in every chunk.
  if (typeof choice.finish_reason === "string" && choice.finish_reason !== "") {
    answer.reason = REASONS[choice.finish_reason] ?? "stop";
    answer.hasEnded = true;
  }
  if (typeof delta.refusal === "string" && delta.refusal !== "") answer.reason = "refusal";
}

function usageOf(usage: ModelEvent): Usage {
  const cached = isEvent(usage.prompt_tokens_details)
    ? countOf(usage.prompt_tokens_details.cached_tokens)
    : null;
  return {
    inputTokens: countOf(usage.prompt_tokens),
    outputTokens: countOf(usage.completion_tokens),
    ...(cached === null ? {} : { cachedTokens: cached }),
  };
}
