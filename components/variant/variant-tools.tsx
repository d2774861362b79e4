"use client";
import { Ellipsis } from "lucide-react";
import dynamic from "next/dynamic";
import { Toolbar } from "radix-ui";
import { useRef, useState } from "react";
import type { VariantActions } from "#components/studio/variant-actions.ts";
import { toggleCode, useView } from "#components/studio/view-state.ts";
import type { Variant } from "#lib/project/rows.ts";

const VariantMenu = dynamic(() => import("./variant-menu.tsx"), { ssr: false });

type VariantToolsProps = { variant: Variant; position: number; count: number; actions: VariantActions };

/**
 * What can be done with a whole variant: the often used in sight, the rest behind "More". The name needs its room more than they do: in
 * a narrow head, and under a finger sooner, forking goes into the menu first, then keeping.
 */
export function VariantTools({ variant, actions, ...place }: VariantToolsProps) {
  const isRead = useView((state) => state.code?.variantId === variant.id);
  return (
    <Toolbar.Root className="flex flex-none @max-[26rem]:*:px-1.5" aria-label={`Variant ${variant.letter}`}>
      <Toolbar.Button
        data-tool="keep"
        className="button button-small @max-[16rem]:hidden pointer-coarse:@max-[20rem]:hidden"
        aria-pressed={variant.keptAt !== null}
        onClick={() => void actions.keep(variant)}
      >
        Keep
      </Toolbar.Button>
      <Toolbar.Button
        data-tool="fork"
        className="button button-small @max-[18rem]:hidden pointer-coarse:@max-[24rem]:hidden"
        onClick={() => void actions.fork(variant.id)}
      >
        <span>
          Fork<span className="@max-[28rem]:sr-only"> three</span>
        </span>
      </Toolbar.Button>
      <Toolbar.Button
        data-tool="code"
        className="button button-small @max-[9rem]:hidden"
        aria-pressed={isRead}
        onClick={() => toggleCode(variant.id)}
      >
        Code
      </Toolbar.Button>
      <More variant={variant} actions={actions} {...place} />
    </Toolbar.Root>
  );
}

function More({ variant, position, count, actions }: VariantToolsProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const rename = () =>
    button.current?.closest("article")?.querySelector<HTMLInputElement>(".head-line input")?.select();
  return (
    <span className="relative">
      <Toolbar.Button
        ref={button}
        className="button button-small px-0"
        aria-label={`More for ${variant.letter}`}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      >
        <Ellipsis size={14} aria-hidden="true" />
      </Toolbar.Button>
      {isOpen ? (
        <VariantMenu
          {...{ variant, position, count, actions }}
          inside={hiddenTools(button.current)}
          opener={button}
          onRename={rename}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </span>
  );
}

/** Those that have no room beside the menu now. */
function hiddenTools(more: HTMLElement | null): ReadonlySet<string> {
  const tools = more?.closest("[role=toolbar]")?.querySelectorAll<HTMLElement>("[data-tool]") ?? [];
  return new Set([...tools].flatMap((tool) => (tool.offsetParent ? [] : [tool.dataset.tool ?? ""])));
}
