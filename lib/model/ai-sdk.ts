/**
 * Any language model of the AI SDK, through `doStream()` and never more of it: its text stream costs three times as much and
 * cannot be left (models.md §1, §3.4). Connections, refusals, limits and patience are ours.
 */

import type { Prompt } from "#lib/prompt/types.ts";
import { Answer, countOf, isEvent, type ModelEvent } from "./answer.ts";
import { type Connections, openConnections } from "./connections.ts";
import { failureOfAnswer, failureOfError, failureOfReport, isModelFailure } from "./failures.ts";
import { type Fetch, guardedFetch } from "./guarded-fetch.ts";
import type { HttpOptions } from "./http-driver.ts";
import { limitsOfHeaders } from "./limits.ts";
import { withModelNames } from "./model-names.ts";
import { isRetried, pauseBefore } from "./retries.ts";
import { describeServer, type Server } from "./server.ts";
import type { Driver, EndReason, Model, ModelFact, Wire } from "./types.ts";
import { PATIENCE, type Patience, watch } from "./watchdog.ts";

/** The part of the SDK's `LanguageModelV2` and `V3` that is used. */
export type StreamingModel = {
  doStream(options: {
    prompt: never;
    maxOutputTokens: number;
    abortSignal: AbortSignal;
    includeRawChunks: false;
  }): PromiseLike<{ stream: ReadableStream<unknown> }>;
};

export type AiSdkOptions = HttpOptions & {
  wire: Wire;
  /** Loaded when it is first needed; the model is made anew for each answer, with that answer's fetch. */
  load(): Promise<(fetch: Fetch) => StreamingModel>;
};

type Source = {
  server: Server;
  connections: Connections;
  patience: Patience;
  retryMs: number;
  load: AiSdkOptions["load"];
};

const REASONS: Record<string, EndReason> = {
  stop: "stop",
  length: "length",
  "content-filter": "refusal",
  "tool-calls": "stop",
};

export function createAiSdkDriver(options: AiSdkOptions): Driver {
  const server = describeServer(options);
  const connections = openConnections(server, options.connectMs);
  const source: Source = {
    server,
    connections,
    patience: { ...PATIENCE, ...options },
    retryMs: options.retryMs ?? 400,
    load: options.load,
  };
  return {
    name: options.name ?? options.model,
    builtIn: false,
    wire: options.wire,
    model: createModel(source),
    async warm() {
      await Promise.allSettled([options.load(), connections.warm()]);
    },
    close: connections.close,
  };
}

function createModel(source: Source): Model {
  return async function* model(prompt, signal, note = () => {}) {
    if (signal.aborted) return;
    // Not the server's time.
    const make = await source.load();
    if (signal.aborted) return;
    const abort = new AbortController();
    const stop = () => abort.abort();
    signal.addEventListener("abort", stop, { once: true });
    const watchdog = watch(source.patience, (failure) => abort.abort(failure));
    try {
      const { stream, connection } = await open(source, make, prompt, abort.signal, note);
      const answer = new Answer(source.server, connection, note);
      for await (const text of readText(stream, answer, abort.signal, watchdog.sawThinking)) {
        if (signal.aborted) return;
        watchdog.pause();
        yield text;
        watchdog.sawText();
      }
      if (!signal.aborted) answer.end();
    } catch (error) {
      const why = isModelFailure(abort.signal.reason) ? abort.signal.reason : error;
      if (!signal.aborted) throw failureOfError(why, source.server);
    } finally {
      watchdog.end();
      signal.removeEventListener("abort", stop);
      abort.abort();
    }
  };
}

