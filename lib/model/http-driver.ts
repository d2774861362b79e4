/**
 * A driver over `POST` and an event stream; what differs between chat completions and responses is handed in. All that one
 * read delivers is joined into one text: a thousand wake-ups a second are the cost, not the parsing.
 */
import { setImmediate, setTimeout as setTimeoutOf } from "node:timers/promises";
import { type Dispatcher, request as send } from "undici";
import type { Prompt } from "#lib/prompt/types.ts";
import { Answer, type Understand } from "./answer.ts";
import { type Connections, openConnections } from "./connections.ts";
import { failureOfAnswer, failureOfError, isModelFailure } from "./failures.ts";
import { limitsOfHeaders } from "./limits.ts";
import { withModelNames } from "./model-names.ts";
import { learn } from "./refusals.ts";
import { isRetried, pauseBefore } from "./retries.ts";
import { describeServer, type Server, type ServerOptions } from "./server.ts";
import { createSseReader } from "./sse.ts";
import type { Driver, Model, ModelFact, Wire } from "./types.ts";
import { PATIENCE, type Patience, type Watchdog, watch } from "./watchdog.ts";

export type HttpOptions = ServerOptions &
  Partial<Patience> & {
    /** For people; default: the model's name. */
    name?: string;
    /** Longest wait for a connection. */
    connectMs?: number;
    /** Wait before a retry; doubled once. */
    retryMs?: number;
  };

export type Protocol = {
  wire: Wire;
  path: string;
  /** Without the fields that this server refused. */
  body(prompt: Prompt, server: Server, refused: ReadonlySet<string>): object;
  /** Fields that can be left out when a server refuses them. */
  optional: readonly string[];
  understand: Understand;
  /** Answered headers are the start; else an event is. */
  startsWithHeaders: boolean;
};

type Upstream = {
  protocol: Protocol;
  server: Server;
  connections: Connections;
  patience: Patience;
  retryMs: number;
  /** What this server refused once and is not sent again. */
  refused: Set<string>;
};

/** How long a server may take to close an answer that it said is done. */
const LAST_BYTES_MS = 1_000;
const LAST_BYTES_WAIT_MS = 10;

type Opened = { response: Dispatcher.ResponseData; connection: "new" | "warm" };
type Note = (fact: ModelFact) => void;

/** `refused`: fields that another wire of the same server has learnt to leave out. */
export function createHttpDriver(
  protocol: Protocol,
  options: HttpOptions,
  refused: Set<string> = new Set(),
): Driver {
  const server = describeServer(options);
  const connections = openConnections(server, options.connectMs);
  const model = createHttpModel({
    protocol,
    server,
    connections,
    patience: { ...PATIENCE, ...options },
    retryMs: options.retryMs ?? 400,
    refused,
  });
  const { close, warm } = connections;
  return { name: options.name ?? options.model, builtIn: false, wire: protocol.wire, model, warm, close };
}

function createHttpModel(upstream: Upstream): Model {
  return async function* model(prompt, signal, note = () => {}) {
    if (signal.aborted) return;
    const abort = new AbortController();
    const stop = () => abort.abort();
    signal.addEventListener("abort", stop, { once: true });
    const watchdog = watch(upstream.patience, (failure) => abort.abort(failure));
    let rest: AsyncIterator<Uint8Array> | null = null;
    try {
      const { response, connection } = await open(upstream, prompt, abort.signal, note);
      const answer = new Answer(upstream.server, connection, note);
      if (upstream.protocol.startsWithHeaders) answer.started(null);
      const reads = response.body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
      for await (const text of readText(reads, upstream.protocol, answer, watchdog)) {
        if (signal.aborted) return;
        watchdog.pause();
        yield text;
        watchdog.sawText();
      }
      if (signal.aborted) return;
      answer.end();
      rest = reads;
    } catch (error) {
      const why = isModelFailure(abort.signal.reason) ? abort.signal.reason : error;
      if (!signal.aborted) throw failureOfError(why, upstream.server);
    } finally {
      watchdog.end();
      signal.removeEventListener("abort", stop);
      // Leaving the loop early must stop the provider too: it bills for what it writes.
      if (rest) await keepConnection(rest, abort);
      else abort.abort();
    }
  };
}

/**
 * Reads the last bytes of a whole answer: only then its connection serves the next one, such as the repair of what failed in
 * it. Whoever asked waits for them a moment, not longer.
 */
