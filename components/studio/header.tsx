"use client";
import { type ReactNode, useState } from "react";
import { PaletteButton } from "#components/commands/palette-button.tsx";
import { SettingsButton } from "#components/settings/settings-button.tsx";
import { Logo } from "#components/ui/logo.tsx";
import { ThemeToggle } from "#components/ui/theme-toggle.tsx";
import { useLasting } from "#components/ui/use-lasting.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import { NetworkDialog } from "./network-dialog.tsx";
import { People } from "./people.tsx";
import { ShareDialog } from "./share-dialog.tsx";
import { ChromeButton, RailButton } from "./table-buttons.tsx";
import { ViewSwitch } from "./view-switch.tsx";
import { WidthSwitch } from "./width-switch.tsx";

type HeaderProps = {
  client: RoomClient;
  /** Before the room is joined. */
  firstTitle: string;
  mayEdit: boolean;
  /** How many sheets lie on the table. */
  count: number;
  /** What a phone has here, because it has no place of its own. */
  children: ReactNode;
};

export function Header({ client, firstTitle, mayEdit, count, children }: HeaderProps) {
  const title = useRoom(client, (room) => room.project?.title ?? firstTitle);
  // A link is not passed on by who came in through one; before the room is joined nobody knows.
  const mayShare = useRoom(client, (room) => room.role === "owner");
  return (
    <header className="flex h-11 flex-none items-center gap-3 px-3 text-sm">
      <a href="/" aria-label="Start page" className="rounded-xs p-1">
        <Logo />
      </a>
      <RailButton />
      {mayEdit ? (
        <Title title={title} onRename={(name) => void client.command("rename", { variantId: null, name })} />
      ) : (
        <h1 className="truncate font-medium">{title}</h1>
      )}
      <SaveState client={client} />
      <div className="mx-auto hidden items-center gap-3 min-[800px]:flex">
        <ViewSwitch count={count} />
        <WidthSwitch />
        <ChromeButton />
      </div>
      <People client={client} />
      {children}
      <PaletteButton className="max-[1099px]:hidden" />
      {/* A phone has the theme in its settings. */}
      <span className="max-sm:hidden">
        <ThemeToggle />
      </span>
      <SettingsButton />
      {mayEdit ? <NetworkDialog client={client} /> : null}
      {mayShare ? <ShareDialog client={client} /> : null}
    </header>
  );
}

function Title({ title, onRename }: { title: string; onRename: (name: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft?.trim() && draft.trim() !== title) onRename(draft.trim());
    setDraft(null);
  };
  return (
    <h1 className="min-w-0 max-w-64 font-medium">
      <input
        className="field truncate rounded-xs px-1 hover:bg-raised"
        aria-label="Project name"
        value={draft ?? title}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Escape") setDraft(null);
          if (event.key === "Enter") event.currentTarget.blur();
        }}
      />
    </h1>
  );
}

/** The true time of the last write; `data-pending` counts what is not stored yet. */
function SaveState({ client }: { client: RoomClient }) {
  const pending = useRoom(client, (room) => room.pendingUpdates);
  const savedMs = useRoom(client, (room) => room.savedMs);
  const status = useRoom(client, (room) => room.status);
  const storing = useRoom(client, (room) => room.storing);
  const isKept = status === "reconnecting" || storing !== null;
  const isSlow = useLasting(pending > 0, 300);
  const words = saveWords(status, isKept || isSlow ? pending : 0, savedMs, storing !== null);
  return (
    <span
      data-pending={pending}
      className={`tnum hidden text-xs whitespace-nowrap sm:inline ${isKept ? "text-warn" : "text-ink-3"}`}
    >
      {words}
    </span>
  );
}

function saveWords(status: string, pending: number, savedMs: number | null, isRefused: boolean): string {
  if (status === "connecting") return "Connecting";
  if (isRefused && pending > 0) return `Not saved: ${pending} edits kept on this device`;
  if (status === "reconnecting")
    return pending > 0 ? `Not saved: ${pending} edits kept on this device` : "Offline";
  if (pending > 0) return "Saving";
  return savedMs === null ? "Saved" : `Saved · ${savedMs} ms`;
}