async function* readText(
  stream: ReadableStream<unknown>,
  answer: Answer,
  signal: AbortSignal,
  sawThinking: () => void,
): AsyncGenerator<string> {
  const reader = stream.getReader();
  // A stopped stream must not be waited for.
  const stop = () => void reader.cancel(signal.reason).catch(() => {});
  signal.addEventListener("abort", stop, { once: true });
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      if (isEvent(read.value)) understandPart(read.value, answer);
      if (answer.takeThinking()) {
        sawThinking();
        answer.note({ type: "thinking" });
      }
      const text = answer.takeText();
      if (text !== "") yield text;
    }
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function understandPart(part: ModelEvent, answer: Answer): void {
  switch (part.type) {
    case "response-metadata":
      return answer.started(typeof part.id === "string" ? part.id : null);
    case "text-start":
      return answer.startPiece();
    case "text-delta":
      return answer.add(typeof part.delta === "string" ? part.delta : "");
    case "reasoning-start":
    case "reasoning-delta":
      return answer.think();
    case "finish":
      return finish(part, answer);
    case "error":
      return reportError(part.error, answer);
    default:
    // Sources, files, raw events: nothing that edits a page.
  }
}

function finish({ finishReason, usage }: ModelEvent, answer: Answer): void {
  const { unified, raw } = isEvent(finishReason)
    ? finishReason
    : { unified: finishReason, raw: finishReason };
  // Without the provider's own word the stream just ended.
  answer.reason = REASONS[String(unified)] ?? (raw === undefined ? "incomplete" : "stop");
  if (isEvent(usage)) answer.usage = usageOf(usage);
}

function usageOf({ inputTokens, outputTokens }: ModelEvent) {
  const total = (tokens: unknown) => countOf(isEvent(tokens) ? tokens.total : tokens);
  const cached = isEvent(inputTokens) ? countOf(inputTokens.cacheRead) : null;
  return {
    inputTokens: total(inputTokens),
    outputTokens: total(outputTokens),
    ...(cached === null ? {} : { cachedTokens: cached }),
  };
}

function reportError(error: unknown, answer: Answer): void {
  const name = error instanceof Error ? error.name : "";
  if (/JSONParse|TypeValidation/.test(name)) return answer.sawBadEvent();
  if (error instanceof Error) throw error;
  throw failureOfReport(error, answer.server);
}

type Opened = { stream: ReadableStream<unknown>; connection: "new" | "warm" };

async function open(
  source: Source,
  make: (fetch: Fetch) => StreamingModel,
  prompt: Prompt,
  signal: AbortSignal,
  note: (fact: ModelFact) => void,
): Promise<Opened> {
  const { server, connections } = source;
  for (let retries = 0; ; ) {
    const openedBefore = connections.opened();
    let refusal: unknown = null;
    const fetch = guardedFetch(
      connections.agent,
      (headers) => {
        const limits = limitsOfHeaders(headers, server.asker, Date.now());
        if (limits.length > 0) note({ type: "limits", limits });
      },
      (answer) => {
        refusal = failureOfAnswer(answer, server);
        return refusal;
      },
    );
    try {
      const { stream } = await make(fetch).doStream({
        prompt: messagesOf(prompt) as never,
        maxOutputTokens: prompt.maxOutputTokens,
        abortSignal: signal,
        includeRawChunks: false,
      });
      return { stream, connection: connections.opened() > openedBefore ? "new" : "warm" };
    } catch (error) {
      const failure = refusal ?? error;
      if (signal.aborted) throw failure;
      if (isModelFailure(failure) && failure.code === "not-found")
        throw await withModelNames(failure, server, connections);
      const said = isModelFailure(failure) ? failure : failureOfError(failure, server);
      if (!isRetried(said, retries) && !isRetried(failure, retries)) throw said;
    }
    await pauseBefore(++retries, source.retryMs, signal);
  }
}

/** For providers that cache a marked beginning only; others skip what is said to them by another's name. */
const CACHE_MARK = { providerOptions: { anthropic: { cacheControl: { type: "ephemeral" } } } };

/** The end of what the variants share is marked, so that it is cached once for all of them. */
function messagesOf({ messages, sharedChars = 0 }: Prompt): object[] {
  const request = messages.findIndex(({ role }) => role !== "system");
  return messages.map(({ role, content }, index) => {
    if (role === "system") return { role, content, ...CACHE_MARK };
    const shared = index === request ? content.slice(0, sharedChars) : "";
    const own = content.slice(shared.length);
    const parts = [
      ...(shared === "" ? [] : [{ type: "text", text: shared, ...CACHE_MARK }]),
      ...(own === "" ? [] : [{ type: "text", text: own }]),
    ];
    return { role, content: parts };
  });
}