async function keepConnection(reads: AsyncIterator<Uint8Array>, abort: AbortController): Promise<void> {
  const timer = setTimeout(() => abort.abort(), LAST_BYTES_MS);
  const finish = async () => {
    try {
      while (!(await reads.next()).done);
      // The agent gives the connection free a phase later.
      await setImmediate();
    } catch {
      // The answer was whole; only its connection is lost.
    } finally {
      clearTimeout(timer);
    }
  };
  await Promise.race([finish(), setTimeoutOf(LAST_BYTES_WAIT_MS)]);
}

async function* readText(
  reads: AsyncIterator<Uint8Array>,
  { understand }: Protocol,
  answer: Answer,
  { sawThinking, expectEnd }: Watchdog,
): AsyncGenerator<string> {
  const onData = (data: string) => {
    if (data.trim() === "[DONE]") answer.isDone = true;
    else answer.read(data, understand);
  };
  const sse = createSseReader(onData, (failure) => answer.fail(failure));
  for (let read = await nextOf(reads, answer); !read.done; read = await nextOf(reads, answer)) {
    sse.feed(read.value);
    expectEnd(answer.hasEnded);
    if (answer.takeThinking()) {
      sawThinking();
      answer.note({ type: "thinking" });
    }
    const text = answer.takeText();
    if (text !== "") yield text;
    answer.throwFailure();
    if (answer.isDone) return;
  }
  sse.end();
  const text = answer.takeText();
  if (text !== "") yield text;
  answer.throwFailure();
}

/** A model that said why it ends has ended, also when its server keeps the stream open or its connection breaks. */
async function nextOf(
  reads: AsyncIterator<Uint8Array>,
  answer: Answer,
): Promise<IteratorResult<Uint8Array, undefined>> {
  try {
    return await reads.next();
  } catch (error) {
    if (!answer.hasEnded) throw error;
    return { done: true, value: undefined };
  }
}

/** Sends the request; tries again without what this server does not know, and up to twice when it is overloaded. */
async function open(upstream: Upstream, prompt: Prompt, signal: AbortSignal, note: Note): Promise<Opened> {
  for (let retries = 0; ; ) {
    const openedBefore = upstream.connections.opened();
    const answered = await post(upstream, prompt, signal).catch((error: unknown) => ({ error }));
    if ("error" in answered) {
      if (!isRetried(answered.error, retries)) throw answered.error;
    } else {
      const limits = limitsOfHeaders(answered.headers, upstream.server.asker, Date.now());
      if (limits.length > 0) note({ type: "limits", limits });
      if (isEventStream(answered)) {
        const connection = upstream.connections.opened() > openedBefore ? "new" : "warm";
        return { response: answered, connection };
      }
      const body = await textOf(answered.body);
      if (isLearnt(upstream, answered.statusCode, body)) continue;
      const failure = failureOfAnswer({ ...answered, status: answered.statusCode, body }, upstream.server);
      if (failure.code === "not-found")
        throw await withModelNames(failure, upstream.server, upstream.connections);
      if (!isRetried(failure, retries)) throw failure;
    }
    await pauseBefore(++retries, upstream.retryMs, signal);
  }
}

function post(
  { protocol, server, connections, patience, refused }: Upstream,
  prompt: Prompt,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  return send(server.at(protocol.path), {
    method: "POST",
    dispatcher: connections.agent,
    signal,
    headers: { ...server.headers, "content-type": "application/json", accept: "text/event-stream" },
    headersTimeout: patience.firstTextMs,
    bodyTimeout: 0,
    body: JSON.stringify(protocol.body(prompt, server, refused)),
  });
}

/** A server that names no type is believed; one that names another is a login page, or does not stream. Compressed text was not asked for. */
function isEventStream({ statusCode, headers }: Dispatcher.ResponseData): boolean {
  const isPlain = /^(?:identity)?$/.test(String(headers["content-encoding"] ?? ""));
  return statusCode === 200 && isPlain && !/html|json|xml|image/.test(String(headers["content-type"] ?? ""));
}

const MAX_ERROR_BYTES = 16 * 1024;

async function textOf(body: Dispatcher.ResponseData["body"]): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_ERROR_BYTES) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}

function isLearnt({ protocol, refused }: Upstream, status: number, detail: string): boolean {
  return (status === 400 || status === 422) && learn(detail, protocol.optional, refused);
}
