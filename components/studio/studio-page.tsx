"use client";
import { useMemo } from "react";
import type { ProjectId } from "#lib/project/ids.ts";
import { PROTOCOL } from "#lib/wire/events.ts";
import { StudioView } from "./studio-view.tsx";

/** The studio of a project, opened by its id. */
export function StudioPage({ projectId, title }: { projectId: ProjectId; title: string }) {
  const credentials = useMemo(() => ({ protocol: PROTOCOL, projectId }), [projectId]);
  return <StudioView credentials={credentials} title={title} />;
}
