/**
 * An update whose text the page has already: a model's text travels as a draft, and when it enters the document it is not sent a
 * second time. The update goes without it; the page fills the hole from its draft, and a check says whether that was right.
 */
import { insertedText } from "#lib/document/inserted-text.ts";

export type Drawn = {
  editId: number;
  /** Where in the draft the text stands, in characters. */
  offset: number;
  chars: number;
  /** Of the whole update. */
  check: number;
  head: Uint8Array;
  tail: Uint8Array;
};

/** Below that the hole costs as much as the text. */
const MIN_CHARS = 32;

const encoder = new TextEncoder();

/** Null when the text of the update stands in none of the drafts. */
export function drawFrom(
  bytes: Uint8Array,
  drafts: readonly { editId: number; text: string }[],
): Drawn | null {
  if (drafts.length === 0 || bytes.length < MIN_CHARS) return null;
  const text = insertedText(bytes);
  if (text === null || text.length < MIN_CHARS) return null;
  const from = drafts.find((draft) => draft.text.includes(text));
  const utf8 = encoder.encode(text);
  const at = from ? indexOf(bytes, utf8) : -1;
  if (!from || at === -1) return null;
  return {
    editId: from.editId,
    offset: from.text.indexOf(text),
    chars: text.length,
    check: checkOf(bytes),
    head: bytes.subarray(0, at),
    tail: bytes.subarray(at + utf8.length),
  };
}

/** The whole update; null when the draft is not what the sender had. */
export function redraw({ offset, chars, check, head, tail }: Drawn, draft: string | null): Uint8Array | null {
  if (draft === null) return null;
  const text = encoder.encode(draft.slice(offset, offset + chars));
  const bytes = new Uint8Array(head.length + text.length + tail.length);
  bytes.set(head);
  bytes.set(text, head.length);
  bytes.set(tail, head.length + text.length);
  return checkOf(bytes) === check ? bytes : null;
}

/** FNV-1a. */
function checkOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

function indexOf(bytes: Uint8Array, part: Uint8Array): number {
  const [first = 0] = part;
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (at + part.length > bytes.length) return -1;
    if (part.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}
