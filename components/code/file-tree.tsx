"use client";
import {
  ChevronRight,
  FilePlus2,
  FileText,
  FolderClosed,
  Image,
  Pencil,
  Redo2,
  Trash2,
  Undo2,
  Upload,
} from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { type FileActionResult, fileActionsOf } from "#lib/client/file-actions.ts";
import type { LanguageClient } from "#lib/client/language-client.ts";
import { readUpload } from "#lib/client/uploaded.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import { isPicture } from "#lib/project/file-name.ts";
import { type FileRow, folderOf, rowsOf } from "./file-rows.ts";
import { Tool } from "./tool.tsx";

type FileTreeProps = {
  document: VariantDocument;
  paths: readonly string[];
  /** What the editor shows. */
  path: string;
  readOnly: boolean;
  /** It knows what imports a file. */
  language: LanguageClient | null;
  onOpen(path: string): void;
};

/** What is being named: a new file in a folder, or something that has a name. */
type Naming = { of: string | null; text: string };
type Said = { words: string; isError: boolean };

/** The files as a tree: opened, made, renamed, deleted and uploaded, by pointer or by keys. */
export function FileTree({ document, paths, path, readOnly, language, onOpen }: FileTreeProps) {
  const actions = fileActionsOf(document);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState(path);
  const [naming, setNaming] = useState<Naming | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const tree = useRef<HTMLDivElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const rows = rowsOf(paths, closed);
  const active = rows.find((row) => row.path === current) ?? rows.find((row) => row.path === path) ?? rows[0];
  useEffect(() => setCurrent(path), [path]);

  const focusRow = (row: FileRow | undefined) => {
    if (!row) return;
    setCurrent(row.path);
    tree.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(row.path)}"]`)?.focus();
  };
  const fold = (row: FileRow, isOpen: boolean) => {
    const next = new Set(closed);
    if (isOpen) next.delete(row.path);
    else next.add(row.path);
    setClosed(next);
  };
  const tell = (result: FileActionResult | null, otherwise: string) => {
    if (!result) setSaid({ words: otherwise, isError: false });
    else if (!result.ok) setSaid({ words: result.message, isError: true });
    else {
      setSaid({ words: result.words, isError: false });
      if (result.path && document.read(result.path) !== null) onOpen(result.path);
    }
    return result?.ok ?? false;
  };
  const undo = () => tell(actions.undo(), "There is nothing to undo here.");
  const redo = () => tell(actions.redo(), "There is nothing to do again.");
  const remove = (row: FileRow) => {
    const index = rows.indexOf(row);
    const neighbour =
      rows.slice(index + 1).find((each) => !each.path.startsWith(`${row.path}/`)) ?? rows[index - 1];
    if (tell(actions.remove(row.path), "")) focusRow(neighbour);
  };
  const startNew = () => setNaming({ of: null, text: `${folderOf(active)}/`.replace("//", "/") });
  const startRename = (row: FileRow) => setNaming({ of: row.path, text: row.path });
  const rename = async (from: string, to: string) => {
    const imports = (await language?.importsAfterRename(from, to.trim())) ?? [];
    return actions.rename(from, to, imports);
  };
  const name = async (text: string) => {
    if (!naming) return;
    const result = naming.of === null ? actions.create(text, "") : await rename(naming.of, text);
    if (tell(result, "")) setNaming(null);
  };
  const upload = async (files: FileList) => {
    const problems: string[] = [];
    let last: FileActionResult | null = null;
    for (const file of files) {
      const read = await readUpload(folderOf(active), file);
      const done = read.ok ? actions.upload(read.name, read.text) : read;
      if (done.ok) last = done as FileActionResult;
      else problems.push(done.message);
    }
    if (last) tell(last, "");
    if (problems.length > 0) setSaid({ words: problems.join(" "), isError: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!active || naming) return;
    const act = keyAction(event, rows, active);
    if (!act) return;
    // Single keys mean something to the studio, too.
    event.preventDefault();
    event.stopPropagation();
    if (act.type === "focus") focusRow(act.row);
    else if (act.type === "open") active.kind === "file" ? onOpen(active.path) : fold(active, !active.isOpen);
    else if (act.type === "fold") fold(active, act.isOpen);
    else if (readOnly) return;
    else if (act.type === "rename") startRename(active);
    else if (act.type === "remove") remove(active);
    else if (act.type === "undo") undo();
    else redo();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped anywhere here; the button "Upload" does the same.
    <div
      className="flex h-full min-h-0 flex-col"
      onDragOver={(event) => (readOnly ? undefined : event.preventDefault())}
      onDrop={(event) => {
        event.preventDefault();
        if (!readOnly && event.dataTransfer.files.length > 0) void upload(event.dataTransfer.files);
      }}
    >
      {readOnly ? null : (
        <div className="flex flex-none items-center px-1 py-0.5" role="toolbar" aria-label="Files">
          <Tool label="New file" onClick={startNew}>
            <FilePlus2 size={14} />
          </Tool>
          <Tool label="Upload" onClick={() => picker.current?.click()}>
            <Upload size={14} />
          </Tool>
          <Tool label="Rename" onClick={() => active && startRename(active)}>
            <Pencil size={14} />
          </Tool>
          <Tool label="Delete" onClick={() => active && remove(active)}>
            <Trash2 size={14} />
          </Tool>
          <span className="flex-1" />
          <Tool label="Undo file change" onClick={undo}>
            <Undo2 size={14} />
          </Tool>
          <Tool label="Redo file change" onClick={redo}>
            <Redo2 size={14} />
          </Tool>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-label="Files to upload"
            onChange={(event) => {
              if (event.target.files) void upload(event.target.files);
              event.target.value = "";
            }}
          />
        </div>
      )}
      {naming?.of === null ? (
        <NameField
          label="Path of the new file"
          naming={naming}
          onName={(text) => void name(text)}
          onCancel={() => setNaming(null)}
        />
      ) : null}
      <div
        ref={tree}
        role="tree"
        aria-label="Files"
        tabIndex={-1}
        className="min-h-0 flex-1 overflow-y-auto pb-2"
        onKeyDown={onKeyDown}
        // Screen readers put the focus on any row, without a key.
        onFocus={({ target }) => target.dataset.path && setCurrent(target.dataset.path)}
      >
        {rows.map((row) =>
          naming?.of === row.path ? (
            <NameField
              key={row.path}
              label={`New path of ${row.path}`}
              naming={naming}
              onName={(text) => void name(text)}
              onCancel={() => {
                setNaming(null);
                requestAnimationFrame(() => focusRow(row));
              }}
            />
          ) : (
            <Row
              key={row.path}
              row={row}
              isShown={row.path === path}
              isActive={row.path === active?.path}
              onChoose={() => {
                setCurrent(row.path);
                if (row.kind === "file") onOpen(row.path);
                else fold(row, !row.isOpen);
              }}
            />
          ),
        )}
      </div>
      <p
        role={said?.isError ? "alert" : "status"}
        className={`flex-none border-t border-line px-3 text-xs empty:border-0 ${said ? "py-1.5" : ""} ${said?.isError ? "text-bad" : "text-ink-2"}`}
      >
        {said?.words}
      </p>
    </div>
  );
}

