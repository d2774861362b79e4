"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Logo } from "#components/ui/logo.tsx";
import { NetworkLine } from "#components/variant/network-line.tsx";
import { ScaledSheet } from "#components/variant/scaled-sheet.tsx";
import { type ReplicaOfFiles, replicaOf } from "#lib/client/replica.ts";
import { PreviewFrame } from "#lib/preview/preview-frame.tsx";
import type { ShareId } from "#lib/project/ids.ts";
import type { Network } from "#lib/project/network.ts";

type StoredVersionProps = {
  shareId: ShareId;
  title: string;
  letter: string;
  createdAt: number;
  network: Network | null;
};

/** One version of one variant, as it was when the link was made. */
export function StoredVersion({ shareId, title, letter, createdAt, network }: StoredVersionProps) {
  const files = useQuery({
    queryKey: ["share-files", shareId],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const response = await fetch(`/api/shares/${shareId}/files`);
      if (!response.ok) throw new Error(`the files answered ${response.status}`);
      return ((await response.json()) as { files: [string, string][] }).files;
    },
  });
  const replica = useMemo<ReplicaOfFiles | null>(
    () => (files.data ? replicaOf(files.data) : null),
    [files.data],
  );
  const position = Math.max(0, letter.charCodeAt(0) - 65);
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex h-11 flex-none items-center gap-3 px-4 text-sm">
        <Logo />
        <h1 className="truncate font-medium">{title}</h1>
        <p className="tnum ml-auto text-xs whitespace-nowrap text-ink-2" data-v={letter.toLowerCase()}>
          <span className="badge mr-1.5">{letter}</span>
          {new Date(createdAt).toLocaleDateString("en-GB", { day: "numeric", month: "short" })}
        </p>
      </header>
      <main className="flex min-h-0 flex-1 p-2 pt-0">
        <article
          aria-label={`Variant ${letter}`}
          data-state="idle"
          data-v={letter.toLowerCase()}
          className="flex min-w-0 flex-1 flex-col overflow-hidden rounded-md border-t-2 bg-sheet shadow-sheet ring-1 ring-line"
          style={{ borderTopColor: "var(--v)" }}
        >
          {files.isError ? (
            <p className="p-6 text-sm text-ink-2">
              The stored version cannot be read just now. Reload the page to try again.
            </p>
          ) : null}
          <ScaledSheet>
            <PreviewFrame
              pane={position % 3}
              letter={letter}
              network={network?.token ?? null}
              document={replica?.document ?? null}
              drafts={replica?.drafts ?? null}
              streaming={false}
              onError={() => {}}
              onState={() => {}}
            />
          </ScaledSheet>
          <NetworkLine network={network} />
        </article>
      </main>
    </div>
  );
}
