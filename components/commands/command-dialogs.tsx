"use client";
import dynamic from "next/dynamic";
import { startTransition, useEffect, useState } from "react";
import { useView } from "#components/studio/view-state.ts";
import type { CommandContext } from "./types.ts";

const loadPalette = () => import("./palette.tsx");
const loadSheet = () => import("./key-sheet.tsx");
const Palette = dynamic(loadPalette, { ssr: false });
const KeySheet = dynamic(loadSheet, { ssr: false });
const WARM_AFTER_MS = 3_000;

/**
 * What ⌘K and "?" open. Once the page is quiet both are fetched and laid out unseen, so that a press waits for nothing
 * (≤ 50 ms, bench/keys.ts).
 */
export function CommandDialogs({ context }: { context: CommandContext }) {
  const dialog = useView((state) => state.dialog);
  const [isThere, setThere] = useState(false);
  useEffect(() => {
    // Little by little: the page may be in the middle of something.
    const warm = () =>
      void Promise.all([loadPalette(), loadSheet()]).then(() => startTransition(() => setThere(true)));
    const idle = globalThis.requestIdleCallback;
    if (idle) {
      const id = idle(warm, { timeout: WARM_AFTER_MS });
      return () => cancelIdleCallback(id);
    }
    const timer = setTimeout(warm, WARM_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isThere && (dialog === "palette" || dialog === "shortcuts")) setThere(true);
  if (!isThere) return null;
  return (
    <>
      <Palette isOpen={dialog === "palette"} context={context} />
      <KeySheet isOpen={dialog === "shortcuts"} context={context} />
    </>
  );
}
