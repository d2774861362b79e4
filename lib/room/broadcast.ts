/**
 * One combined binary frame per room and window, for all variants: cost is per frame, not per byte (live.md §2.4). The first
 * fact after quiet goes at once, later ones every 16 ms; encoded once, sent to many.
 */
import { FRAME_MS, type FramePart, type FrameTimes } from "#lib/wire/events.ts";
import { encodeFrame, MAX_PARTS } from "#lib/wire/frame.ts";

export type Broadcast = {
  /** Text of a model has come: what is added in this task counts from now. */
  textCame(): void;
  /** Parts that are added in one task leave in one frame. */
  add(...parts: FramePart[]): void;
  flush(): void;
  /** Number of the next frame. */
  sequence(): number;
  close(): void;
};

export function createBroadcast(
  send: (bytes: Uint8Array, times: FrameTimes) => void,
  now: () => number,
  frameMs: () => number = () => FRAME_MS,
): Broadcast {
  let parts: FramePart[] = [];
  let sequence = 0;
  let sentAt = Number.NEGATIVE_INFINITY;
  let oldestAt = 0;
  let textCameAt: number | null = null;
  let cancel: (() => void) | null = null;

  function flush(): void {
    cancel?.();
    cancel = null;
    if (parts.length === 0) return;
    const waiting = parts;
    parts = [];
    sentAt = now();
    for (let at = 0; at < waiting.length; at += MAX_PARTS) {
      const frame = {
        sequence: sequence++,
        oldestTokenMs: oldestAt,
        sentMs: sentAt,
        parts: waiting.slice(at, at + MAX_PARTS),
      };
      send(encodeFrame(frame), frame);
    }
  }

  function schedule(): void {
    const waitMs = frameMs() - (now() - sentAt);
    if (waitMs > 0) {
      const timer = setTimeout(flush, waitMs);
      cancel = () => clearTimeout(timer);
    } else {
      // setImmediate, not a microtask: what this task adds later (a splice's update and its draft) belongs to the same frame.
      const immediate = setImmediate(flush);
      cancel = () => clearImmediate(immediate);
    }
  }

  return {
    textCame() {
      textCameAt = now();
      // Text is parsed and applied without a wait: what comes after this task has another cause.
      queueMicrotask(() => {
        textCameAt = null;
      });
    },
    add(...added) {
      if (parts.length === 0) oldestAt = textCameAt ?? now();
      for (const part of added) if (!joinsLast(parts.at(-1), part)) parts.push({ ...part });
      if (!cancel) schedule();
    },
    flush,
    sequence: () => sequence,
    close() {
      cancel?.();
      cancel = null;
      parts = [];
    },
  };
}

/** Deltas of one draft in a row are one delta. */
function joinsLast(last: FramePart | undefined, part: FramePart): boolean {
  if (last?.kind !== "draft-delta" || part.kind !== "draft-delta") return false;
  if (last.slot !== part.slot || last.editId !== part.editId) return false;
  last.text += part.text;
  return true;
}
