/** What the live files of a variant can be compared with: moments of its own, and its siblings as they are now. */
import type { CommitId, VariantId } from "#lib/project/ids.ts";
import type { Turn, Variant } from "#lib/project/rows.ts";

export type Version =
  | { id: string; label: string; commitId: CommitId }
  /** Another variant, live. */
  | { id: string; label: string; variantId: VariantId };

/** The parent first: what the last turn started from. Then each turn, newest first, the start, and the siblings. */
export function versionsFor(
  variant: Variant,
  siblings: readonly Variant[],
  turns: readonly Turn[],
): Version[] {
  const own = turns
    .filter((turn) => turn.variantId === variant.id)
    .map((turn, index) => ({ turn, number: index + 1 }))
    .filter(({ turn }) => turn.commitId !== null);
  const before = own.at(-2)?.turn.commitId ?? variant.baseCommitId;
  const last = own.at(-1);
  const versions: Version[] = [];
  if (last) versions.push({ id: "parent", label: `Parent: before turn ${last.number}`, commitId: before });
  for (const { turn, number } of [...own].reverse())
    versions.push({
      id: turn.id,
      label: `Turn ${number}: ${short(turn.prompt)}`,
      commitId: turn.commitId as CommitId,
    });
  versions.push({ id: "start", label: startWords(variant), commitId: variant.baseCommitId });
  for (const { id, letter, name } of siblings)
    if (id !== variant.id)
      versions.push({ id, label: `Variant ${letter}${name ? `, ${name}` : ""}, now`, variantId: id });
  return versions;
}

function startWords({ parentId }: Variant): string {
  return parentId === null ? "Start" : "Start: what it was forked from";
}

function short(prompt: string): string {
  const line = prompt.trim().split("\n")[0] ?? "";
  return line.length > 44 ? `${line.slice(0, 43)}…` : line;
}
