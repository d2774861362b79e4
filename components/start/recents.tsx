"use client";
import { useState } from "react";
import { age, plural } from "#components/ui/figures.ts";
import { useDeleteProject, useProjects, useRenameProject } from "#lib/client/query.ts";
import type { ProjectSummary } from "#lib/storage/types.ts";

/** Earlier projects of this machine; left out when there are none. */
export function Recents() {
  const projects = useProjects();
  if (projects.isError)
    return (
      <p className="mt-12 text-sm text-ink-2">
        Earlier projects cannot be listed: the server does not answer.
      </p>
    );
  if (!projects.data || projects.data.length === 0) return null;
  return (
    <section className="mt-14" aria-labelledby="recent">
      <h2 id="recent" className="text-xs font-medium text-ink-3">
        Recent
      </h2>
      <ul className="mt-2 divide-y divide-line border-y border-line">
        {projects.data.map((project) => (
          <RecentRow key={project.id} project={project} />
        ))}
      </ul>
    </section>
  );
}

function RecentRow({ project }: { project: ProjectSummary }) {
  const [mode, setMode] = useState<"plain" | "rename" | "delete">("plain");
  const rename = useRenameProject();
  const remove = useDeleteProject();
  if (mode === "delete") {
    return (
      <li className="flex min-h-12 items-center gap-2 text-sm">
        <span className="flex-1">Delete “{project.title}” with all its variants and links?</span>
        <button
          type="button"
          className="button button-small text-bad"
          onClick={() => remove.mutate({ id: project.id })}
        >
          Delete
        </button>
        <button type="button" className="button button-small" onClick={() => setMode("plain")}>
          Keep it
        </button>
      </li>
    );
  }
  return (
    <li className="flex min-h-12 items-center gap-3">
      <Thumbnail letters={project.letters} />
      {mode === "rename" ? (
        <input
          className="field flex-1 text-sm"
          aria-label={`New name of ${project.title}`}
          defaultValue={project.title}
          // biome-ignore lint/a11y/noAutofocus: the person has just asked to type here
          autoFocus
          onBlur={() => setMode("plain")}
          onKeyDown={(event) => {
            if (event.key === "Escape") setMode("plain");
            if (event.key !== "Enter") return;
            rename.mutate({ id: project.id, title: event.currentTarget.value });
            setMode("plain");
          }}
        />
      ) : (
        <a href={`/p/${project.id}`} className="min-w-0 flex-1 truncate text-sm font-medium hover:underline">
          {project.title}
        </a>
      )}
      <span className="tnum hidden text-xs text-ink-3 sm:inline">
        {plural(project.turns, "turn")} · {age(project.updatedAt, Date.now())}
      </span>
      <button
        type="button"
        className="button button-small"
        aria-label={`Rename ${project.title}`}
        onClick={() => setMode("rename")}
      >
        Rename
      </button>
      <button
        type="button"
        className="button button-small"
        aria-label={`Delete ${project.title}`}
        onClick={() => setMode("delete")}
      >
        Delete
      </button>
    </li>
  );
}

function Thumbnail({ letters }: { letters: string[] }) {
  return (
    <span className="flex gap-0.5" aria-hidden="true">
      {letters.slice(0, 4).map((letter) => (
        <span
          key={letter}
          data-v={letter.toLowerCase()}
          className="h-6 w-4 rounded-[2px] border border-line bg-sheet"
          style={{ borderTopColor: "var(--v)", borderTopWidth: 2 }}
        />
      ))}
    </span>
  );
}
