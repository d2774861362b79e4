/** One answer while it is read: what its events said so far, whatever the protocol. */
import type { Usage } from "#lib/project/rows.ts";
import type { Server } from "./server.ts";
import { type EndReason, type ModelFact, ModelFailure } from "./types.ts";

/** One event of a protocol, parsed. */
export type ModelEvent = Record<string, unknown>;

/** Reads one event into the answer; throws a `ModelFailure` that the server reports. */
export type Understand = (event: ModelEvent, answer: Answer) => void;

const MAX_BAD_EVENTS = 20;

export class Answer {
  readonly server: Server;
  readonly note: (fact: ModelFact) => void;
  readonly connection: "new" | "warm";
  /** The server has said that nothing more comes. */
  isDone = false;
  /** The model has said why it ends, and no text came since; at most figures and the stream's own end follow. */
  hasEnded = false;
  reason: EndReason | null = null;
  usage: Usage | null = null;
  responseId: string | null = null;
  private text = "";
  /** The last character of all text, whether taken or not. */
  private lastChar = "\n";
  private isThinking = false;
  private hasText = false;
  private hasStarted = false;
  private badEvents = 0;
  private failure: { error: unknown } | null = null;

  constructor(server: Server, connection: "new" | "warm", note: (fact: ModelFact) => void = () => {}) {
    this.server = server;
    this.connection = connection;
    this.note = note;
  }

  add(text: string): void {
    if (text === "") return;
    this.hasEnded = false;
    this.text += text;
    this.lastChar = text.slice(-1);
  }

  /** What follows is another piece of output: it must not go on in the middle of a line. */
  startPiece(): void {
    if (this.lastChar !== "\n") this.add("\n");
  }

  think(): void {
    this.isThinking = true;
  }

  started(responseId: string | null): void {
    this.hasStarted = true;
    this.responseId = responseId;
    this.note({ type: "start", connection: this.connection, responseId });
  }

  /** A steered answer is made of several responses. */
  addUsage({ inputTokens, outputTokens, ...rest }: Usage): void {
    const before = this.usage ?? { inputTokens: null, outputTokens: null };
    this.usage = {
      ...rest,
      inputTokens: sum(before.inputTokens, inputTokens),
      outputTokens: sum(before.outputTokens, outputTokens),
    };
  }

  /** Data of one event, unparsed. A few broken ones are skipped, many end the answer; nothing is read behind a failure. */
  read(data: string, understand: Understand): void {
    if (this.failure) return;
    try {
      const event = parseEvent(data);
      if (event) understand(event, this);
      else this.sawBadEvent();
    } catch (error) {
      this.fail(error);
    }
  }

  sawBadEvent(): void {
    if (++this.badEvents > MAX_BAD_EVENTS)
      throw new ModelFailure("bad-stream", `more than ${MAX_BAD_EVENTS} unreadable events`);
  }

  /** Text that came before a failure, even in the same read, is taken first: `throwFailure` then says it. */
  fail(error: unknown): void {
    this.failure ??= { error };
  }

  throwFailure(): void {
    if (this.failure) throw this.failure.error;
  }

  /** All whole text since the last call; half a surrogate pair stays for the next. */
  takeText(): string {
    const text = this.text;
    const isSplit = /[\ud800-\udbff]$/.test(text);
    this.text = isSplit ? text.slice(-1) : "";
    const whole = isSplit ? text.slice(0, -1) : text;
    if (whole === "") return whole;
    this.hasText = true;
    if (!this.hasStarted) this.started(null);
    return whole;
  }

  /** True once after each sign of thinking. */
  takeThinking(): boolean {
    const was = this.isThinking;
    this.isThinking = false;
    return was;
  }

  /** Tells the one end. An answer that broke off before any text is a failure. */
  end(): void {
    const reason = this.reason ?? (this.isDone ? "stop" : "incomplete");
    if (reason === "incomplete" && !this.hasText)
      throw new ModelFailure("cut", "the connection ended before any text");
    this.note({ type: "end", reason, usage: this.usage });
  }
}

function parseEvent(data: string): ModelEvent | null {
  try {
    const value: unknown = JSON.parse(data);
    return isEvent(value) ? value : null;
  } catch {
    // Counted by the caller.
    return null;
  }
}

export function isEvent(value: unknown): value is ModelEvent {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function sum(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : one + other;
}

export function countOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
