/**
 * Places that move with the text. A region's start sticks to the character before it, its end to the one after it, so both
 * survive the deletion of the region and text typed exactly on the border counts as inside (edits.md §1).
 */
import * as Y from "yjs";

export function anchorAt(text: Y.Text, offset: number, side: "start" | "end"): string {
  const position = Y.createRelativePositionFromTypeIndex(text, offset, side === "start" ? -1 : 0);
  return toBase64(Y.encodeRelativePosition(position));
}

/** Offset of the anchor now, or null when it is malformed or points elsewhere. */
export function resolveAnchor(doc: Y.Doc, text: Y.Text, anchor: string): number | null {
  try {
    const position = Y.decodeRelativePosition(fromBase64(anchor));
    const absolute = Y.createAbsolutePositionFromRelativePosition(position, doc);
    return absolute && absolute.type === text ? absolute.index : null;
  } catch {
    // Anchors come over the wire too: a malformed one is a place that does not exist.
    return null;
  }
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
