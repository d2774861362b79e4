"use client";
import { Dialog, Tabs } from "radix-ui";
import { ViewDialog } from "#components/commands/view-dialog.tsx";
import { Appearance } from "./appearance.tsx";
import { Models } from "./models.tsx";
import { Privacy } from "./privacy.tsx";
import { Shortcuts } from "./shortcuts.tsx";

const SECTIONS = [
  ["models", "Models", Models],
  ["appearance", "Appearance", Appearance],
  ["privacy", "Privacy", Privacy],
  ["shortcuts", "Shortcuts", Shortcuts],
] as const;

/** How this installation answers, looks and listens. */
export default function SettingsDialog() {
  return (
    <ViewDialog
      className="top-[5dvh] flex h-[90dvh] max-h-[48rem] w-[min(46rem,calc(100vw-1rem))] flex-col"
      onEscapeKeyDown={(event) => {
        // A row that waits for a key takes this one itself: it waits no longer.
        if (document.activeElement?.hasAttribute("data-listening")) event.preventDefault();
      }}
    >
      <div className="flex items-center px-5 pt-4">
        <Dialog.Title className="flex-1 text-lg font-semibold">Settings</Dialog.Title>
        <Dialog.Close className="button button-small">Close</Dialog.Close>
      </div>
      <Tabs.Root defaultValue="models" className="flex min-h-0 flex-1 flex-col">
        <Tabs.List aria-label="Sections" className="mt-2 flex gap-1 border-b border-line px-3.5 sm:px-2.5">
          {SECTIONS.map(([value, title]) => (
            <Tabs.Trigger
              key={value}
              value={value}
              className="-mb-px h-9 border-b-2 border-transparent px-1.5 text-sm text-ink-2 data-[state=active]:border-ink data-[state=active]:font-medium data-[state=active]:text-ink sm:px-2.5"
            >
              {title}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {SECTIONS.map(([value, , Section]) => (
          <Tabs.Content
            key={value}
            value={value}
            className="min-h-0 flex-1 overflow-y-auto px-5 py-4 text-sm"
          >
            <Section />
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </ViewDialog>
  );
}
