"use client";
import dynamic from "next/dynamic";
import { useEffect } from "react";
import { useView } from "#components/studio/view-state.ts";
import type { CommandContext } from "./types.ts";

const loadPalette = () => import("./palette.tsx");
const loadSheet = () => import("./key-sheet.tsx");
const Palette = dynamic(loadPalette, { ssr: false });
const KeySheet = dynamic(loadSheet, { ssr: false });
const WARM_AFTER_MS = 3_000;

/** What ⌘K and "?" open. Both are fetched once the page is quiet, so that the first press waits for nothing (≤ 50 ms, bench/keys.ts). */
export function CommandDialogs({ context }: { context: CommandContext }) {
  const dialog = useView((state) => state.dialog);
  useEffect(() => {
    const warm = () => {
      void loadPalette();
      void loadSheet();
    };
    const idle = globalThis.requestIdleCallback;
    if (idle) {
      const id = idle(warm, { timeout: WARM_AFTER_MS });
      return () => cancelIdleCallback(id);
    }
    const timer = setTimeout(warm, WARM_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (dialog === "palette") return <Palette context={context} />;
  return dialog === "shortcuts" ? <KeySheet context={context} /> : null;
}
