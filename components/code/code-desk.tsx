"use client";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useOffer } from "#components/commands/offers.ts";
import { runningTurnOf, variantsOfSet } from "#components/studio/table.ts";
import type { LanguageClient, LanguageState } from "#lib/client/language-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import { useStore } from "#lib/client/use-store.ts";
import type { DraftBook } from "#lib/document/draft-book.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import { isPicture } from "#lib/project/file-name.ts";
import type { CodeDrawerProps } from "./code-drawer.tsx";
import CodeEditor, { type EditorHandle } from "./code-editor.tsx";
import { DeskTools, type Panel } from "./desk-tools.tsx";
import { DiffPanel } from "./diff-panel.tsx";
import { FILE_PANEL_ID, FileTabs } from "./file-tabs.tsx";
import { FileTree } from "./file-tree.tsx";
import { PictureView } from "./picture-view.tsx";
import { previewErrors } from "./preview-errors.ts";
import { brokenPaths, countProblems, ProblemsPanel } from "./problems-panel.tsx";
import { SearchPanel } from "./search-panel.tsx";
import type { Spot } from "./spot.ts";
import { usePaths } from "./use-files.ts";
import { useLanguage } from "./use-language.ts";
import { useOpenFiles } from "./use-open-files.ts";
import { type Version, versionsFor } from "./versions.ts";

type CodeDeskProps = CodeDrawerProps & { document: VariantDocument; drafts: DraftBook };

type Said = { ok: boolean; words: string };
/** What went well is not said for ever. */
const SAID_MS = 6_000;
/** From here on the drawer has room for two columns (the studio's --drawer). */
const WIDE = 1_200;

