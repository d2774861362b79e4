/** A change of one's list of projects: seen at once, sent in the order it was asked for. */
import type { MutationOptions, QueryClient } from "@tanstack/react-query";
import type { ProjectId } from "#lib/project/ids.ts";
import type { ListedProject } from "#lib/project/listed-project.ts";

/** `deleted`: those that can still be taken back. */
export type ProjectList = { projects: ListedProject[]; deleted: { id: ProjectId; title: string }[] };

/** Where the list lies in the page's cache. */
export const LIST = ["projects"];

/**
 * Changes wait for each other: who renames and then copies copies the new name, however the two requests travel.
 * The list is read again after the last of them, so that no answer shows again what a waiting change has taken away.
 * @param foresee how the list looks once it has happened; what the server has is shown in the end
 */
export function projectChange<Body, Answer>(
  client: QueryClient,
  change: (body: Body) => Promise<Answer>,
  foresee: (list: ProjectList, body: Body) => ProjectList = (list) => list,
): MutationOptions<Answer, Error, Body> {
  return {
    mutationKey: LIST,
    scope: { id: "projects" },
    mutationFn: change,
    onMutate: async (body) => {
      await client.cancelQueries({ queryKey: LIST });
      client.setQueryData<ProjectList>(LIST, (list) => list && foresee(list, body));
    },
    onSettled: () => {
      const isLast = client.isMutating({ mutationKey: LIST }) === 1;
      return isLast ? client.invalidateQueries({ queryKey: LIST }) : undefined;
    },
  };
}
