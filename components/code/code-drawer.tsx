"use client";
import { X } from "lucide-react";
import dynamic from "next/dynamic";
import type { CodePlace } from "#components/studio/view-state.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { Variant } from "#lib/project/rows.ts";
import { DrawerEdge } from "./drawer-edge.tsx";

const loadDesk = () => import("./code-desk.tsx");
const CodeDesk = dynamic(loadDesk, { ssr: false });

export type CodeDrawerProps = {
  client: RoomClient;
  variant: Variant;
  place: CodePlace;
  readOnly: boolean;
  onClose(): void;
};

/** The files of a variant beside its preview; over it on a phone. The editor and all that belongs to it come with the first opening. */
export function CodeDrawer(props: CodeDrawerProps) {
  const { client, variant, onClose } = props;
  const document = client.document(variant.id);
  const drafts = client.drafts(variant.id);
  if (!document || !drafts) return null;
  return (
    <aside
      aria-label={`Code of variant ${variant.letter}`}
      data-v={variant.letter.toLowerCase()}
      className="@container relative flex w-(--drawer) flex-none flex-col border-l border-line bg-sheet max-[799px]:fixed max-[799px]:inset-0 max-[799px]:z-30 max-[799px]:w-auto max-[799px]:max-w-none max-[799px]:border-l-0"
    >
      <DrawerEdge letter={variant.letter} />
      <CodeDesk key={variant.id} {...props} document={document} drafts={drafts} />
      <button
        type="button"
        className="button button-small absolute top-2.5 right-2"
        aria-label="Close code"
        title="Close"
        onClick={onClose}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </aside>
  );
}

/** Loads what the drawer shows once the page is quiet, so that it opens at once. */
export function warmCode(): () => void {
  if (typeof requestIdleCallback !== "function") {
    const timer = setTimeout(loadDesk, 2_000);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(loadDesk, { timeout: 10_000 });
  return () => cancelIdleCallback(idle);
}
