/** The one place that turns a model's failure into words: what happened, and what to do. */
import type { ModelFailure, ModelFailureCode } from "./types.ts";

const SENTENCES: Record<ModelFailureCode, string> = {
  unauthorized: "The model server refused the key. Check the lane's API key and start again.",
  "not-found":
    "The model server does not know this model or address. Check the lane's model name and base URL.",
  "rate-limited": "The model's limit is used up for now.",
  overloaded: "The model server is overloaded or failing. Send the prompt again in a moment.",
  unreachable: "The model server cannot be reached. Is it running, and is the base URL right?",
  "first-token-timeout": "The model did not begin to answer in time. Send the prompt again.",
  "idle-timeout": "The model stopped in the middle and sent nothing more.",
  cut: "The connection to the model was lost in the middle.",
  "bad-stream":
    "The model server sent something that is no answer of a model. Check the lane's base URL and wire.",
  "too-long": "The project and the prompt are too long for this model.",
  refused: "The model declined to answer.",
  unsupported: "The model server does not accept this request.",
};

/** With the time of the next try when the server named it, and what the server itself said. */
export function sentenceOf({
  code,
  retryAfterMs,
  detail,
}: Pick<ModelFailure, "code" | "retryAfterMs" | "detail">): string {
  const wait =
    retryAfterMs === null ? "" : ` Try again in ${Math.max(1, Math.ceil(retryAfterMs / 1_000))} s.`;
  return `${SENTENCES[code]}${wait}${detail ? ` (${detail})` : ""}`;
}
