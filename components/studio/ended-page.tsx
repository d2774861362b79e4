"use client";
import { Notice } from "#components/ui/notice.tsx";
import type { ByeCode } from "#lib/wire/events.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";

const TITLES: Partial<Record<ByeCode, string>> = {
  gone: "This link is closed",
  expired: "This link has ended",
  "unknown-project": "There is nothing here",
  full: "This room is full",
  unauthorized: "This link does not open",
};

/** The room is closed to this page: why, and what to do next. */
export function EndedPage({ ended }: { ended: ByeCode }) {
  const reload = { label: "Reload", run: () => location.reload() };
  // What was not stored lies on this device, and is sent after the reload.
  if (ended === "old-client")
    return <Notice title="A new version is ready" text={sentenceOf(ended)} action={reload} />;
  const mayHelp = ended === "role-changed" || ended === "restart" || ended === "password" || ended === "full";
  return (
    <Notice
      title={TITLES[ended] ?? "This room is closed to this page"}
      text={sentenceOf(ended)}
      {...(mayHelp ? { action: reload } : {})}
    />
  );
}
