/** The fetch that providers of the AI SDK are given: our connections, headers told at once, no redirects, no endless lines. */
import { type Agent, fetch as send } from "undici";
import { MAX_EVENT_CHARS } from "./sse.ts";
import { ModelFailure } from "./types.ts";

export type Fetch = typeof globalThis.fetch;

type Headers = Record<string, string>;
type Bytes = Uint8Array<ArrayBuffer>;

const NEWLINE = 10;
const MAX_REFUSAL_CHARS = 16 * 1024;

/** `onRefusal` makes the error of an answer that is no stream. */
export function guardedFetch(
  agent: Agent,
  onHeaders: (headers: Headers) => void,
  onRefusal: (answer: { status: number; headers: Headers; body: string }) => unknown,
): Fetch {
  const guarded = async (input: string, init: Parameters<typeof send>[1]): Promise<unknown> => {
    const response = await send(input, { ...init, dispatcher: agent, redirect: "manual" });
    const headers = Object.fromEntries(response.headers);
    onHeaders(headers);
    const isStream = response.status === 200 && !/html|json|xml|image/.test(headers["content-type"] ?? "");
    if (!isStream || !response.body) {
      const body = (await response.text()).slice(0, MAX_REFUSAL_CHARS);
      throw onRefusal({ status: response.status, headers, body });
    }
    const body = response.body as ReadableStream<Bytes>;
    return new Response(body.pipeThrough(shortLines()), { headers });
  };
  // undici's own types for what is the same at run time.
  return guarded as unknown as Fetch;
}

/** Ends a stream whose lines never end: the SDK would hold them whole. */
function shortLines(): TransformStream<Bytes, Bytes> {
  let length = 0;
  return new TransformStream({
    transform(bytes, controller) {
      const newline = bytes.lastIndexOf(NEWLINE);
      length = newline === -1 ? length + bytes.length : bytes.length - newline - 1;
      if (length > MAX_EVENT_CHARS)
        controller.error(
          new ModelFailure("bad-stream", `an event of more than ${MAX_EVENT_CHARS / 1024} KB`),
        );
      else controller.enqueue(bytes);
    },
  });
}
