/** A model turns a prompt into streamed text; drivers implement it (models.md §2 holds the rules every driver obeys). */
import type { Lane, Usage } from "#lib/project/rows.ts";
import type { Prompt } from "#lib/prompt/types.ts";

/**
 * Yields text only, in order, never an empty string. A failure throws one `ModelFailure`. When `signal` fires no more
 * text comes, upstream is closed and the iterator ends within 50 ms; leaving the loop early does the same.
 */
export type Model = (
  prompt: Prompt,
  signal: AbortSignal,
  note?: (fact: ModelFact) => void,
) => AsyncIterable<string>;

export type ModelFact =
  /** The server answers. Comes again when a steered response has a successor, under the successor's id. */
  | { type: "start"; connection: "new" | "warm"; responseId?: string | null }
  | { type: "thinking" }
  | {
      type: "end";
      /** "steered": it made room for words whose answer never began; send these words as a new turn. */
      reason: "stop" | "length" | "refusal" | "steered" | "incomplete";
      usage: Usage | null;
    };

export type Driver = {
  /** For people: "Built-in designer", or the configured model's name. */
  name: string;
  builtIn: boolean;
  model: Model;
  /** Open the connection before it is needed; never throws. */
  warm(): Promise<void>;
  /**
   * Gives new words to a running answer, named by its last `start` fact. True: they are taken up in the same stream. False:
   * the server cannot; stop the turn and send them with what was written so far.
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
