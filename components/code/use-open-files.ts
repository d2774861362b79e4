"use client";
import { useEffect, useMemo, useState } from "react";
import type { VariantId } from "#lib/project/ids.ts";
import { closed, keptFiles, type OpenFiles, openAtFirst, opened, presentOf } from "./open-files.ts";

type OpenFilesOfVariant = OpenFiles & {
  open(path: string): void;
  close(path: string): void;
};

/** The tabs of a variant, as they were when the drawer was last open on it. */
export function useOpenFiles(variantId: VariantId, existing: readonly string[]): OpenFilesOfVariant {
  const [files, setFiles] = useState(() => keptFiles.get(variantId) ?? openAtFirst);
  useEffect(() => keptFiles.set(variantId, files), [variantId, files]);
  const present = useMemo(() => presentOf(files, existing), [files, existing]);
  return {
    ...present,
    open: (path) => setFiles((now) => opened(now, path)),
    // What is seen is what is closed: a file that is gone has no tab to go to.
    close: (path) => setFiles(closed(present, path)),
  };
}
