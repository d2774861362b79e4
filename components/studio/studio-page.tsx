"use client";
import { useMemo } from "react";
import type { ProjectId } from "#lib/project/ids.ts";
import type { Network } from "#lib/project/network.ts";
import { PROTOCOL } from "#lib/wire/events.ts";
import { StudioView } from "./studio-view.tsx";

type StudioPageProps = {
  projectId: ProjectId;
  title: string;
  /** Frames that boot at once: how many variants there are is known before the room is joined. */
  panes: number;
  network: Network | null;
};

/** The studio of a project, opened by its id. */
export function StudioPage({ projectId, title, panes, network }: StudioPageProps) {
  const credentials = useMemo(() => ({ protocol: PROTOCOL, projectId }), [projectId]);
  return <StudioView credentials={credentials} title={title} panes={panes} firstNetwork={network} />;
}
