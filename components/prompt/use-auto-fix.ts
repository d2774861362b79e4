"use client";
import { useEffect } from "react";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { PreviewError } from "#lib/preview/protocol.ts";
import type { TurnId } from "#lib/project/ids.ts";
import type { Turn } from "#lib/project/rows.ts";

/** A page that is still broken so long after its turn will not come right by itself. */
const SETTLE_MS = 1_500;

/** Tells the server that the page does not run after a turn; it decides whether that is mended once by itself. */
export function useAutoFix(
  client: RoomClient,
  { last, error, mayEdit }: { last: Turn | null; error: PreviewError | null; mayEdit: boolean },
): void {
  const turnId = last && last.state !== "running" && last.kind !== "fix" ? last.id : null;
  useEffect(() => {
    // A package that is missing is added by a person's press, not by a model.
    if (!turnId || !error || !mayEdit || error.unknownImport) return;
    const { title, message, path, line } = error;
    const timer = setTimeout(
      () =>
        void client.command("fix", {
          turnId,
          fixId: newId<TurnId>(),
          error: { title, message: message.slice(0, 2_000), path, line },
        }),
      SETTLE_MS,
    );
    return () => clearTimeout(timer);
  }, [client, turnId, error, mayEdit]);
}
