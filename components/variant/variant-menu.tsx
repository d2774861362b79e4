"use client";
import { DropdownMenu } from "radix-ui";
import { type ReactNode, type RefObject, useRef } from "react";
import { frameAt } from "#components/studio/frames.ts";
import type { VariantActions } from "#components/studio/variant-actions.ts";
import { toggleCode } from "#components/studio/view-state.ts";
import type { Variant } from "#lib/project/rows.ts";

type VariantMenuProps = {
  variant: Variant;
  /** Where it lies, from the left, and among how many. */
  position: number;
  count: number;
  actions: VariantActions;
  /** What its head has no room for: "keep", "fork", "code". */
  inside: ReadonlySet<string>;
  opener: RefObject<HTMLButtonElement | null>;
  onRename(): void;
  onClose(): void;
};

/** What is seldom done with a variant, and what has no room beside its name. Loaded when it is first opened. */
export default function VariantMenu({ variant, position, count, actions, ...rest }: VariantMenuProps) {
  const { inside, opener, onRename, onClose } = rest;
  const { letter } = variant;
  const renames = useRef(false);
  const deletes = useRef(false);
  return (
    <DropdownMenu.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      {/* The button that opened it is there before this is loaded: only its place is needed. */}
      <DropdownMenu.Trigger asChild>
        <span aria-hidden="true" className="absolute inset-0" tabIndex={-1} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={`More for ${letter}`}
          align="end"
          sideOffset={4}
          className="z-40 min-w-44 rounded-md bg-sheet p-1 text-sm shadow-float"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (renames.current) onRename();
            else if (deletes.current) neighbourOf(opener.current)?.focus();
            else opener.current?.focus();
          }}
        >
          {inside.has("keep") ? (
            <Item onSelect={() => void actions.keep(variant)}>{variant.keptAt ? "Do not keep" : "Keep"}</Item>
          ) : null}
          {inside.has("fork") ? <Item onSelect={() => void actions.fork(variant.id)}>Fork three</Item> : null}
          {inside.has("code") ? <Item onSelect={() => toggleCode(variant.id)}>Code</Item> : null}
          {inside.size > 0 ? <DropdownMenu.Separator className="my-1 h-px bg-line" /> : null}
          <Item
            onSelect={() => {
              renames.current = true;
            }}
          >
            Rename
          </Item>
          <Item disabled={position === 0} onSelect={() => void actions.move(variant, -1)}>
            Move left
          </Item>
          <Item disabled={position >= count - 1} onSelect={() => void actions.move(variant, 1)}>
            Move right
          </Item>
          <Item onSelect={() => frameAt(position)?.restart()}>Restart the page</Item>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <Item
            disabled={count < 2}
            onSelect={() => {
              deletes.current = true;
              void actions.remove(variant);
            }}
          >
            Delete {letter}
          </Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

type ItemProps = { disabled?: boolean; onSelect(): void; children: ReactNode };

function Item({ disabled = false, onSelect, children }: ItemProps) {
  return (
    <DropdownMenu.Item
      disabled={disabled}
      onSelect={onSelect}
      className="flex h-8 cursor-pointer items-center rounded-sm px-2 outline-none data-disabled:cursor-default data-disabled:text-ink-3 data-highlighted:bg-raised"
    >
      {children}
    </DropdownMenu.Item>
  );
}

/** What goes with its button leaves the focus to the same button of another variant. */
function neighbourOf(opener: HTMLElement | null): HTMLElement | undefined {
  const buttons = document.querySelectorAll<HTMLElement>(
    'article:not([data-place="away"]) [aria-haspopup="menu"]',
  );
  return [...buttons].find((each) => each !== opener);
}
