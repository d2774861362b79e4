/**
 * The binary frame: all variants of a room in one buffer, at most one per window. Little endian: `u8 version, u8 count,
 * u16 flags, u32 sequence, f64 oldestTokenMs, f64 sentMs`, then per part `u8 kind, u8 slot, u16 editId, u32 length, payload`.
 */
import type { DraftFact } from "#lib/document/edit-session.ts";
import type { Drawn } from "./drawn.ts";
import type { Frame, FramePart } from "./events.ts";

const VERSION = 1;
const HEAD_BYTES = 24;
const PART_BYTES = 8;
/** A frame's part count is one byte: more parts make more frames. */
export const MAX_PARTS = 255;

const KINDS = ["update", "draft-start", "draft-delta", "draft-splice", "draft-end", "update-drawn"] as const;
const RESULTS = ["applied", "failed", "stopped", "cut"] as const;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

export function encodeFrame(frame: Frame): Uint8Array {
  const payloads = frame.parts.map(payloadOf);
  const size = payloads.reduce((sum, payload) => sum + PART_BYTES + payload.length, HEAD_BYTES);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, frame.parts.length);
  view.setUint32(4, frame.sequence, true);
  view.setFloat64(8, frame.oldestTokenMs, true);
  view.setFloat64(16, frame.sentMs, true);
  let at = HEAD_BYTES;
  for (const [index, part] of frame.parts.entries()) {
    const payload = payloads[index] as Uint8Array;
    view.setUint8(at, KINDS.indexOf(part.kind) + 1);
    view.setUint8(at + 1, part.slot);
    view.setUint16(at + 2, part.kind === "draft-delta" ? part.editId : 0, true);
    view.setUint32(at + 4, payload.length, true);
    bytes.set(payload, at + PART_BYTES);
    at += PART_BYTES + payload.length;
  }
  return bytes;
}

/** Any bytes are a frame or null; a frame that is cut anywhere is refused whole. */
export function decodeFrame(bytes: Uint8Array): Frame | null {
  if (bytes.length < HEAD_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== VERSION) return null;
  const parts: FramePart[] = [];
  let at = HEAD_BYTES;
  for (let index = 0; index < view.getUint8(1); index++) {
    if (at + PART_BYTES > bytes.length) return null;
    const length = view.getUint32(at + 4, true);
    const from = at + PART_BYTES;
    if (from + length > bytes.length) return null;
    const head = {
      kind: view.getUint8(at),
      slot: view.getUint8(at + 1),
      editId: view.getUint16(at + 2, true),
    };
    const part = decodePart(head, bytes.subarray(from, from + length));
    if (part === null) return null;
    parts.push(part);
    at = from + length;
  }
  if (at !== bytes.length) return null;
  return {
    sequence: view.getUint32(4, true),
    oldestTokenMs: view.getFloat64(8, true),
    sentMs: view.getFloat64(16, true),
    parts,
  };
}

/** A draft's fact as a part of a frame, and back: the same words on both sides of the wire. */
export function partOfFact(fact: DraftFact, slot: number, turnId: string): FramePart {
  switch (fact.type) {
    case "draft-start":
      return {
        kind: "draft-start",
        slot,
        draft: {
          turnId: turnId as never,
          editId: fact.editId,
          path: fact.path,
          start: fact.start,
          end: fact.end,
        },
      };
    case "draft-delta":
      return { kind: "draft-delta", slot, editId: fact.editId, text: fact.text };
    case "draft-splice":
      return {
        kind: "draft-splice",
        slot,
        editId: fact.editId,
        used: fact.used,
        start: fact.start,
        end: fact.end,
      };
    case "draft-end":
      return { kind: "draft-end", slot, editId: fact.editId, result: fact.result };
    default:
      return fact satisfies never;
  }
}

export function factOfPart(part: Exclude<FramePart, { kind: "update" | "update-drawn" }>): DraftFact {
  if (part.kind === "draft-start") {
    const { editId, path, start, end } = part.draft;
    return { type: "draft-start", editId, path, start, end };
  }
  const { kind, slot: _slot, ...rest } = part;
  return { type: kind, ...rest } as DraftFact;
}

