"use client";
import { Dialog } from "radix-ui";
import { commands } from "./commands.ts";

export function ShortcutSheet({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/30" />
        <Dialog.Content
          className="fixed top-[20vh] left-1/2 z-50 w-[min(24rem,calc(100vw-2rem))] -translate-x-1/2 rounded-lg bg-sheet p-5 shadow-float"
          aria-describedby={undefined}
        >
          <Dialog.Title className="text-base font-semibold">Keys</Dialog.Title>
          <dl className="mt-3 grid grid-cols-[1fr_auto] gap-y-1.5 text-sm">
            {commands.map((command) => (
              <div key={command.id} className="contents">
                <dt className="text-ink-2">{command.title}</dt>
                <dd className="font-mono text-xs">{command.key}</dd>
              </div>
            ))}
          </dl>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
