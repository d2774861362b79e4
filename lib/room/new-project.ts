/** The rows that a project begins with, and what its first turns are asked. */
import type { CommitId, ProjectId, PromptId, TurnId, VariantId } from "#lib/project/ids.ts";
import { letterOf } from "#lib/project/letters.ts";
import type { NewProjectInput } from "#lib/project/new-project-input.ts";
import { templateFiles } from "#lib/project/template.ts";
import type { NewCommit, NewVariant, Storage } from "#lib/storage/types.ts";
import type { Plans } from "./plans.ts";
import { titleOf } from "./title.ts";

export type NewProject = {
  project: Parameters<Storage["createProject"]>[0];
  commit: NewCommit;
  variants: NewVariant[];
  begin: Parameters<Plans["begin"]>[0];
};

export function newProject(input: NewProjectInput, id: () => string, createdAt: number): NewProject {
  const { text, count, ownerId, lane = "fast", plan = "designer", hold = false } = input;
  const projectId = id() as ProjectId;
  const commit: NewCommit = {
    id: id() as CommitId,
    projectId,
    parentId: null,
    turnId: null,
    authorKind: "system",
    files: templateFiles,
    createdAt,
  };
  const variants = Array.from({ length: count }, (_, position) =>
    firstVariant(projectId, commit.id, position, createdAt, id() as VariantId),
  );
  const turnIds = new Map(variants.map((variant) => [variant.id, id() as TurnId]));
  return {
    project: { id: projectId, title: titleOf(text), createdAt, ownerId },
    commit,
    variants,
    begin: { promptId: id() as PromptId, turnIds, lane, text, by: plan, hold, person: ownerId },
  };
}

function firstVariant(
  projectId: ProjectId,
  baseCommitId: CommitId,
  position: number,
  createdAt: number,
  id: VariantId,
): NewVariant {
  const letter = letterOf(position);
  return {
    id,
    projectId,
    letter,
    name: "",
    setNumber: 1,
    position,
    parentId: null,
    baseCommitId,
    keptAt: null,
    deletedAt: null,
    createdAt,
  };
}
