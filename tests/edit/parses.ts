/** Whether a text parses, asked once for each text: properties come by the same ones again and again. */
import { pairsTags } from "../../lib/edit/pairs-tags.ts";
import { accepts } from "../../lib/room/accepts.ts";

const KEPT = 5_000;
const known = new Map<string, boolean>();

/** `accepts` of lib/room, remembered. */
export function acceptsOnce(path: string, text: string): boolean {
  const key = `${path}\n${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size >= KEPT) known.clear();
  const does = accepts(path, text);
  known.set(key, does);
  return does;
}

export function parses(path: string, text: string): boolean {
  return acceptsOnce(path, text) && pairsTags(path, text);
}
