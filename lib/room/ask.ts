/** A turn and what is known around it → what a model is asked. */
import type { ProjectId } from "#lib/project/ids.ts";
import type { Turn, Variant } from "#lib/project/rows.ts";
import { templateFiles } from "#lib/project/template.ts";
import type { PromptRequest } from "#lib/prompt/types.ts";
import type { LiveDocument } from "./live-document.ts";
import type { Extras } from "./turn-job.ts";

type Around = {
  turn: Turn;
  turns: readonly Turn[];
  variant: Variant;
  /** Variants of its set. */
  count: number;
  projectId: ProjectId;
  extras: Extras;
  live: LiveDocument;
};

export function requestOf({ turn, turns, variant, count, projectId, extras, live }: Around): PromptRequest {
  const before = turns.filter(
    (each) => each.variantId === turn.variantId && each.id !== turn.id && each.endedAt !== null,
  );
  return {
    ...extras,
    text: turn.prompt,
    kind: turn.kind === "create" ? "create" : "change",
    files: live.document.files(),
    letter: variant.letter,
    position: variant.position,
    variantCount: count,
    seed: projectId,
    history: before.map(({ prompt, answer, state }) => ({
      prompt,
      result: answer.split("\n")[0] || state,
    })),
    changedAt: changedAt(before),
  };
}

/** Path → the number of the last turn that changed it. */
function changedAt(turns: readonly Turn[]): Map<string, number> {
  const last = new Map<string, number>();
  turns.forEach((turn, number) => {
    for (const { path } of turn.changes) last.set(path, number);
  });
  return last;
}

/** For directions, before there is any page: the same for all variants. */
export function firstRequestOf(text: string, projectId: ProjectId, variantCount: number): PromptRequest {
  return {
    ...{ text, kind: "create", files: templateFiles, letter: "A", position: 0, variantCount },
    seed: projectId,
    history: [],
  };
}
