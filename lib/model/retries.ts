import { isModelFailure } from "./failures.ts";

export const MAX_RETRIES = 2;
/** The server closed a kept connection just as it was used: nothing was answered, so nothing is done twice. */
const BROKEN_BEFORE_ANSWER = /^(?:UND_ERR_SOCKET|ECONNRESET|EPIPE)$/;

/** Only before the first text, and never what will not change by itself. */
export function isRetried(error: unknown, retries: number): boolean {
  if (retries >= MAX_RETRIES) return false;
  if (isModelFailure(error)) return error.code === "overloaded";
  return error instanceof Error && "code" in error && BROKEN_BEFORE_ANSWER.test(String(error.code));
}

/** Longer before each retry, and never the same for three variants that failed together. */
export function pauseBefore(retry: number, retryMs: number, signal: AbortSignal): Promise<void> {
  const ms = retryMs * 2 ** (retry - 1) * (0.5 + Math.random());
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}
