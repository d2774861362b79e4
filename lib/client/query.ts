"use client";
/** What lives at rest, by React Query: projects and who answers. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ProjectId } from "#lib/project/ids.ts";
import type { Answerer } from "#lib/project/rows.ts";
import { read, write } from "./api.ts";
import { LIST, type ProjectList, projectChange } from "./project-change.ts";

export type Health = {
  version: string;
  storage: string;
  /** False while its disk is full. */
  writable: boolean;
  /** Deep is the same as fast when it has no model of its own. */
  lanes: Record<"fast" | "deep", { name: string; builtIn: boolean }>;
  hasDeep: boolean;
};

/** `plan`: who makes the directions; `hold`: they are shown before anything is built. */
export type NewProject = {
  text: string;
  count: number;
  lane?: Answerer;
  plan?: "designer" | "deep";
  hold?: boolean;
};

export function useProjects(enabled = true) {
  return useQuery({
    queryKey: LIST,
    enabled,
    queryFn: () => read<ProjectList>("/api/projects"),
  });
}

export function useHealth() {
  return useQuery({
    queryKey: ["health"],
    queryFn: () => read<Health>("/api/health"),
    staleTime: 60_000,
    // What is wrong is looked at again until it is right.
    refetchInterval: ({ state }) =>
      state.status === "error" || state.data?.writable === false ? 5_000 : false,
  });
}

/** From a prompt, or from a template by its name. */
export function useCreateProject() {
  return useMutation({
    mutationFn: (body: NewProject | { template: string; count: number }) =>
      write<{ projectId: ProjectId }>("POST", "/api/projects", body),
  });
}

export function useRenameProject() {
  return useChange(
    (body: { id: ProjectId; title: string }) =>
      write("PATCH", `/api/projects/${body.id}`, { title: body.title }),
    (list, { id, title }) => ({
      ...list,
      projects: list.projects.map((each) => (each.id === id ? { ...each, title } : each)),
    }),
  );
}

export function useDuplicateProject() {
  return useChange((id: ProjectId) =>
    write<{ projectId: ProjectId; title: string }>("POST", `/api/projects/${id}/duplicate`, {}),
  );
}

/** The server hides it and can bring it back for a day. */
export function useDeleteProject() {
  return useChange(
    (id: ProjectId) => write("DELETE", `/api/projects/${id}`, {}),
    (list, id) => ({
      projects: list.projects.filter((each) => each.id !== id),
      deleted: [...list.projects.filter((each) => each.id === id), ...list.deleted],
    }),
  );
}

export function useRestoreProject() {
  return useChange((id: ProjectId) => write("POST", `/api/projects/${id}/restore`, {}));
}

function useChange<Body, Answer>(
  change: (body: Body) => Promise<Answer>,
  foresee?: (list: ProjectList, body: Body) => ProjectList,
) {
  return useMutation(projectChange(useQueryClient(), change, foresee));
}
