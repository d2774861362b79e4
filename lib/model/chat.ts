/**
 * Chat completions over SSE: the common denominator of hosted and local model servers. `POST {base}/chat/completions` with
 * `stream: true`; tolerant in what it reads (models.md §3.1), strict in what it yields (models.md §2).
 */
import { Agent, type Dispatcher, request as send } from "undici";
import type { Prompt } from "#lib/prompt/types.ts";
import { failureOfError, failureOfStatus } from "./chat-failures.ts";
import { type ChatEvent, readChatEvents } from "./chat-stream.ts";
import { type Driver, type Model, ModelFailure } from "./types.ts";

export type ChatOptions = {
  baseUrl: string;
  apiKey: string | null;
  model: string;
  name?: string;
  /** Longest wait for the first text, once the model reports that it thinks, and between texts. */
  firstTextMs?: number;
  thinkingMs?: number;
  idleMs?: number;
  /** Wait before a retry; doubled once. */
  retryMs?: number;
};

type Settings = Required<Omit<ChatOptions, "name">>;
type Response = Dispatcher.ResponseData;
/** What this server refused once and is not asked again. */
type Habits = { streamOptions: boolean; maxTokens: "max_tokens" | "max_completion_tokens" };

const MAX_RETRIES = 2;
const WARM_EVERY_MS = 30_000;

export function createChatDriver(options: ChatOptions): Driver {
  const settings: Settings = {
    firstTextMs: 15_000,
    thinkingMs: 60_000,
    idleMs: 20_000,
    retryMs: 400,
    ...options,
  };
  const agent = new Agent({
    keepAliveTimeout: 60_000,
    keepAliveMaxTimeout: 600_000,
    connections: 12,
    allowH2: false,
  });
  const habits: Habits = { streamOptions: true, maxTokens: "max_tokens" };
  let warmedAt = Number.NEGATIVE_INFINITY;
  return {
    name: options.name ?? options.model,
    builtIn: false,
    model: createModel(settings, agent, habits),
    async warm() {
      if (performance.now() - warmedAt < WARM_EVERY_MS) return;
      warmedAt = performance.now();
      try {
        const { body } = await send(`${settings.baseUrl}/models`, {
          dispatcher: agent,
          headers: headersOf(settings),
          headersTimeout: 5_000,
        });
        await body.dump();
      } catch {
        // Only the connection matters here; the turn itself will say what is wrong.
      }
    },
    close: () => agent.destroy(),
  };
}

function createModel(settings: Settings, agent: Agent, habits: Habits): Model {
  return async function* model(prompt, signal, note) {
    if (signal.aborted) return;
    const abort = new AbortController();
    const stop = () => abort.abort();
    signal.addEventListener("abort", stop, { once: true });
    try {
      const response = await open(settings, agent, habits, prompt, abort.signal);
      note?.({ type: "start", connection: "warm" });
      let texts = 0;
      for await (const event of withDeadlines(readChatEvents(response.body), settings)) {
        if (signal.aborted) return;
        if (event.type === "text") {
          texts++;
          yield event.text;
        } else if (event.type === "thinking") note?.({ type: "thinking" });
        else {
          if (event.reason === "incomplete" && texts === 0)
            throw new ModelFailure("cut", "the connection ended before any text");
          note?.({ type: "end", reason: event.reason, usage: event.usage });
        }
      }
    } catch (error) {
      if (!signal.aborted) throw failureOfError(error);
    } finally {
      signal.removeEventListener("abort", stop);
      // Leaving the loop early must stop the provider too: it bills for what it writes.
      abort.abort();
    }
  };
}

/** Sends the request; tries again without what this server does not know, and up to twice when it is overloaded. */
async function open(
  settings: Settings,
  agent: Agent,
  habits: Habits,
  prompt: Prompt,
  signal: AbortSignal,
): Promise<Response> {
  for (let retries = 0; ; ) {
    const response = await post(settings, agent, habits, prompt, signal);
    const type = String(response.headers["content-type"] ?? "");
    if (response.statusCode === 200 && !/text\/html/.test(type)) return response;
    const detail = (await response.body.text()).slice(0, 2_000);
    if (response.statusCode === 400 && learn(habits, detail)) continue;
    const failure = failureOfStatus(response, detail, settings);
    if (failure.code !== "overloaded" || retries >= MAX_RETRIES) throw failure;
    await pause(settings.retryMs * 2 ** retries++, signal);
  }
}

function post(
  settings: Settings,
  agent: Agent,
  habits: Habits,
  prompt: Prompt,
  signal: AbortSignal,
): Promise<Response> {
  return send(`${settings.baseUrl}/chat/completions`, {
    method: "POST",
    dispatcher: agent,
    signal,
    headers: { ...headersOf(settings), "content-type": "application/json", accept: "text/event-stream" },
    headersTimeout: settings.firstTextMs,
    bodyTimeout: 0,
    body: JSON.stringify({
      model: settings.model,
      messages: prompt.messages,
      stream: true,
      ...(habits.streamOptions ? { stream_options: { include_usage: true } } : {}),
      [habits.maxTokens]: prompt.maxOutputTokens,
    }),
  });
}

function headersOf({ apiKey }: Settings): Record<string, string> {
  return apiKey ? { authorization: `Bearer ${apiKey}` } : {};
}

/** Did the refusal name something that can be left out? Each is left out once and for all. */
function learn(habits: Habits, detail: string): boolean {
  if (habits.streamOptions && /stream_options/.test(detail)) {
    habits.streamOptions = false;
    return true;
  }
  if (habits.maxTokens === "max_tokens" && /max_tokens/.test(detail)) {
    habits.maxTokens = "max_completion_tokens";
    return true;
  }
  return false;
}

/** Ends a stream that says nothing for too long. */
async function* withDeadlines(
  events: AsyncGenerator<ChatEvent>,
  settings: Settings,
): AsyncGenerator<ChatEvent> {
  let limitMs = settings.firstTextMs;
  let code: "first-token-timeout" | "idle-timeout" = "first-token-timeout";
  try {
    while (true) {
      const next = await withDeadline(events.next(), limitMs, code);
      if (next.done) return;
      if (next.value.type === "text") {
        limitMs = settings.idleMs;
        code = "idle-timeout";
      } else if (next.value.type === "thinking") limitMs = Math.max(limitMs, settings.thinkingMs);
      yield next.value;
    }
  } finally {
    // Not awaited: a read that hangs must not hold back whoever stopped listening.
    void events.return(undefined).catch(() => {});
  }
}

async function withDeadline<Value>(
  promise: Promise<Value>,
  limitMs: number,
  code: "first-token-timeout" | "idle-timeout",
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new ModelFailure(code, `nothing came for ${Math.round(limitMs / 1_000)} s`)),
      limitMs,
    );
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });
}
