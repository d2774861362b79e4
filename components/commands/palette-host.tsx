"use client";
import dynamic from "next/dynamic";
import { useEffect } from "react";
import { useView } from "#components/studio/view-state.ts";
import type { CommandContext } from "./types.ts";

const Palette = dynamic(() => import("./palette.tsx"), { ssr: false });
const WARM_AFTER_MS = 3_000;

/** The palette is fetched once the page is quiet, so that the first ⌘K waits for nothing (≤ 50 ms, bench/keys.ts). */
export function PaletteHost({ context }: { context: CommandContext }) {
  const isOpen = useView((state) => state.dialog === "palette");
  useEffect(() => {
    const warm = () => void import("./palette.tsx");
    const idle = globalThis.requestIdleCallback;
    if (idle) {
      const id = idle(warm, { timeout: WARM_AFTER_MS });
      return () => cancelIdleCallback(id);
    }
    const timer = setTimeout(warm, WARM_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isOpen ? <Palette context={context} /> : null;
}
