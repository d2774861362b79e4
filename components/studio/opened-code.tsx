"use client";
import { useLayoutEffect, useRef } from "react";
import { CodeDrawer } from "#components/code/code-drawer.tsx";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { Variant } from "#lib/project/rows.ts";
import { closeCode, useView } from "./view-state.ts";

type OpenedCodeProps = { client: RoomClient; shown: readonly Variant[]; mayEdit: boolean };

/** The code of the variant that it was opened for. It comes and goes by itself: nothing else of the studio is rendered for it. */
export function OpenedCode({ client, shown, mayEdit }: OpenedCodeProps) {
  const code = useView((state) => state.code);
  const place = useRef<HTMLSpanElement>(null);
  const variant = shown.find(({ id }) => id === code?.variantId) ?? null;
  const isOpen = variant !== null;
  // The prompt makes room for it (table.css).
  useLayoutEffect(() => {
    const studio = place.current?.closest(".studio");
    studio?.toggleAttribute("data-code", isOpen);
    return () => void studio?.removeAttribute("data-code");
  }, [isOpen]);
  return (
    <>
      <span ref={place} hidden />
      {code && variant ? (
        <CodeDrawer client={client} variant={variant} place={code} readOnly={!mayEdit} onClose={closeCode} />
      ) : null}
    </>
  );
}
