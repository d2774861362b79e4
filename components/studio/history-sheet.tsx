"use client";
import { History, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";

/**
 * The turns where there is no room for their rail: on a tablet numbers open them, on a phone a button in the header does. `trigger`
 * is what opens them.
 */
export function HistorySheet({ trigger, children }: { trigger: ReactNode; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>{trigger}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-black/25" />
        <Dialog.Content className="history-sheet" aria-describedby={undefined}>
          <div className="flex items-center px-2">
            <Dialog.Title className="flex-1 text-sm font-medium">Turns</Dialog.Title>
            <Dialog.Close className="button button-small" aria-label="Close turns">
              <X size={14} aria-hidden="true" />
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** For a header that is short of room. */
export function HistoryIcon() {
  return <History size={16} aria-hidden="true" />;
}
