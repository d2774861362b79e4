"use client";
import { Settings } from "lucide-react";
import { openDialog } from "#components/studio/view-state.ts";

export function SettingsButton({ className = "" }: { className?: string }) {
  return (
    <button
      type="button"
      aria-label="Settings"
      title="Settings"
      className={`button button-small ${className}`}
      onClick={() => openDialog("settings")}
    >
      <Settings size={14} aria-hidden="true" />
    </button>
  );
}
