"use client";
import { Copy, Pencil, Trash2 } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { age, plural } from "#components/ui/figures.ts";
import { tell } from "#components/ui/toaster.tsx";
import { useDuplicateProject, useRenameProject } from "#lib/client/query.ts";
import type { ListedProject } from "#lib/project/listed-project.ts";
import { Thumbnail } from "./thumbnail.tsx";

type RecentCardProps = { project: ListedProject; onDelete(): void };

/** A project as its own small triptych, with what can be done to it as a whole. */
export function RecentCard({ project, onDelete }: RecentCardProps) {
  const { id, title, turns, updatedAt, variants } = project;
  const [isNaming, setNaming] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const duplicate = useDuplicateProject();
  const copy = async () => {
    const answer = await duplicate.mutateAsync(id);
    void tell("title" in answer ? `“${answer.title}” was made.` : `Nothing was copied: ${refusalOf(answer)}`);
  };
  const endNaming = () => {
    setNaming(false);
    requestAnimationFrame(() => pencil.current?.focus());
  };
  return (
    <li className="min-w-0">
      <a
        href={`/p/${id}`}
        data-project=""
        aria-label={title}
        className="recent-sheets"
        style={{ gridTemplateColumns: `repeat(${Math.max(3, variants.length)}, minmax(0, 1fr))` }}
      >
        {variants.map(({ letter, page }) => (
          <Thumbnail key={page} letter={letter} page={page} />
        ))}
      </a>
      <div className="mt-1.5 flex min-h-7 items-center gap-1">
        {isNaming ? (
          <NameField project={project} onEnd={endNaming} />
        ) : (
          <p className="min-w-0 flex-1">
            <span className="block truncate text-sm font-medium">{title}</span>
            <span className="tnum block truncate text-xs text-ink-3">
              {plural(turns, "turn")} · {age(updatedAt, Date.now())}
            </span>
          </p>
        )}
        <IconButton label={`Rename ${title}`} button={pencil} onClick={() => setNaming(true)}>
          <Pencil size={14} aria-hidden="true" />
        </IconButton>
        <IconButton label={`Duplicate ${title}`} onClick={() => void copy()} isDisabled={duplicate.isPending}>
          <Copy size={14} aria-hidden="true" />
        </IconButton>
        <IconButton label={`Delete ${title}`} onClick={onDelete}>
          <Trash2 size={14} aria-hidden="true" />
        </IconButton>
      </div>
    </li>
  );
}

function NameField({ project, onEnd }: { project: ListedProject; onEnd(): void }) {
  const rename = useRenameProject();
  const isOver = useRef(false);
  const end = (title: string | null) => {
    if (isOver.current) return;
    isOver.current = true;
    if (title && title !== project.title) rename.mutate({ id: project.id, title });
    onEnd();
  };
  return (
    <input
      className="field min-w-0 flex-1 rounded-xs bg-sheet px-1.5 py-1 text-sm ring-1 ring-line-strong"
      aria-label={`New name of ${project.title}`}
      defaultValue={project.title}
      maxLength={80}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to type here
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => end(event.currentTarget.value.trim())}
      onKeyDown={(event) => {
        if (event.key === "Escape") end(null);
        if (event.key === "Enter") end(event.currentTarget.value.trim());
      }}
    />
  );
}

type IconButtonProps = {
  label: string;
  children: ReactNode;
  button?: React.RefObject<HTMLButtonElement | null>;
  isDisabled?: boolean;
  onClick(): void;
};

function IconButton({ label, children, button, isDisabled = false, onClick }: IconButtonProps) {
  return (
    <button
      ref={button}
      type="button"
      className="button button-small flex-none text-ink-3 hover:text-ink pointer-coarse:size-11"
      title={label.split(" ")[0]}
      aria-label={label}
      disabled={isDisabled}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

function refusalOf(answer: object): string {
  return "message" in answer ? String(answer.message) : "the server did not say why.";
}
