import * as Y from "yjs";

/** The longest run of text that an update brings; null when it brings none. */
export function insertedText(bytes: Uint8Array): string | null {
  let longest: string | null = null;
  for (const struct of Y.decodeUpdate(bytes).structs) {
    const content = struct instanceof Y.Item ? struct.content : null;
    if (content instanceof Y.ContentString && content.str.length > (longest?.length ?? 0))
      longest = content.str;
  }
  return longest;
}
