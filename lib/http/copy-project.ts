/** A project that begins with pages there are already: of a link, of another project, of a template. Nothing leads back to them. */
import type { Files } from "#lib/project/files.ts";
import type { CommitId, ProjectId, VariantId } from "#lib/project/ids.ts";
import { letterOf } from "#lib/project/letters.ts";
import type { NewCommit, NewVariant } from "#lib/storage/types.ts";
import type { ApiOptions } from "./route.ts";

export type Copy = { name: string; files: Files };

/** Its variants stand in the order of `copies`. */
export async function copyProject(
  { storage, newId }: Pick<ApiOptions, "storage" | "newId">,
  { title, ownerId, copies }: { title: string; ownerId: string; copies: Copy[] },
): Promise<ProjectId> {
  const projectId = newId() as ProjectId;
  const createdAt = Date.now();
  const made = copies.map((copy, position) => rowsOf(copy, { projectId, position, createdAt, newId }));
  await storage.createProject(
    { id: projectId, title, createdAt, ownerId },
    made.map(({ commit }) => commit),
    made.map(({ variant }) => variant),
  );
  return projectId;
}

function rowsOf(
  { name, files }: Copy,
  place: { projectId: ProjectId; position: number; createdAt: number; newId: () => string },
): { commit: NewCommit; variant: NewVariant } {
  const { projectId, position, createdAt, newId } = place;
  const commitId = newId() as CommitId;
  return {
    commit: { id: commitId, projectId, parentId: null, turnId: null, authorKind: "system", files, createdAt },
    variant: {
      id: newId() as VariantId,
      projectId,
      letter: letterOf(position),
      name,
      setNumber: 1,
      position,
      parentId: null,
      baseCommitId: commitId,
      keptAt: null,
      deletedAt: null,
      createdAt,
    },
  };
}
