/**
 * Where a tag stands in the document: read from the text that ran, which may be older than the document or hold a half-written
 * draft, then moved by what differs. What stands in the differing part itself has no place yet.
 */
import { type SourceTag, tagsOf } from "#lib/edit/tags.ts";
import { countTags } from "./element-places.ts";

/** Of one file: what runs, and what the document says. */
export type RanText = { path: string; code: string; ran: string; now: string };

let last: { ran: string; tags: (SourceTag | null)[] } | null = null;

/** Null when it is being written, or when the reader of tags and the compiler saw different ones. */
export function sourceTag({ path, code, ran, now }: RanText, index: number): SourceTag | null {
  const tags = last?.ran === ran ? last.tags : tagsOf(path, ran);
  last = { ran, tags };
  const tag = tags[index];
  if (!tag || countTags(code) !== tags.length) return null;
  return moved(tag, ran, now);
}

function moved(tag: SourceTag, ran: string, now: string): SourceTag | null {
  if (ran === now) return tag;
  const before = sameStart(ran, now);
  if (tag.end <= before) return tag;
  const after = sameEnd(ran, now, before);
  if (tag.start < ran.length - after) return null;
  const by = now.length - ran.length;
  const { name, start, end, children } = tag;
  return {
    name,
    start: start + by,
    end: end + by,
    children: children && { start: children.start + by, end: children.end + by },
  };
}

function sameStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one[at] === other[at]) at++;
  return at;
}

/** At most what `before` leaves of both. */
function sameEnd(one: string, other: string, before: number): number {
  const most = Math.min(one.length, other.length) - before;
  let at = 0;
  while (at < most && one[one.length - 1 - at] === other[other.length - 1 - at]) at++;
  return at;
}
