"use client";
import { FileDiff, FolderTree } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { runningTurnOf, variantsOfSet } from "#components/studio/table.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { DraftBook } from "#lib/document/draft-book.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import type { CodeDrawerProps } from "./code-drawer.tsx";
import CodeEditor from "./code-editor.tsx";
import { DiffPanel } from "./diff-panel.tsx";
import { FileTree } from "./file-tree.tsx";
import { usePaths } from "./use-files.ts";
import { versionsFor } from "./versions.ts";

/** What stands beside the editor; above it where there is no room. */
type Panel = "files";
/** From here on the drawer has room for two columns (the studio's --drawer). */
const WIDE = 1_200;

type CodeDeskProps = CodeDrawerProps & { document: VariantDocument; drafts: DraftBook };

/** All that the drawer shows of one variant: its files, one of them in the editor, and what differs from other versions. */
export default function CodeDesk({ client, variant, place, readOnly, document, drafts }: CodeDeskProps) {
  const isWriting = useRoom(client, (room) => runningTurnOf(room.turns, variant.id) !== null);
  const paths = usePaths(document);
  const [chosen, setChosen] = useState("/src/App.tsx");
  const [versionId, setVersionId] = useState<string | null>(null);
  const [panel, setPanel] = useState<Panel | null>(() => (innerWidth >= WIDE ? "files" : null));
  const versions = useVersions({ client, variant });
  useEffect(() => {
    if (!place.path) return;
    if (place.insert && document.read(place.path) === null)
      document.create(place.path, "", { kind: "person", clientId: "" });
    setChosen(place.path);
    setVersionId(null);
  }, [place, document]);
  const path = paths.includes(chosen) ? chosen : (paths[0] ?? "");
  const text = document.text(path);
  const version = versionId === null ? null : (versions.find(({ id }) => id === versionId) ?? versions[0]);
  return (
    <>
      <div className="flex h-11 flex-none items-center gap-1 pr-11 pl-3">
        <span className="badge mr-1">{variant.letter}</span>
        <select
          aria-label="File"
          className="field h-8 min-w-0 flex-1 rounded-sm bg-raised px-2 font-mono text-xs"
          value={path}
          onChange={(event) => setChosen(event.target.value)}
        >
          {paths.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="button button-small px-1.5"
          aria-label="Files"
          aria-pressed={panel === "files"}
          title="Files"
          onClick={() => setPanel(panel === "files" ? null : "files")}
        >
          <FolderTree size={14} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="button button-small"
          aria-pressed={version !== null}
          title="What differs from another version"
          onClick={() => setVersionId(version ? null : (versions[0]?.id ?? null))}
        >
          <FileDiff size={14} aria-hidden="true" /> Diff
        </button>
      </div>
      {version ? (
        <label className="flex h-9 flex-none items-center gap-2 px-3 text-xs text-ink-3">
          Compare with
          <select
            aria-label="Compare with"
            className="field h-7 min-w-0 flex-1 rounded-sm bg-raised px-2 text-xs text-ink"
            value={version.id}
            onChange={(event) => setVersionId(event.target.value)}
          >
            {versions.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <div className="flex min-h-0 flex-1 flex-col border-line border-t max-[799px]:pb-36 @min-[32rem]:flex-row">
        {panel === "files" ? (
          <div className="min-h-0 flex-none border-line max-h-[45%] border-b @min-[32rem]:max-h-none @min-[32rem]:w-44 @min-[32rem]:border-r @min-[32rem]:border-b-0">
            <FileTree document={document} paths={paths} path={path} readOnly={readOnly} onOpen={setChosen} />
          </div>
        ) : null}
        <div className="min-h-0 min-w-0 flex-1" aria-busy={isWriting}>
          {version ? (
            <DiffPanel client={client} document={document} version={version} path={path} onPath={setChosen} />
          ) : text ? (
            <CodeEditor
              key={path}
              client={client}
              variantId={variant.id}
              document={document}
              drafts={drafts}
              path={path}
              text={text}
              place={place.path === path ? place : null}
              readOnly={readOnly}
            />
          ) : null}
        </div>
      </div>
    </>
  );
}

function useVersions({ client, variant }: Pick<CodeDeskProps, "client" | "variant">) {
  const turns = useRoom(client, (room) => room.turns);
  const variants = useRoom(client, (room) => room.variants);
  return useMemo(
    () => versionsFor(variant, variantsOfSet(variants, variant.setNumber), turns),
    [variant, variants, turns],
  );
}
