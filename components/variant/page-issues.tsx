"use client";
/** What makes a page hard to use for somebody, found in the page itself after each turn. A hint: the page could lie about it. */
import dynamic from "next/dynamic";
import { type RefObject, useRef, useState } from "react";
import { plural } from "#components/ui/figures.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { PreviewHandle } from "#lib/preview/preview-frame.tsx";
import type { PageIssue } from "#lib/preview/protocol.ts";
import type { Variant } from "#lib/project/rows.ts";

const IssuesPanel = dynamic(() => import("./issues-panel.tsx"), { ssr: false });

type PageIssuesProps = {
  client: RoomClient;
  variant: Variant;
  /** Null: not looked for yet. */
  issues: PageIssue[] | null;
  frame: RefObject<PreviewHandle | null>;
  mayEdit: boolean;
};

export function PageIssues({ issues, ...panel }: PageIssuesProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (!issues) return null;
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        className={`tnum h-6.5 flex-none cursor-pointer rounded-xs px-1 text-xs whitespace-nowrap hover:bg-raised aria-expanded:bg-raised @max-[20rem]:hidden ${issues.length > 0 ? "text-warn" : "text-ink-3 @max-[30rem]:hidden"}`}
        onClick={() => setOpen(!isOpen)}
      >
        {plural(issues.length, "issue")}
        <span className="sr-only"> of accessibility in variant {panel.variant.letter}</span>
      </button>
      {isOpen ? (
        <IssuesPanel {...panel} issues={issues} opener={button} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}
