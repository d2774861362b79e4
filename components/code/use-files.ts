"use client";
import { useEffect, useState } from "react";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import type { Files } from "#lib/project/files.ts";

/** The paths of a variant, kept current. A new list also when a file was replaced by another of the same name. */
export function usePaths(document: VariantDocument | null): string[] {
  const [paths, setPaths] = useState<string[]>(() => document?.paths() ?? []);
  useEffect(() => {
    if (!document) return;
    setPaths(document.paths());
    return document.onChange((changes) => {
      if (changes.some((change) => change.type !== "splice")) setPaths(document.paths());
    });
  }, [document]);
  return paths;
}

/** A copy of all files, at most once in `everyMs`: what lists and differences are made of, never what is typed into. */
export function useFilesNow(document: VariantDocument | null, everyMs: number): Files {
  const [files, setFiles] = useState<Files>(() => document?.files() ?? new Map());
  useEffect(() => {
    if (!document) return;
    setFiles(document.files());
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = document.onChange(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setFiles(document.files());
      }, everyMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [document, everyMs]);
  return files;
}
