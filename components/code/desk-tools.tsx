"use client";
import { AlignLeft, CircleAlert, FileDiff, FolderTree, Search } from "lucide-react";
import { Tool } from "./tool.tsx";

/** What stands beside the editor; above it where there is no room. */
export type Panel = "files" | "search";

type DeskToolsProps = {
  letter: string;
  paths: readonly string[];
  path: string;
  onOpen(path: string): void;
  panel: Panel | null;
  onPanel(panel: Panel | null): void;
  hasDiff: boolean;
  onDiff(): void;
  errors: number;
  hasProblems: boolean;
  onProblems(): void;
  /** Null: what is shown cannot be formatted here. */
  onFormat: (() => void) | null;
};

/** The first line of the drawer: which file, and what to do with it. */
export function DeskTools(props: DeskToolsProps) {
  const { letter, paths, path, onOpen, panel, onPanel, errors, onFormat } = props;
  const toggle = (which: Panel) => onPanel(panel === which ? null : which);
  return (
    <div className="flex h-11 flex-none items-center gap-0.5 pr-11 pl-3">
      <span className="badge mr-1.5">{letter}</span>
      <select
        aria-label="File"
        className="field mr-1 h-8 min-w-0 flex-1 rounded-sm bg-raised px-2 font-mono text-xs"
        value={path}
        onChange={(event) => onOpen(event.target.value)}
      >
        {paths.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
      <Tool label="Files" isOn={panel === "files"} onClick={() => toggle("files")}>
        <FolderTree size={14} />
      </Tool>
      <Tool label="Search all files" isOn={panel === "search"} onClick={() => toggle("search")}>
        <Search size={14} />
      </Tool>
      <Tool label="Differences" isOn={props.hasDiff} onClick={props.onDiff}>
        <FileDiff size={14} />
      </Tool>
      <Tool label={`Problems: ${errors}`} isOn={props.hasProblems} onClick={props.onProblems}>
        <CircleAlert size={14} color={errors > 0 ? "var(--bad)" : "currentColor"} />
        {errors > 0 ? <span className="tnum">{errors}</span> : null}
      </Tool>
      {onFormat ? (
        <Tool label="Format" onClick={onFormat}>
          <AlignLeft size={14} />
        </Tool>
      ) : null}
    </div>
  );
}
