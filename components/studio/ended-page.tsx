"use client";
import { Notice } from "#components/ui/notice.tsx";
import type { ByeCode } from "#lib/wire/events.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";

/** The room is closed to this page: why, and what to do next. */
export function EndedPage({ ended }: { ended: ByeCode }) {
  if (ended === "old-client") return <OldPage />;
  return (
    <main className="mx-auto flex h-dvh max-w-md flex-col justify-center gap-4 p-6">
      <h1 className="font-display text-4xl">This room is closed to this page</h1>
      <p className="text-base text-ink-2">{sentenceOf(ended)}</p>
      <a className="button button-line self-start" href="/">
        Start page
      </a>
    </main>
  );
}

/** The server was updated while this page was open. What was not stored lies on this device and is sent after the reload. */
function OldPage() {
  const action = { label: "Reload", run: () => location.reload() };
  return <Notice title="A new version is ready" text={sentenceOf("old-client")} action={action} />;
}
