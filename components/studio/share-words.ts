import type { Share } from "#lib/project/rows.ts";

/** What a link shows and when it was made, for people. */
export function shareLabel(share: Share): string {
  const time = new Date(share.createdAt).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return `${whatIsShown(share)}, made ${time}`;
}

function whatIsShown({ set, commitId, variantId, variantLetter }: Share): string {
  if (set) return `${set.length} versions to compare`;
  if (commitId) return `a version of ${variantLetter ?? "a variant"}`;
  return variantId ? `variant ${variantLetter ?? ""} live` : "the live room";
}

export function endWords(end: number): string {
  const words = new Date(end).toLocaleString("en-GB", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  return `${end <= Date.now() ? "Ended" : "Ends"} ${words}`;
}
