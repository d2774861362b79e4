"use client";
import { useEffect, useMemo, useState } from "react";
import { createHistory } from "#lib/client/history.ts";
import type { ReplicaOfFiles } from "#lib/client/replica.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import type { Version } from "./versions.ts";

/** The files of a version: "reading" while they come, null when they cannot be had now. */
export function useVersion(client: RoomClient, version: Version | null): VariantDocument | "reading" | null {
  const history = useMemo(() => createHistory(client), [client]);
  const [stored, setStored] = useState<{ id: string; replica: ReplicaOfFiles | null } | null>(null);
  const commitId = version && "commitId" in version ? version.commitId : null;
  useEffect(() => {
    let isWanted = true;
    if (commitId)
      void history.load(commitId).then((replica) => {
        if (isWanted) setStored({ id: commitId, replica });
      });
    return () => {
      isWanted = false;
    };
  }, [history, commitId]);
  if (!version) return null;
  if ("variantId" in version) return client.document(version.variantId);
  if (stored?.id !== commitId) return "reading";
  return stored.replica?.document ?? null;
}
