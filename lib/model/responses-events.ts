/**
 * The events of a response, over SSE and over the socket alike (models.md §3.2). Text, refusals and the input of freeform
 * tools are all text for us: a V4A patch is applied while it arrives. Unknown types are skipped.
 */
import type { Usage } from "#lib/project/rows.ts";
import { type Answer, countOf, isEvent, type ModelEvent } from "./answer.ts";
import { failureOfReport } from "./failures.ts";
import { limitsOfEvent, limitsOfHeaders } from "./limits.ts";
import type { EndReason } from "./types.ts";

const REASONS: Record<string, EndReason> = {
  max_output_tokens: "length",
  content_filter: "refusal",
  steered: "steered",
};

const handlers: Record<string, (event: ModelEvent, answer: Answer) => void> = {
  "response.created": ({ response }, answer) => answer.started(idOf(response)),
  "response.output_item.added": ({ item }, answer) => {
    const type = isEvent(item) ? item.type : null;
    if (type === "reasoning") answer.think();
    else answer.startPiece();
  },
  "response.content_part.added": (_event, answer) => answer.startPiece(),
  "response.output_text.delta": addDelta,
  "response.custom_tool_call_input.delta": addDelta,
  "response.refusal.delta": (event, answer) => {
    addDelta(event, answer);
    answer.reason = "refusal";
  },
  "response.reasoning_text.delta": (_event, answer) => answer.think(),
  "response.reasoning_summary_text.delta": (_event, answer) => answer.think(),
  "response.completed": ({ response }, answer) => finish(response, answer, answer.reason ?? "stop"),
  "response.incomplete": ({ response }, answer) => finish(response, answer, incompleteReason(response)),
  "response.failed": ({ response }, answer) => {
    throw failureOfReport(isEvent(response) ? response.error : null, answer.server);
  },
  error: (event, answer) => {
    const { status, headers } = event;
    const { asker } = answer.server;
    const limits = isEvent(headers)
      ? limitsOfHeaders(headers as Record<string, string>, asker, Date.now())
      : [];
    if (limits.length > 0) answer.note({ type: "limits", limits });
    const report = isEvent(event.error) ? { status, headers, ...event.error } : { ...event, type: null };
    throw failureOfReport(report, answer.server);
  },
  "codex.rate_limits": (event, { server, note }) => {
    const limits = limitsOfEvent(event, server.asker, Date.now());
    if (limits.length > 0) note({ type: "limits", limits });
  },
};

export function understandResponses(event: ModelEvent, answer: Answer): void {
  const type = String(event.type);
  if (Object.hasOwn(handlers, type)) handlers[type]?.(event, answer);
}

function addDelta({ delta }: ModelEvent, answer: Answer): void {
  if (typeof delta === "string") answer.add(delta);
}

function finish(response: unknown, answer: Answer, reason: EndReason): void {
  answer.reason = reason;
  if (isEvent(response) && isEvent(response.usage)) answer.addUsage(usageOf(response.usage));
  answer.isDone = true;
}

function incompleteReason(response: unknown): EndReason {
  const details = isEvent(response) ? response.incomplete_details : null;
  return REASONS[String(isEvent(details) ? details.reason : "")] ?? "incomplete";
}

export function idOf(response: unknown): string | null {
  return isEvent(response) && typeof response.id === "string" ? response.id : null;
}

function usageOf(usage: ModelEvent): Usage {
  const cached = isEvent(usage.input_tokens_details)
    ? countOf(usage.input_tokens_details.cached_tokens)
    : null;
  return {
    inputTokens: countOf(usage.input_tokens),
    outputTokens: countOf(usage.output_tokens),
    ...(cached === null ? {} : { cachedTokens: cached }),
  };
}
