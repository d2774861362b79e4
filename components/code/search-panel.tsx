"use client";
import { CaseSensitive, Regex } from "lucide-react";
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { plural } from "#components/ui/figures.ts";
import { type FileMatches, type Found, type Match, searchFiles } from "#lib/client/search-files.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import type { Spot } from "./spot.ts";
import { Tool } from "./tool.tsx";
import { useFilesNow } from "./use-files.ts";

type SearchPanelProps = { document: VariantDocument; onJump(spot: Spot): void };

/** Files change while they are searched; results follow at a pace that can be read. */
const EVERY_MS = 500;

/** Looks for text in all files. Arrow keys go from the field through the results, Enter shows one in the editor. */
export function SearchPanel({ document, onJump }: SearchPanelProps) {
  const [text, setText] = useState("");
  const [isRegex, setRegex] = useState(false);
  const [matchesCase, setMatchesCase] = useState(false);
  const files = useFilesNow(document, EVERY_MS);
  const asked = useDeferredValue(text);
  const found = useMemo(
    () => searchFiles(files, { text: asked, isRegex, matchesCase }, () => performance.now()),
    [files, asked, isRegex, matchesCase],
  );
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    event.stopPropagation();
    const results = [...(list.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const at = results.indexOf(event.target as HTMLElement);
    const next = event.key === "ArrowDown" ? at + 1 : at - 1;
    (next < 0 ? field.current : results[next])?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys go from one button to the next, which Tab does, too.
    <div className="flex h-full min-h-0 flex-col" onKeyDown={onKeyDown}>
      <div className="flex flex-none items-center gap-0.5 p-1">
        <input
          ref={field}
          type="search"
          aria-label="Search all files"
          placeholder="Search all files"
          spellCheck={false}
          autoComplete="off"
          className="field h-7 min-w-0 flex-1 rounded-xs bg-raised px-2 font-mono text-xs"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            const [first] = found.ok ? found.files : [];
            const [match] = first?.matches ?? [];
            if (first && match) onJump(spotOf(first.path, match));
          }}
        />
        <Tool
          className="px-1"
          label="Match case"
          isOn={matchesCase}
          onClick={() => setMatchesCase(!matchesCase)}
        >
          <CaseSensitive size={14} />
        </Tool>
        <Tool className="px-1" label="Regular expression" isOn={isRegex} onClick={() => setRegex(!isRegex)}>
          <Regex size={13} />
        </Tool>
      </div>
      <p role="status" className={`flex-none px-2 pb-1 text-2xs ${found.ok ? "text-ink-3" : "text-bad"}`}>
        {text === "" ? "" : wordsOf(found)}
      </p>
      <div ref={list} className="min-h-0 flex-1 overflow-y-auto pb-2">
        {found.ok
          ? found.files.map((each) => <FileResults key={each.path} found={each} onJump={onJump} />)
          : null}
      </div>
    </div>
  );
}

function wordsOf(found: Found): string {
  if (!found.ok) return found.message;
  if (found.count === 0) return "Nothing found.";
  const where = `${plural(found.count, "place")} in ${plural(found.files.length, "file")}`;
  return found.isCut ? `The first ${where}. Look for something longer to see the others.` : where;
}

function FileResults({ found: { path, matches }, onJump }: { found: FileMatches; onJump(spot: Spot): void }) {
  return (
    <section aria-label={path}>
      <h3 className="sticky top-0 flex gap-2 bg-sheet px-2 pt-1.5 pb-0.5 font-mono text-2xs text-ink-2">
        <span className="min-w-0 flex-1 truncate">{path}</span>
        <span className="tnum">{matches.length}</span>
      </h3>
      <ul>
        {matches.map((match) => (
          <li key={`${match.line}:${match.column}`}>
            <button
              type="button"
              className="flex h-6 w-full items-baseline gap-2 px-2 text-left font-mono text-xs outline-offset-[-2px] hover:bg-raised focus-visible:bg-raised"
              onClick={() => onJump(spotOf(path, match))}
            >
              <span className="tnum w-7 flex-none text-right text-2xs text-ink-3">{match.line}</span>
              <span className="min-w-0 flex-1 truncate text-ink-2">
                {match.before.slice(-18)}
                <mark className="rounded-[2px] bg-transparent text-ink shadow-[inset_0_-2px_0_var(--v)]">
                  {match.match}
                </mark>
                {match.after}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function spotOf(path: string, { line, column, length }: Match): Spot {
  return { path, line, column, length };
}
