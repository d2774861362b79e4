"use client";
import { X } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { runningTurnOf } from "#components/studio/table.ts";
import type { CodePlace } from "#components/studio/view-state.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import type { Variant } from "#lib/project/rows.ts";

const CodeEditor = dynamic(() => import("./code-editor.tsx"), { ssr: false });

type CodeDrawerProps = {
  client: RoomClient;
  variant: Variant;
  place: CodePlace;
  readOnly: boolean;
  onClose(): void;
};

/** The files of a variant beside its preview; over it on a phone. */
export function CodeDrawer({ client, variant, place, readOnly, onClose }: CodeDrawerProps) {
  const document = client.document(variant.id);
  const drafts = client.drafts(variant.id);
  const isWriting = useRoom(client, (room) => runningTurnOf(room.turns, variant.id) !== null);
  const paths = usePaths(document);
  const [chosen, setChosen] = useState("/src/App.tsx");
  useEffect(() => {
    if (!place.path) return;
    if (place.insert && document?.read(place.path) === null)
      document.create(place.path, "", { kind: "person", clientId: "" });
    setChosen(place.path);
  }, [place, document]);
  const path = paths.includes(chosen) ? chosen : (paths[0] ?? "");
  if (!document || !drafts) return null;
  return (
    <aside
      aria-label={`Code of variant ${variant.letter}`}
      data-v={variant.letter.toLowerCase()}
      className="flex w-(--drawer) flex-none flex-col border-l border-line bg-sheet max-[799px]:fixed max-[799px]:inset-0 max-[799px]:z-30 max-[799px]:w-auto max-[799px]:max-w-none"
    >
      <div className="flex h-11 flex-none items-center gap-2 px-3">
        <span className="badge">{variant.letter}</span>
        <select
          aria-label="File"
          className="field h-8 flex-1 rounded-sm bg-raised px-2 font-mono text-xs"
          value={path}
          onChange={(event) => setChosen(event.target.value)}
        >
          {paths.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
        <button type="button" className="button button-small" aria-label="Close code" onClick={onClose}>
          <X size={14} aria-hidden="true" />
        </button>
      </div>
      <div className="min-h-0 flex-1 pb-32" aria-busy={isWriting}>
        <CodeEditor
          key={`${variant.id}${path}`}
          client={client}
          variantId={variant.id}
          document={document}
          drafts={drafts}
          path={path}
          place={place.path === path ? place : null}
          readOnly={readOnly}
        />
      </div>
    </aside>
  );
}

function usePaths(document: VariantDocument | null): string[] {
  const [paths, setPaths] = useState<string[]>([]);
  useEffect(() => {
    if (!document) return;
    setPaths(document.paths());
    return document.onChange((changes) => {
      if (changes.some((change) => change.type !== "splice")) setPaths(document.paths());
    });
  }, [document]);
  return paths;
}
