"use client";
import { useRef } from "react";
import { plural } from "#components/ui/figures.ts";
import { tell } from "#components/ui/toaster.tsx";
import { useDeleteProject, useProjects, useRestoreProject } from "#lib/client/query.ts";
import type { ProjectId } from "#lib/project/ids.ts";
import { RecentCard } from "./recent-card.tsx";

/** Earlier projects; left out when there are none. */
export function Recents() {
  const list = useProjects();
  const remove = useDeleteProject();
  const restore = useRestoreProject();
  const box = useRef<HTMLElement>(null);
  if (list.isError)
    return (
      <p className="mt-12 text-sm text-ink-2">
        Earlier projects cannot be listed: the server does not answer. They are still there.
      </p>
    );
  if (!list.data) return null;
  const { projects, deleted } = list.data;
  if (projects.length + deleted.length === 0) return null;

  async function takeBack(id: ProjectId, title: string) {
    const answer = await restore.mutateAsync(id);
    if ("message" in answer) void tell(`“${title}” is not back: ${answer.message}`);
  }

  async function discard(id: ProjectId, title: string, index: number) {
    const links = [...(box.current?.querySelectorAll<HTMLElement>("a[data-project]") ?? [])];
    const next = links[index + 1] ?? links[index - 1] ?? document.getElementById("prompt");
    next?.focus();
    const answer = await remove.mutateAsync(id);
    if ("message" in answer) return void tell(`“${title}” was not deleted: ${answer.message}`);
    void tell(`“${title}” was deleted.`, { title: "Undo", run: () => takeBack(id, title) });
  }

  return (
    <section ref={box} data-region="" className="mt-12" aria-labelledby="recent">
      <h2 id="recent" className="text-xs font-medium text-ink-3">
        Recent
      </h2>
      <ul className="mt-2 grid grid-cols-[repeat(auto-fill,minmax(min(100%,18rem),1fr))] gap-x-5 gap-y-7">
        {projects.map((project, index) => (
          <RecentCard
            key={project.id}
            project={project}
            onDelete={() => void discard(project.id, project.title, index)}
          />
        ))}
      </ul>
      {deleted.length > 0 ? <Deleted deleted={deleted} onTakeBack={takeBack} /> : null}
    </section>
  );
}

type DeletedProps = {
  deleted: { id: ProjectId; title: string }[];
  onTakeBack(id: ProjectId, title: string): Promise<void>;
};

/** A toast goes by; what was deleted can be taken back for a day. */
function Deleted({ deleted, onTakeBack }: DeletedProps) {
  return (
    <details className="mt-8 text-sm text-ink-2">
      <summary className="w-fit cursor-pointer rounded-xs text-xs text-ink-3 pointer-coarse:py-3">
        {plural(deleted.length, "deleted project")}, kept for a day
      </summary>
      <ul className="mt-1">
        {deleted.map(({ id, title }) => (
          <li key={id} className="flex min-h-9 items-center gap-2">
            <span className="truncate">{title}</span>
            <button
              type="button"
              className="button button-small"
              aria-label={`Take back ${title}`}
              onClick={() => void onTakeBack(id, title)}
            >
              Take back
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
