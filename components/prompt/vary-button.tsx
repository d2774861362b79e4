"use client";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { Variant } from "#lib/project/rows.ts";
import type { Vary } from "#lib/project/vary.ts";
import { varyWords } from "./vary-words.ts";

const VaryMenu = dynamic(() => import("./vary-menu.tsx"), { ssr: false });

type VaryButtonProps = {
  client: RoomClient;
  targets: Variant[];
  vary: Vary | null;
  onVary(vary: Vary | null): void;
};

/** What the next prompts may change; opens the choice. */
export function VaryButton({ client, targets, vary, onVary }: VaryButtonProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const files = open ? sectionsOf(client, targets) : [];
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button button-small max-w-40 max-sm:gap-0.5 max-sm:px-1.5"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-pressed={vary !== null}
        aria-label={`${varyWords(vary)}: what may change`}
        onClick={() => setOpen(!open)}
      >
        <span className="truncate">{varyWords(vary)}</span>
        <span aria-hidden="true">▾</span>
      </button>
      {open ? (
        <VaryMenu vary={vary} onVary={onVary} files={files} opener={button} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}

function sectionsOf(client: RoomClient, targets: Variant[]): string[] {
  const paths = targets.flatMap(({ id }) => client.document(id)?.paths() ?? []);
  return [...new Set(paths)].filter((path) => path.startsWith("/src/components/")).sort();
}