function payloadOf(part: FramePart): Uint8Array {
  switch (part.kind) {
    case "update":
      return part.bytes;
    case "update-drawn":
      return drawnBytes(part);
    case "draft-start":
      return encoder.encode(JSON.stringify(part.draft));
    case "draft-delta":
      return encoder.encode(part.text);
    case "draft-splice":
      return encoder.encode(JSON.stringify([part.editId, part.used, part.start, part.end]));
    case "draft-end":
      return encoder.encode(JSON.stringify([part.editId, part.result]));
    default:
      return part satisfies never;
  }
}

type PartHead = { kind: number; slot: number; editId: number };

function decodePart({ kind, slot, editId }: PartHead, payload: Uint8Array): FramePart | null {
  try {
    switch (KINDS[kind - 1]) {
      case "update":
        return { kind: "update", slot, bytes: payload };
      case "update-drawn":
        return decodeDrawn(slot, payload);
      case "draft-delta":
        return { kind: "draft-delta", slot, editId, text: decoder.decode(payload) };
      case "draft-start":
        return decodeDraftStart(slot, JSON.parse(decoder.decode(payload)));
      case "draft-splice":
        return decodeDraftSplice(slot, JSON.parse(decoder.decode(payload)));
      case "draft-end":
        return decodeDraftEnd(slot, JSON.parse(decoder.decode(payload)));
      default:
        return null;
    }
  } catch {
    // Bytes that are no UTF-8 or no JSON: the frame is refused.
    return null;
  }
}

/** `u32 editId, u32 offset, u32 chars, u32 check, u32 length of head`, head, tail. */
const DRAWN_BYTES = 20;

function drawnBytes({ editId, offset, chars, check, head, tail }: Drawn): Uint8Array {
  const bytes = new Uint8Array(DRAWN_BYTES + head.length + tail.length);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of [editId, offset, chars, check, head.length].entries())
    view.setUint32(index * 4, value, true);
  bytes.set(head, DRAWN_BYTES);
  bytes.set(tail, DRAWN_BYTES + head.length);
  return bytes;
}

function decodeDrawn(slot: number, payload: Uint8Array): FramePart | null {
  if (payload.length < DRAWN_BYTES) return null;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const [editId = 0, offset = 0, chars = 0, check = 0, length = 0] = [0, 4, 8, 12, 16].map((at) =>
    view.getUint32(at, true),
  );
  const tailAt = DRAWN_BYTES + length;
  if (tailAt > payload.length) return null;
  const [head, tail] = [payload.subarray(DRAWN_BYTES, tailAt), payload.subarray(tailAt)];
  return { kind: "update-drawn", slot, editId, offset, chars, check, head, tail };
}

function decodeDraftStart(slot: number, value: unknown): FramePart | null {
  if (!value || typeof value !== "object") return null;
  const { turnId, editId, path, start, end } = value as Record<string, unknown>;
  if (typeof turnId !== "string" || !isCount(editId) || typeof path !== "string") return null;
  if (!isAnchor(start) || !isAnchor(end)) return null;
  return { kind: "draft-start", slot, draft: { turnId: turnId as never, editId, path, start, end } };
}

function decodeDraftSplice(slot: number, value: unknown): FramePart | null {
  if (!Array.isArray(value)) return null;
  const [editId, used, start, end] = value as unknown[];
  if (!isCount(editId) || !isCount(used) || !isAnchor(start) || !isAnchor(end)) return null;
  return { kind: "draft-splice", slot, editId, used, start, end };
}

function decodeDraftEnd(slot: number, value: unknown): FramePart | null {
  if (!Array.isArray(value)) return null;
  const [editId, result] = value as unknown[];
  const known = RESULTS.find((each) => each === result);
  return isCount(editId) && known ? { kind: "draft-end", slot, editId, result: known } : null;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function isAnchor(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}
