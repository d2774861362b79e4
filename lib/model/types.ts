/** A model turns a prompt into streamed text; drivers implement it (models.md §2 holds the rules every driver obeys). */
import type { Lane, Usage } from "#lib/project/rows.ts";
import type { Message, Prompt } from "#lib/prompt/types.ts";
import type { Limit } from "./limits.ts";

/** How a driver talks to its server. */
export type Wire = "built-in" | "chat" | "responses" | "responses-ws" | "anthropic" | "ai-sdk";

/**
 * Yields text only, in order, never an empty string. A failure throws one `ModelFailure`. When `signal` fires no more
 * text comes, upstream is closed and the iterator ends within 50 ms; leaving the loop early does the same.
 */
export type Model = (
  prompt: Prompt,
  signal: AbortSignal,
  note?: (fact: ModelFact) => void,
) => AsyncIterable<string>;

/** Told as soon as it is known. An answer that was not stopped has exactly one `end`, or one failure. */
export type ModelFact =
  /** The server answers. Comes again when a steered response has a successor, under the successor's id. */
  | { type: "start"; connection: "new" | "warm"; responseId: string | null }
  | { type: "thinking" }
  | { type: "limits"; limits: Limit[] }
  /** For the model's chip, said once: how it is reached has changed. */
  | { type: "notice"; text: string }
  | { type: "end"; reason: EndReason; usage: Usage | null };

/**
 * `incomplete`: the answer ended without saying so. `steered`: it made room for words whose answer never began; send
 * these words as a new turn.
 */
export type EndReason = "stop" | "length" | "refusal" | "steered" | "incomplete";

export type Driver = {
  /** For people: "Built-in designer", or the configured model's name. */
  name: string;
  builtIn: boolean;
  wire: Wire;
  model: Model;
  /**
   * Opens connections before they are needed, at most every 30 s; never throws. `prefix`: messages that the next prompts
   * begin with; a server that keeps state takes them in beforehand.
   */
  warm(prefix?: readonly Message[]): Promise<void>;
  /**
   * Gives new words to a running answer, named by its last `start` fact; without a name to the only one. True: they are
   * taken up in the same stream. False: the server cannot; stop the turn and send them with what was written so far.
   */
  steer?(text: string, responseId?: string | null): Promise<boolean>;
  close(): Promise<void>;
};

export type Lanes = Record<Lane, Driver>;

export type ModelFailureCode =
  | "unauthorized"
  | "not-found"
  | "rate-limited"
  | "overloaded"
  | "unreachable"
  | "first-token-timeout"
  | "idle-timeout"
  | "cut"
  | "bad-stream"
  | "too-long"
  | "refused"
  | "unsupported";

/** Compare `code`, never the class: Next evaluates its own copy of every module. `detail` never contains a key. */
export class ModelFailure extends Error {
  readonly code: ModelFailureCode;
  readonly retryAfterMs: number | null;
  readonly detail: string;
  constructor(code: ModelFailureCode, detail: string, retryAfterMs: number | null = null, cause?: unknown) {
    super(`${code}: ${detail}`, { cause });
    this.name = "ModelFailure";
    this.code = code;
    this.detail = detail;
    this.retryAfterMs = retryAfterMs;
  }
}
