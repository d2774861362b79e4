/** "Test" of a model: one short prompt, and what it took. Stores nothing. */
import type { Prompt } from "#lib/prompt/types.ts";
import { isModelFailure } from "./failures.ts";
import type { Limit } from "./limits.ts";
import { sentenceOf } from "./sentences.ts";
import type { Driver, Wire } from "./types.ts";

export type Measured =
  | {
      ok: true;
      wire: Wire;
      firstTextMs: number;
      tokens: number;
      /** Null: the answer came in one piece. */
      tokensPerSecond: number | null;
      limits: Limit[];
    }
  | { ok: false; code: string; message: string };

const CHARS_PER_TOKEN = 4;
const MAX_TOKENS = 200;
const LONGEST_MS = 60_000;

const PROMPT: Prompt = {
  messages: [
    { role: "system", content: "Answer with plain text only." },
    { role: "user", content: "Count from 1 to 60, one number a line, nothing else." },
  ],
  maxOutputTokens: MAX_TOKENS,
  cacheKey: "test",
  request: {
    text: "",
    kind: "change",
    files: new Map(),
    letter: "A",
    position: 0,
    variantCount: 1,
    seed: "test",
    history: [],
  },
};

export async function measureModel({ model, wire }: Pick<Driver, "model" | "wire">): Promise<Measured> {
  const startedAt = performance.now();
  let firstAt: number | null = null;
  let [firstChars, chars] = [0, 0];
  let tokens: number | null = null;
  const limits: Limit[] = [];
  try {
    const texts = model(PROMPT, AbortSignal.timeout(LONGEST_MS), (fact) => {
      if (fact.type === "limits") limits.push(...fact.limits);
      if (fact.type === "end") tokens = fact.usage?.outputTokens ?? null;
    });
    for await (const text of texts) {
      firstAt ??= performance.now();
      firstChars ||= text.length;
      chars += text.length;
    }
  } catch (error) {
    if (isModelFailure(error)) return { ok: false, code: error.code, message: sentenceOf(error) };
    throw error;
  }
  if (firstAt === null)
    return {
      ok: false,
      code: "empty",
      message: "The model answered nothing within a minute. Try another one.",
    };
  const counted = tokens ?? Math.round(chars / CHARS_PER_TOKEN);
  // The first piece came at the beginning of the time: it is not counted.
  const seconds = (performance.now() - firstAt) / 1_000;
  const isOnePiece = chars === firstChars || seconds <= 0;
  const speed = isOnePiece ? null : Math.round((counted * (1 - firstChars / chars)) / seconds);
  return {
    ok: true,
    wire,
    firstTextMs: Math.round(firstAt - startedAt),
    tokens: counted,
    tokensPerSecond: speed,
    limits,
  };
}