/** All that the drawer shows of one variant: its files, one of them in the editor, and what is to be said about them. */
export default function CodeDesk({ client, variant, place, readOnly, document, drafts }: CodeDeskProps) {
  const isWriting = useRoom(client, (room) => runningTurnOf(room.turns, variant.id) !== null);
  const paths = usePaths(document);
  const language = useLanguage(client, document);
  const checked = useLanguageState(language);
  const previewError = useStore(previewErrors, ({ errors }) => errors[variant.id] ?? null);
  const versions = useVersions({ client, variant });
  const files = useOpenFiles(variant.id, paths);
  const [spot, setSpot] = useState<Spot | null>(null);
  const [versionId, setVersionId] = useState<string | null>(null);
  const [panel, setPanel] = useState<Panel | null>(() => (innerWidth >= WIDE ? "files" : null));
  const [showsProblems, setShowsProblems] = useState(false);
  const [said, setSaid] = useState<Said | null>(null);
  const editor = useRef<EditorHandle>(null);

  useEffect(() => {
    const timer = said?.ok ? setTimeout(() => setSaid(null), SAID_MS) : undefined;
    return () => clearTimeout(timer);
  }, [said]);
  const open = (path: string) => {
    files.open(path);
    setSaid(null);
  };
  const jump = (to: Spot) => {
    setVersionId(null);
    setSpot({ ...to });
    open(to.path);
  };
  const openFile = useRef(files.open);
  openFile.current = files.open;
  useEffect(() => {
    const { path, line, insert } = place;
    if (!path) return;
    if (insert && document.read(path) === null) document.create(path, "", { kind: "person", clientId: "" });
    setVersionId(null);
    openFile.current(path);
    setSpot(line === undefined && !insert ? null : { path, line: line ?? 1, ...(insert ? { insert } : {}) });
  }, [place, document]);

  const path = files.front;
  const text = document.text(path);
  const version = versionId === null ? null : (versions.find(({ id }) => id === versionId) ?? versions[0]);
  const format = async () => setSaid((await editor.current?.format()) ?? null);
  const toggleDiff = () => setVersionId(version ? null : (versions[0]?.id ?? null));
  const toggleProblems = () => setShowsProblems(!showsProblems);
  const isEditor = version === null && !isPicture(path);
  useOffer("search-files", () => setPanel("search"));
  useOffer("problems", toggleProblems);
  useOffer("differences", toggleDiff);
  useOffer("format", () => void format(), isEditor && !readOnly);
  useOffer("line", () => editor.current?.askLine(), isEditor);
  useOffer("close-file", () => files.close(path), files.paths.length > 1);
  /** Hands press it by themselves; the browser's own dialog would save a page, not the code. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.metaKey || event.ctrlKey) || event.shiftKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    setSaid({ ok: true, words: "All is saved as it is typed." });
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of what is inside; each has a button, too.
    <div className="flex min-h-0 flex-1 flex-col" onKeyDown={onKeyDown}>
      <DeskTools
        letter={variant.letter}
        paths={paths}
        path={path}
        onOpen={open}
        panel={panel}
        onPanel={setPanel}
        hasDiff={version !== null}
        onDiff={toggleDiff}
        errors={countProblems(checked, previewError)}
        hasProblems={showsProblems}
        onProblems={toggleProblems}
        onFormat={isEditor && !readOnly ? () => void format() : null}
      />
      <FileTabs
        paths={files.paths}
        front={path}
        broken={brokenPaths(checked, previewError)}
        onOpen={open}
        onClose={files.close}
      />
      {version ? <CompareWith versions={versions} version={version} onChoose={setVersionId} /> : null}
      <div className="flex min-h-0 flex-1 flex-col border-line border-t @min-[32rem]:flex-row">
        {panel ? (
          <div
            className="flex h-[42%] min-h-0 flex-none flex-col border-line border-b @min-[32rem]:h-auto @min-[32rem]:w-44 @min-[32rem]:border-r @min-[32rem]:border-b-0 @min-[32rem]:data-[panel=search]:w-60"
            data-panel={panel}
          >
            {panel === "files" ? (
              <FileTree
                document={document}
                paths={paths}
                path={path}
                readOnly={readOnly}
                language={language}
                onOpen={open}
              />
            ) : (
              <SearchPanel document={document} onJump={jump} />
            )}
          </div>
        ) : null}
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <div
            role="tabpanel"
            id={FILE_PANEL_ID}
            aria-labelledby={`${FILE_PANEL_ID}-tab`}
            className="min-h-0 flex-1"
            aria-busy={isWriting}
          >
            {version ? (
              <DiffPanel client={client} document={document} version={version} path={path} onPath={open} />
            ) : isPicture(path) ? (
              <PictureView path={path} text={document.read(path) ?? ""} />
            ) : text ? (
              <CodeEditor
                key={path}
                ref={editor}
                client={client}
                variantId={variant.id}
                document={document}
                drafts={drafts}
                path={path}
                text={text}
                language={language}
                spot={spot?.path === path ? spot : null}
                readOnly={readOnly}
              />
            ) : null}
          </div>
          <p
            role={said && !said.ok ? "alert" : "status"}
            className={`flex-none px-3 text-xs ${said ? "border-line border-t py-1.5" : ""} ${said && !said.ok ? "text-bad" : "text-ink-2"}`}
          >
            {said?.words}
          </p>
          {showsProblems ? (
            <ProblemsPanel language={checked} previewError={previewError} onJump={jump} />
          ) : null}
        </div>
      </div>
    </div>
  );
}

const LOADING: LanguageState = { state: "loading", message: "", problems: [] };
const NO_LANGUAGE = { get: () => LOADING, subscribe: () => () => {} };

function useLanguageState(language: LanguageClient | null): LanguageState {
  return useStore(language ?? NO_LANGUAGE, (state) => state);
}

function useVersions({ client, variant }: Pick<CodeDeskProps, "client" | "variant">): Version[] {
  const turns = useRoom(client, (room) => room.turns);
  const variants = useRoom(client, (room) => room.variants);
  return useMemo(
    () => versionsFor(variant, variantsOfSet(variants, variant.setNumber), turns),
    [variant, variants, turns],
  );
}

type CompareWithProps = { versions: Version[]; version: Version; onChoose(id: string): void };

function CompareWith({ versions, version, onChoose }: CompareWithProps) {
  return (
    <label className="flex h-9 flex-none items-center gap-2 px-3 text-xs text-ink-3">
      Compare with
      <select
        aria-label="Compare with"
        className="field h-7 min-w-0 flex-1 rounded-sm bg-raised px-2 text-xs text-ink"
        value={version.id}
        onChange={(event) => onChoose(event.target.value)}
      >
        {versions.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