type KeyAction =
  | { type: "focus"; row: FileRow | undefined }
  | { type: "fold"; isOpen: boolean }
  | { type: "open" | "rename" | "remove" | "undo" | "redo" };

/** The keys of a tree (WAI-ARIA), and those of files. */
function keyAction(event: KeyboardEvent, rows: readonly FileRow[], active: FileRow): KeyAction | null {
  const at = rows.indexOf(active);
  if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "z")
    return { type: event.shiftKey ? "redo" : "undo" };
  if (event.metaKey && event.key === "Backspace") return { type: "remove" };
  if (event.metaKey || event.ctrlKey || event.altKey) return null;
  const isOpenFolder = active.kind === "folder" && active.isOpen;
  switch (event.key) {
    case "ArrowDown":
      return { type: "focus", row: rows[at + 1] };
    case "ArrowUp":
      return { type: "focus", row: rows[at - 1] };
    case "Home":
      return { type: "focus", row: rows[0] };
    case "End":
      return { type: "focus", row: rows.at(-1) };
    case "ArrowRight":
      if (isOpenFolder) return { type: "focus", row: rows[at + 1] };
      return active.kind === "folder" ? { type: "fold", isOpen: true } : null;
    case "ArrowLeft":
      if (isOpenFolder) return { type: "fold", isOpen: false };
      return { type: "focus", row: rows.find(({ path }) => path === folderOf({ ...active, kind: "file" })) };
    case "Enter":
    case " ":
      return { type: "open" };
    case "F2":
      return { type: "rename" };
    case "Delete":
      return { type: "remove" };
    default:
      return /^[\p{L}\p{N}._-]$/u.test(event.key)
        ? { type: "focus", row: nextNamed(rows, at, event.key) }
        : null;
  }
}

