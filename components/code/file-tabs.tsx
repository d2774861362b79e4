"use client";
import { X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { tabNames } from "./open-files.ts";

export const FILE_PANEL_ID = "open-file";

type FileTabsProps = {
  paths: readonly string[];
  front: string;
  /** Files with an error in them. */
  broken: ReadonlySet<string>;
  onOpen(path: string): void;
  onClose(path: string): void;
};

/** The open files: one Tab stop, arrow keys choose; Delete, the middle button and the cross close. */
export function FileTabs({ paths, front, broken, onOpen, onClose }: FileTabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const hadFocus = useRef(false);
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(front)}"]`);
    // Not here: it would lay out the whole studio before the editor is in it.
    const frame = requestAnimationFrame(() => tab?.scrollIntoView({ block: "nearest", inline: "nearest" }));
    // The tab that had the focus was left or closed by a key: the one in front has it now.
    if (hadFocus.current) tab?.focus();
    hadFocus.current = false;
    return () => cancelAnimationFrame(frame);
  }, [front, paths]);

  const onKey = (event: KeyboardEvent) => {
    const next = stepOf(event.key, paths, front);
    if (next === null && event.key !== "Delete") return;
    event.preventDefault();
    hadFocus.current = true;
    if (next === null) onClose(front);
    else onOpen(next);
  };
  const mayClose = paths.length > 1;
  return (
    <div
      ref={list}
      role="tablist"
      aria-label="Open files"
      className="flex h-8 flex-none items-stretch overflow-x-auto overflow-y-hidden border-line border-t px-1.5 [scrollbar-width:none]"
      onKeyDown={onKey}
    >
      {tabNames(paths).map(({ path, name, folder }) => (
        <button
          key={path}
          type="button"
          role="tab"
          id={path === front ? `${FILE_PANEL_ID}-tab` : undefined}
          data-path={path}
          aria-selected={path === front}
          aria-controls={path === front ? FILE_PANEL_ID : undefined}
          tabIndex={path === front ? 0 : -1}
          title={mayClose ? `${path} (middle click or Delete closes)` : path}
          className="group relative flex max-w-48 min-w-0 flex-none cursor-pointer items-center gap-1.5 px-2 font-mono text-xs text-ink-3 hover:text-ink aria-selected:text-ink aria-selected:shadow-[inset_0_-2px_0_var(--v)] focus-visible:-outline-offset-2"
          onClick={() => onOpen(path)}
          // The middle button would begin to scroll the row.
          onMouseDown={(event) => event.button === 1 && event.preventDefault()}
          onAuxClick={(event) => event.button === 1 && onClose(path)}
        >
          <span className="truncate">{name}</span>
          {folder ? <span className="truncate text-ink-3">{folder}</span> : null}
          {broken.has(path) ? (
            <span className="text-bad">
              <span aria-hidden="true">●</span>
              <span className="sr-only">, has problems</span>
            </span>
          ) : null}
          {mayClose ? <Cross onClose={() => onClose(path)} /> : null}
        </button>
      ))}
    </div>
  );
}

/** For the pointer; keys have Delete and the command “Close this file”. A button in a tab could not be read out. */
function Cross({ onClose }: { onClose(): void }) {
  return (
    <span
      aria-hidden="true"
      className="-mr-1.5 grid size-6 flex-none place-items-center rounded-xs text-ink-3 opacity-0 group-hover:opacity-100 group-aria-selected:opacity-100 hover:bg-raised hover:text-ink pointer-coarse:opacity-100"
      onClick={(event) => {
        event.stopPropagation();
        onClose();
      }}
    >
      <X size={12} />
    </span>
  );
}

/** Where an arrow key, Home or End leads; null: another key. */
export function stepOf(key: string, paths: readonly string[], front: string): string | null {
  const at = paths.indexOf(front);
  const to = {
    ArrowRight: (at + 1) % paths.length,
    ArrowLeft: (at - 1 + paths.length) % paths.length,
    Home: 0,
    End: paths.length - 1,
  }[key];
  return to === undefined ? null : (paths[to] ?? null);
}
