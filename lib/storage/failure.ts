/** Turns whatever a driver throws into a `StorageFailure`, and repeats what is safe to repeat. */
import { setTimeout as sleep } from "node:timers/promises";
import { StorageFailure, type StorageFailureCode } from "./types.ts";

export type Patience = {
  /** How long to go on repeating, in milliseconds. */
  forMs: number;
  /** Whether the work may be done twice: a connection lost during a commit does not say whether it was done. */
  repeatable: boolean;
};

/**
 * Runs `work`; repeats it after a serialisation failure, after a connection that was never made, and after a lost one
 * when it is repeatable. Anything else, or the end of patience, throws a `StorageFailure` that starts with `what`.
 */
export async function attempt<Value>(
  what: string,
  work: () => Promise<Value>,
  patience: Patience,
): Promise<Value> {
  const untilMs = performance.now() + patience.forMs;
  for (let delayMs = 25; ; delayMs = Math.min(delayMs * 2, 1_000)) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() + delayMs > untilMs || !mayRepeat(error, patience)) throw asFailure(what, error);
      await sleep(delayMs);
    }
  }
}

/** A `StorageFailure` as it is; anything else as one whose message holds the driver's reason, never query parameters. */
export function asFailure(what: string, error: unknown): StorageFailure {
  if (error instanceof StorageFailure) return error;
  const { code, message, cause } = root(error);
  return new StorageFailure(failureCode(code, message), `${what}: ${message}`, cause);
}

/** The code that the driver or the system gave, e.g. "40001" or "ECONNREFUSED", and what it said. */
export function root(error: unknown): { code: string; message: string; cause: unknown } {
  // Drizzle wraps each error in one whose message repeats the query with its parameters: people's text. Skip it.
  let cause = error;
  while (cause instanceof Error && cause.cause !== undefined && codeOf(cause) === "") cause = cause.cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return { code: codeOf(cause), message: message || codeOf(cause) || "unknown reason", cause };
}

const NEVER_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "CONNECT_TIMEOUT",
  "57P03",
  "53300",
]);
const LOST_CONNECTION = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "57P01",
  "57P02",
]);
const ROLLED_BACK = new Set(["40001", "40P01"]);
const NOT_WRITABLE = new Set(["53100", "25006", "ENOSPC", "EROFS", "EACCES", "EPERM", "EDQUOT"]);

function mayRepeat(error: unknown, { repeatable }: Patience): boolean {
  const { code } = root(error);
  return ROLLED_BACK.has(code) || NEVER_CONNECTED.has(code) || (repeatable && LOST_CONNECTION.has(code));
}

function failureCode(code: string, message: string): StorageFailureCode {
  if (NEVER_CONNECTED.has(code) || LOST_CONNECTION.has(code)) return "unreachable";
  // PGlite passes a full disk on as Postgres' text.
  if (NOT_WRITABLE.has(code) || message.includes("No space left on device")) return "read-only";
  return "failed";
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}