function nextNamed(rows: readonly FileRow[], at: number, letter: string): FileRow | undefined {
  const after = [...rows.slice(at + 1), ...rows.slice(0, at)];
  return after.find(({ name }) => name.toLowerCase().startsWith(letter.toLowerCase()));
}

type RowProps = { row: FileRow; isShown: boolean; isActive: boolean; onChoose(): void };

function Row({ row, isShown, isActive, onChoose }: RowProps) {
  const { path, name, level, kind, isOpen, position, siblings } = row;
  return (
    // The tree takes the keys.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
    <div
      role="treeitem"
      data-path={path}
      tabIndex={isActive ? 0 : -1}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={isShown}
      aria-expanded={kind === "folder" ? isOpen : undefined}
      className="flex h-6 cursor-pointer items-center gap-1.5 pr-2 text-ink-2 text-xs outline-offset-[-2px] hover:bg-raised aria-selected:bg-raised aria-selected:font-medium aria-selected:text-ink aria-selected:shadow-[inset_2px_0_0_var(--v)]"
      style={{ paddingLeft: `${level * 0.75 + 0.375}rem` }}
      onClick={onChoose}
    >
      <RowIcon row={row} />
      <span className="min-w-0 truncate">{name}</span>
    </div>
  );
}

function RowIcon({ row: { kind, isOpen, path } }: { row: FileRow }) {
  const looks = { size: 13, "aria-hidden": true, className: "flex-none text-ink-3" } as const;
  if (kind === "file") return isPicture(path) ? <Image {...looks} /> : <FileText {...looks} />;
  return (
    <>
      <ChevronRight
        {...looks}
        size={12}
        className={`-ml-3 flex-none text-ink-3 ${isOpen ? "rotate-90" : ""}`}
      />
      <FolderClosed {...looks} />
    </>
  );
}

type NameFieldProps = { label: string; naming: Naming; onName(text: string): void; onCancel(): void };

function NameField({ label, naming, onName, onCancel }: NameFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    // The name alone is what most people change.
    const { text } = naming;
    const dot = text.lastIndexOf(".");
    field.current?.setSelectionRange(text.lastIndexOf("/") + 1, dot > 0 ? dot : text.length);
  }, [naming]);
  return (
    <form
      className="px-1 py-0.5"
      onSubmit={(event) => {
        event.preventDefault();
        onName(field.current?.value ?? "");
      }}
    >
      <input
        ref={field}
        aria-label={label}
        defaultValue={naming.text}
        spellCheck={false}
        autoComplete="off"
        className="field h-6 rounded-xs bg-raised px-1.5 font-mono text-xs shadow-[inset_0_0_0_1px_var(--line-strong)]"
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key !== "Escape") return;
          event.preventDefault();
          onCancel();
        }}
      />
    </form>
  );
}
