import type { Variant } from "#lib/project/rows.ts";
import type { Commands } from "#lib/wire/events.ts";
import { setNumbersOf, variantsOfSet } from "./table.ts";

/** Something that a link can show. */
export type ShareChoice = {
  key: string;
  label: string;
  /** What is live can be written to; a stored version cannot. */
  isLive: boolean;
  /** A new link is made when this is another one: a variant has moved on since. */
  linkKey: string;
  wish: Pick<Commands["share"], "commitId" | "variantId" | "setNumber">;
};

/** The room; then of the newest set each variant live, each as it is now, and all as they are now. */
export function choicesOf(variants: readonly Variant[]): ShareChoice[] {
  const newest = setNumbersOf(variants).at(-1) ?? 1;
  const shown = variantsOfSet(variants, newest);
  const heads = shown.map(({ headCommitId }) => headCommitId).join();
  const room: ShareChoice = {
    key: "live",
    label: "Live room",
    isLive: true,
    linkKey: "live",
    wish: { commitId: null },
  };
  const set: ShareChoice = {
    key: "set",
    label: `All ${shown.length} to compare, as they are now`,
    isLive: false,
    linkKey: `set:${heads}`,
    wish: { commitId: null, setNumber: newest },
  };
  return [room, ...(shown.length > 1 ? [set] : []), ...shown.flatMap(choicesOfOne)];
}

function choicesOfOne({ id, letter, headCommitId }: Variant): ShareChoice[] {
  return [
    {
      key: `${letter}-live`,
      label: `${letter} alone, live`,
      isLive: true,
      linkKey: `live:${id}`,
      wish: { commitId: null, variantId: id },
    },
    {
      key: letter,
      label: `This version of variant ${letter}`,
      isLive: false,
      linkKey: `version:${headCommitId}:${letter}`,
      wish: { commitId: headCommitId, variantId: id },
    },
  ];
}
