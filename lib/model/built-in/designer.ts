/**
 * The model that answers when none is set: a deterministic engine that composes and edits pages and streams the same edit text
 * as a language model would, through the same parser. It says what it is and what it understands.
 */
import type { PromptRequest } from "#lib/prompt/types.ts";
import type { Driver } from "../types.ts";
import { changePage } from "./change.ts";
import { createFirst } from "./create.ts";

export type DesignerOptions = {
  /** 4 characters a token; null: as fast as it goes. */
  tokensPerSecond?: number | null;
};

const CHARS_PER_TOKEN = 4;
const TICK_MS = 8;
/** Its text is ready: what stands before the first line of an edit (words, a path, what is searched) is no time of anyone's. */
const HEAD_START_MS = 40;

export function createBuiltInDesigner({ tokensPerSecond = 1_500 }: DesignerOptions = {}): Driver {
  return {
    name: "Built-in designer",
    builtIn: true,
    wire: "built-in",
    async *model({ request }, signal, note) {
      note?.({ type: "start", connection: "warm", responseId: null });
      yield* paced(answerTo(request), tokensPerSecond, signal);
      if (!signal.aborted) note?.({ type: "end", reason: "stop", usage: null });
    },
    async warm() {},
    async close() {},
  };
}

/** The same request gives the same pieces. */
export function answerTo(request: PromptRequest): Generator<string> {
  return request.kind === "create" ? createFirst(request) : changePage(request);
}

/** Keeps to a rate by the clock; ends at once when the signal fires. */
async function* paced(
  pieces: Iterable<string>,
  tokensPerSecond: number | null,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const startedAt = performance.now();
  let sent = 0;
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      if (signal.aborted) return;
      const due =
        tokensPerSecond === null
          ? Number.POSITIVE_INFINITY
          : ((performance.now() - startedAt + HEAD_START_MS) / 1_000) * tokensPerSecond * CHARS_PER_TOKEN;
      const take = Math.min(piece.length - at, Math.floor(due) - sent);
      if (take <= 0) {
        await pause(signal);
        continue;
      }
      yield piece.slice(at, at + take);
      at += take;
      sent += take;
    }
  }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, TICK_MS);
    signal.addEventListener("abort", end);
  });
}
