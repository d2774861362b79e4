/** Bytes of an event stream → the data of its events. Tolerates CRLF, comments, and a last event without its blank line. */
import { createParser } from "eventsource-parser";
import { ModelFailure } from "./types.ts";

/** A longer event is no event: what a driver holds stays below this. */
export const MAX_EVENT_CHARS = 1024 * 1024;

export type SseReader = { feed(bytes: Uint8Array): void; end(): void };

export function createSseReader(
  onData: (data: string) => void,
  onFailure: (failure: ModelFailure) => void,
): SseReader {
  const decoder = new TextDecoder();
  const parser = createParser({
    onEvent: ({ data }) => onData(data),
    onError: ({ type }) => {
      if (type === "max-buffer-size-exceeded")
        onFailure(new ModelFailure("bad-stream", `an event of more than ${MAX_EVENT_CHARS / 1024} KB`));
    },
    maxBufferSize: MAX_EVENT_CHARS,
  });
  return {
    feed: (bytes) => parser.feed(decoder.decode(bytes, { stream: true })),
    end: () => parser.feed(`${decoder.decode()}\n\n`),
  };
}
