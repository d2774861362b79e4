/**
 * How much one frame may say: page code shares the runtime's realm and can send without end, and every message costs the host
 * page a task. Normal work is twice 60 messages a second. One gate for the lane and for the relay (preview.md §8, §12.8).
 */
const WINDOW_MS = 1_000;
const MAX_MESSAGES = 240;
const MAX_BYTES = 256 * 1024;

export type FloodGate = {
  /** Is this message within the limits? Beyond the number of them its data is not even read: reading is what costs. */
  admits(event: { readonly data: unknown }): boolean;
  close(): void;
};

/** `onEnd` is told once when a flood is over, with the number of messages that were dropped. */
export function createFloodGate(onEnd: (dropped: number) => void): FloodGate {
  let startedAt = Number.NEGATIVE_INFINITY;
  let messages = 0;
  let bytes = 0;
  let dropped = 0;
  let droppedBefore = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function drop(): false {
    dropped++;
    timer ??= setTimeout(checkEnd, WINDOW_MS);
    return false;
  }

  function checkEnd(): void {
    timer = undefined;
    if (dropped > droppedBefore) {
      droppedBefore = dropped;
      timer = setTimeout(checkEnd, WINDOW_MS);
      return;
    }
    const total = dropped;
    dropped = droppedBefore = 0;
    onEnd(total);
  }

  return {
    admits(event) {
      const now = performance.now();
      if (now - startedAt >= WINDOW_MS) {
        startedAt = now;
        messages = bytes = 0;
      }
      if (++messages > MAX_MESSAGES) return drop();
      const size = sizeOf(event.data, MAX_BYTES - bytes);
      if (bytes + size > MAX_BYTES) return drop();
      bytes += size;
      return true;
    },
    close: () => clearTimeout(timer),
  };
}

/** What a flood comes to, for the console of the pane. */
export function floodSentence(dropped: number): string {
  return `The page sent too much at once: ${dropped.toLocaleString("en")} of its messages were dropped. ${MAX_MESSAGES} a second and ${MAX_BYTES / 1024} KB a second are taken.`;
}

/** Roughly the bytes of a message; stops counting beyond `limit`, so that a large or endless one costs no more than that. */
function sizeOf(value: unknown, limit: number): number {
  let size = 0;
  const waiting = [value];
  while (waiting.length > 0 && size <= limit) {
    const next = waiting.pop();
    size += 8;
    if (typeof next === "string") size += next.length;
    else if (next instanceof ArrayBuffer || ArrayBuffer.isView(next)) size += next.byteLength;
    else if (next instanceof Map) waiting.push(...firstOf(next, limit - size));
    else if (next instanceof Set) waiting.push(...firstOf(next, limit - size));
    else if (typeof next === "object" && next !== null)
      waiting.push(...firstOf(fieldsOf(next), limit - size));
  }
  return size;
}

/** No more values than fit the limit at 8 bytes each, and one that does not. */
function firstOf(values: Iterable<unknown>, limit: number): unknown[] {
  const first: unknown[] = [];
  for (const value of values) {
    first.push(value);
    if (first.length * 8 > limit) break;
  }
  return first;
}

function* fieldsOf(value: object): Generator<unknown> {
  for (const name in value) {
    yield name;
    yield (value as Record<string, unknown>)[name];
  }
}
