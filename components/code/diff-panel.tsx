"use client";
import dynamic from "next/dynamic";
import { useMemo } from "react";
import { plural } from "#components/ui/figures.ts";
import { compareFiles } from "#lib/client/compare.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import { useFilesNow } from "./use-files.ts";
import { useVersion } from "./use-version.ts";
import type { Version } from "./versions.ts";

const DiffView = dynamic(() => import("./diff-view.tsx"), { ssr: false });

type DiffPanelProps = {
  client: RoomClient;
  document: VariantDocument;
  version: Version;
  path: string;
  onPath(path: string): void;
};

/** While a model writes, a difference that moves faster than one can read helps nobody. */
const EVERY_MS = 400;

/** What differs from another version: the files of it, and one of them line by line. */
export function DiffPanel({ client, document, version, path, onPath }: DiffPanelProps) {
  const other = useVersion(client, version);
  const now = useFilesNow(document, EVERY_MS);
  const then = useFilesNow(other === "reading" ? null : other, EVERY_MS);
  const diffs = useMemo(
    () => (other === null || other === "reading" ? [] : compareFiles(then, now)),
    [other, then, now],
  );
  if (other === "reading") return <Words>Reading …</Words>;
  if (other === null) return <Words>This version cannot be had now: the server does not answer.</Words>;
  if (diffs.length === 0) return <Words>No differences: all files are the same in both.</Words>;
  const shown = diffs.find((diff) => diff.path === path) ?? diffs[0];
  if (!shown) return null;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <ul
        aria-label={plural(diffs.length, "changed file")}
        className="max-h-32 flex-none overflow-y-auto p-1"
      >
        {diffs.map((diff) => (
          <li key={diff.path}>
            <button
              type="button"
              aria-current={diff.path === shown.path}
              className="flex h-6 w-full items-center gap-2 rounded-xs px-2 text-left font-mono text-xs aria-[current=true]:bg-raised aria-[current=true]:text-ink text-ink-2"
              onClick={() => onPath(diff.path)}
            >
              <span className="min-w-0 flex-1 truncate">{diff.path}</span>
              {diff.kind === "changed" ? null : <span className="font-sans text-ink-3">{diff.kind}</span>}
              <span className="tnum text-ok">+{diff.added}</span>
              <span className="tnum text-bad">−{diff.removed}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="min-h-0 flex-1 border-t border-line">
        <DiffView
          key={`${version.id}${shown.path}`}
          path={shown.path}
          before={then.get(shown.path) ?? ""}
          after={now.get(shown.path) ?? ""}
          layout="unified"
          beforeLabel={version.label}
          afterLabel="now"
        />
      </div>
    </div>
  );
}

function Words({ children }: { children: string }) {
  return (
    <p role="status" className="p-4 text-sm text-ink-2">
      {children}
    </p>
  );
}
