/**
 * Responses over persistent WebSockets (models.md §3.3): one per answer that is written, opened and told the prompts' common
 * beginning before anyone asks. What goes wrong before the first text is asked again, over HTTP if it must be; after it, never.
 */
import { Agent } from "undici";
import type { Message } from "#lib/prompt/types.ts";
import { Answer } from "./answer.ts";
import { rarely } from "./connections.ts";
import { failureOfAnswer, failureOfError, isModelFailure } from "./failures.ts";
import type { HttpOptions } from "./http-driver.ts";
import { limitsOfHeaders } from "./limits.ts";
import type { Memory } from "./memory.ts";
import { withModelNames } from "./model-names.ts";
import { type ModelSocket, openModelSocket, UpgradeRefused } from "./model-socket.ts";
import { learn } from "./refusals.ts";
import { createResponsesDriver } from "./responses.ts";
import { OPTIONAL_FIELDS } from "./responses-request.ts";
import { isRetried, MAX_RETRIES, pauseBefore } from "./retries.ts";
import { describeServer, type Server } from "./server.ts";
import { SocketPool } from "./socket-pool.ts";
import { ConnectionSpent, prewarm, type Speech, speak } from "./socket-speech.ts";
import { SocketTrust } from "./socket-trust.ts";
import type { Driver, Model, ModelFact, ModelFailure } from "./types.ts";
import { PATIENCE, type Patience, watch } from "./watchdog.ts";

export type SocketOptions = HttpOptions & {
  /** Servers end a connection after an hour; ours is replaced between answers before that. */
  socketLifeMs?: number;
};

const BETA = "responses_websockets=2026-02-06";
const LIFE_MS = 55 * 60_000;
const CONNECT_MS = 5_000;
const WARM_EVERY_MS = 30_000;
/** One per variant. */
const WARM_SOCKETS = 3;

/** `hasText`: from then on nothing is asked again. `isFresh`: on a new socket, with everything. */
type Try = { retries: number; hasText: boolean; isFresh: boolean };
type Asked = { prompt: Parameters<Model>[0]; signal: AbortSignal; note: (fact: ModelFact) => void };

export function createSocketDriver(options: SocketOptions): Driver {
  const lane = new SocketLane(options);
  const connect = rarely(WARM_EVERY_MS, () => lane.warm([]));
  const upload = rarely(WARM_EVERY_MS, (prefix: readonly Message[]) => lane.warm(prefix));
  return {
    name: options.name ?? options.model,
    builtIn: false,
    wire: "responses-ws",
    model: (prompt, signal, note = () => {}) => lane.answer({ prompt, signal, note }),
    warm: (prefix = []) => (prefix.length > 0 ? upload(prefix) : connect()),
    steer: (text, responseId = null) => lane.steer(text, responseId),
    close: () => lane.close(),
  };
}

class SocketLane {
  private readonly server: Server;
  private readonly patience: Patience;
  private readonly retryMs: number;
  private readonly http: Driver;
  private readonly pool: SocketPool;
  private readonly trust = new SocketTrust();
  private readonly speeches = new Set<Speech>();
  /** What all prompts begin with. */
  private beginning: readonly Message[] = [];
  /** Fields that the server does not know; learnt over either way. */
  private readonly refused = new Set<string>();

  constructor(options: SocketOptions) {
    this.server = describeServer(options);
    this.patience = { ...PATIENCE, ...options };
    this.retryMs = options.retryMs ?? 400;
    this.http = createResponsesDriver(options, this.refused);
    const upgrade = {
      url: this.server.at("/responses").replace(/^http/, "ws"),
      headers: { ...this.server.headers, "openai-beta": BETA },
      timeoutMs: options.connectMs ?? CONNECT_MS,
    };
    this.pool = new SocketPool(() => openModelSocket(upgrade), options.socketLifeMs ?? LIFE_MS);
  }

  async *answer(asked: Asked): AsyncGenerator<string> {
    const { signal, prompt } = asked;
    if (prompt.messages[0]?.role === "system") this.beginning = prompt.messages.slice(0, 1);
    const attempt: Try = { retries: 0, hasText: false, isFresh: false };
    while (!signal.aborted) {
      if (this.trust.isLost) return yield* this.overHttp(asked);
      try {
        return yield* this.overSocket(asked, attempt);
      } catch (error) {
        if (signal.aborted) return;
        if (attempt.hasText || !this.isAskedAgain(error, attempt)) throw await this.failureOf(error);
        attempt.retries++;
        attempt.isFresh ||= error instanceof ConnectionSpent;
        // A stop ends the pause; the loop sees it.
        if (isOverloaded(error)) await pauseBefore(attempt.retries, this.retryMs, signal).catch(() => {});
      }
    }
  }

  private async failureOf(error: unknown): Promise<ModelFailure> {
    const failure = failureOfError(error, this.server);
    if (failure.code !== "not-found") return failure;
    // The list is asked for over HTTP, and rarely: it needs no connection that stays.
    const agent = new Agent();
    return withModelNames(failure, this.server, { agent }).finally(() => agent.destroy());
  }

