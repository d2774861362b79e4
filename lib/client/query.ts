"use client";
/** What lives at rest, by React Query: projects and who answers. Refusals are values with a sentence, not exceptions. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ProjectId } from "#lib/project/ids.ts";
import type { ListedProject } from "#lib/project/listed-project.ts";
import type { Answerer } from "#lib/project/rows.ts";

export type Refusal = { ok: false; code: string; message: string };
export type Health = {
  version: string;
  storage: string;
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

const OFFLINE: Refusal = {
  ok: false,
  code: "offline",
  message: "The server cannot be reached. Is it running? Your text is still here.",
};

export function useProjects() {
  return useQuery({
    queryKey: ["projects"],
    queryFn: async () => (await read<{ projects: ListedProject[] }>("/api/projects")).projects,
  });
}

export function useHealth() {
  return useQuery({ queryKey: ["health"], queryFn: () => read<Health>("/api/health"), staleTime: 60_000 });
}

export function useCreateProject() {
  return useMutation({
    mutationFn: (body: NewProject) => write<{ projectId: ProjectId }>("POST", "/api/projects", body),
  });
}

/** A project of one's own from what a link shows. */
export function useRemix() {
  return useMutation({
    mutationFn: (shareId: string) =>
      write<{ projectId: ProjectId }>("POST", `/api/shares/${shareId}/remix`, {}),
  });
}

export function useRenameProject() {
  return useChange((body: { id: string; title: string }) =>
    write("PATCH", `/api/projects/${body.id}`, { title: body.title }),
  );
}

export function useDeleteProject() {
  return useChange((body: { id: string }) => write("DELETE", `/api/projects/${body.id}`, {}));
}

function useChange<Body, Answer>(change: (body: Body) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: ["projects"] }),
  });
}

async function read<Answer>(path: string): Promise<Answer> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as Answer;
}

export async function write<Answer extends object = object>(
  method: string,
  path: string,
  body: object,
): Promise<(Answer & { ok?: true }) | Refusal> {
  try {
    const response = await fetch(path, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Answer | Refusal;
  } catch {
    // No answer, or one that is no JSON: the server is away.
    return OFFLINE;
  }
}
