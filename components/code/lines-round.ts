/** The line that the model writes just now, the one before it, and the one that comes after what it replaces. */
import type { PlacedDraft } from "#lib/document/draft-book.ts";

export type Peek = { path: string; before: string; line: string; after: string };

/** A long line is read from its end: there stands the caret. */
const LAST_CHARS = 80;

export function linesRound({ path, start, end, text }: PlacedDraft, whole: string): Peek {
  const [before = "", line = ""] = ["", ...(whole.slice(0, start) + text).split("\n")].slice(-2);
  const rest = whole.slice(end);
  const next = rest.indexOf("\n");
  const after = next < 0 ? "" : (rest.slice(next + 1).split("\n", 1)[0] ?? "");
  const isLong = line.length > LAST_CHARS;
  return { path, before, line: isLong ? `…${line.slice(-LAST_CHARS)}` : line, after };
}