  private async *overSocket({ prompt, signal, note }: Asked, attempt: Try): AsyncGenerator<string> {
    const { socket, connection } = await this.pool.take(prompt.messages, attempt.isFresh, signal);
    let barked: ModelFailure | null = null;
    const stop = () => socket.close();
    signal.addEventListener("abort", stop, { once: true });
    const watchdog = watch(this.patience, (failure) => {
      barked = failure;
      socket.close();
    });
    const start = holdStart(note);
    const answer = new Answer(this.server, connection, start.note);
    const speech = speak(socket, prompt, answer, this.refused);
    this.speeches.add(speech);
    try {
      const limits = limitsOfHeaders(socket.takeHeaders(), this.server.asker, Date.now());
      if (limits.length > 0) note({ type: "limits", limits });
      for await (const text of speech.texts(watchdog.sawThinking)) {
        if (signal.aborted) return;
        start.release();
        attempt.hasText = true;
        watchdog.pause();
        yield text;
        watchdog.sawText();
      }
      if (!signal.aborted) answer.end();
    } catch (error) {
      throw barked ?? error;
    } finally {
      watchdog.end();
      signal.removeEventListener("abort", stop);
      this.speeches.delete(speech);
      speech.end();
      this.giveBack(socket, speech);
    }
  }

  /** The same request, by the other way; said once. */
  private async *overHttp({ prompt, signal, note }: Asked): AsyncGenerator<string> {
    try {
      yield* this.http.model(prompt, signal, (fact) => {
        const notice = fact.type === "start" ? this.trust.takeNotice() : null;
        if (notice) note({ type: "notice", text: notice });
        note(fact);
      });
    } catch (error) {
      if (isModelFailure(error) && error.code === "unreachable") this.trust.cleared();
      throw error;
    }
  }

  /** Before the first text: what is worth another try, on a socket or over HTTP? */
  private isAskedAgain(error: unknown, { retries }: Try): boolean {
    if (error instanceof UpgradeRefused) return this.isRefusedBetween(error);
    if (error instanceof ConnectionSpent) return retries < MAX_RETRIES;
    if (!isModelFailure(error)) {
      this.trust.failed(this.server.clean(error instanceof Error ? error.message : String(error)));
      return retries < MAX_RETRIES;
    }
    const isLearnt = error.code === "unsupported" && learn(error.detail, OPTIONAL_FIELDS, this.refused);
    return isLearnt || isRetried(error, retries);
  }

  /** A wrong key and a used-up limit are the same over HTTP; what else refuses may be a proxy that knows no WebSocket. */
  private isRefusedBetween({ status, headers, body }: UpgradeRefused): boolean {
    const failure = failureOfAnswer({ status, headers, body }, this.server);
    if (failure.code === "unauthorized" || failure.code === "rate-limited") throw failure;
    this.trust.refused(`the server answered ${status}`);
    return true;
  }

  /** There is no event that stops a response: closing its socket does, and the next one opens meanwhile. */
  private giveBack(socket: ModelSocket, speech: Speech): void {
    if (speech.isWhole) return this.pool.release(socket);
    socket.close();
    // The next prompt will say what is wrong.
    this.pool.fill(1).catch(() => {});
  }

  async warm(asked: readonly Message[]): Promise<void> {
    if (this.trust.isLost) return this.http.warm();
    const prefix = asked.length > 0 ? asked : this.beginning;
    try {
      await this.pool.fill(WARM_SOCKETS);
      await Promise.all(this.pool.takeIdle().map((socket) => this.warmUp(socket, prefix)));
    } catch {
      // The prompt itself will say what is wrong.
    }
  }

  private async warmUp(socket: ModelSocket, prefix: readonly Message[]): Promise<void> {
    try {
      if (isWorthUploading(prefix, socket.memory))
        await prewarm(socket, prefix, new Answer(this.server, "warm"), this.refused);
      this.pool.release(socket);
    } catch {
      // A server that cannot be told beforehand is told with the prompt.
      socket.close();
    }
  }

  async steer(text: string, responseId: string | null): Promise<boolean> {
    const running = [...this.speeches].filter(
      (each) => responseId === null || each.responseId === responseId,
    );
    const [only] = running;
    return running.length === 1 && only ? only.steer(text) : false;
  }

  async close(): Promise<void> {
    this.pool.close();
    await this.http.close();
  }
}

/** More than what was uploaded before; never in place of an answer that may be gone on from. */
function isWorthUploading(prefix: readonly Message[], memory: Memory | null): boolean {
  if (memory === null) return prefix.length > 0;
  const isAnswer = memory.messages.some(({ role }) => role === "assistant");
  return !isAnswer && prefix.length > memory.messages.length;
}

/** A response that fails before it says anything is asked for again: its start is told only when it will stay. */
function holdStart(note: Asked["note"]): { note: Asked["note"]; release(): void } {
  let held: ModelFact | null = null;
  let isHolding = true;
  const release = () => {
    isHolding = false;
    if (held) note(held);
    held = null;
  };
  return {
    release,
    note(fact) {
      if (fact.type === "start" && isHolding) held = fact;
      else {
        if (fact.type !== "limits") release();
        note(fact);
      }
    },
  };
}

function isOverloaded(error: unknown): boolean {
  return isModelFailure(error) && error.code === "overloaded";
}
