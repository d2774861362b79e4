"use client";
import { Popover } from "radix-ui";
import type { ReactNode, RefObject } from "react";

type PopupProps = {
  label: string;
  opener: RefObject<HTMLButtonElement | null>;
  onClose(): void;
  children: ReactNode;
};

/** What a small button opens above the prompt. Loaded with its content, when it is first opened. */
export function Popup({ label, opener, onClose, children }: PopupProps) {
  return (
    <Popover.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Popover.Anchor virtualRef={opener as RefObject<HTMLButtonElement>} />
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={12}
          className="z-40 max-h-(--radix-popover-content-available-height) w-[min(24rem,calc(100vw-1.5rem))] overflow-y-auto rounded-lg bg-sheet p-4 text-sm shadow-float outline-none"
          onInteractOutside={(event) => {
            // The opener closes by its own click.
            if (opener.current?.contains(event.target as Node)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            opener.current?.focus();
          }}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
