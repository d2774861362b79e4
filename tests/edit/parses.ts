/** Whether a text parses, asked once for each text: properties come by the same ones again and again. */
import { pairsTags } from "../../lib/edit/pairs-tags.ts";
import { accepts } from "../../lib/room/accepts.ts";

const KEPT = 5_000;

/** `accepts` of lib/room, remembered. */
export const acceptsOnce = remembered(accepts);

/** Whether it parses, and each tag is closed by its own closer. */
export const parses = remembered((path, text) => acceptsOnce(path, text) && pairsTags(path, text));

type Judge = (path: string, text: string) => boolean;

function remembered(judge: Judge): Judge {
  const known = new Map<string, boolean>();
  return (path, text) => {
    const key = `${path}\n${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= KEPT) known.clear();
    const does = judge(path, text);
    known.set(key, does);
    return does;
  };
}
