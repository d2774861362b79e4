"use client";
import { Dialog } from "radix-ui";
import type { ComponentProps } from "react";
import { closeDialog } from "#components/studio/view-state.ts";
import { useGiveBack } from "./use-give-back.ts";

/** A dialog that a command opens: dims what is below, closes into the view's state and gives the focus back. */
export function ViewDialog({
  className = "",
  onCloseAutoFocus,
  ...content
}: ComponentProps<typeof Dialog.Content>) {
  const giveBack = useGiveBack();
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : closeDialog())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/30" />
        <Dialog.Content
          aria-describedby={undefined}
          className={`fixed left-1/2 z-50 -translate-x-1/2 rounded-lg bg-sheet shadow-float ${className}`}
          onCloseAutoFocus={(event) => {
            giveBack(event);
            onCloseAutoFocus?.(event);
          }}
          {...content}
        />
      </Dialog.Portal>
    </Dialog.Root>
  );
}
