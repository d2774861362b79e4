"use client";
import dynamic from "next/dynamic";
import { useView } from "#components/studio/view-state.ts";

const SettingsDialog = dynamic(() => import("./settings-dialog.tsx"), { ssr: false });

/** Settings lie over the start page or the studio; loaded when they are first opened. */
export function SettingsHost() {
  const isOpen = useView((state) => state.dialog === "settings");
  return isOpen ? <SettingsDialog /> : null;
}
