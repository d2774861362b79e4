"use client";
import { Ellipsis } from "lucide-react";
import dynamic from "next/dynamic";
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
    <span
      className="flex flex-none @max-[26rem]:*:px-1.5"
      role="toolbar"
      aria-label={`Variant ${variant.letter}`}
    >
      <button
        type="button"
        data-tool="keep"
        className="button button-small @max-[16rem]:hidden pointer-coarse:@max-[20rem]:hidden"
        aria-pressed={variant.keptAt !== null}
        onClick={() => void actions.keep(variant)}
      >
        Keep
      </button>
      <button
        type="button"
        data-tool="fork"
        className="button button-small @max-[18rem]:hidden pointer-coarse:@max-[24rem]:hidden"
        onClick={() => void actions.fork(variant.id)}
      >
        <span>
          Fork<span className="@max-[28rem]:sr-only"> three</span>
        </span>
      </button>
      <button
        type="button"
        data-tool="code"
        className="button button-small @max-[9rem]:hidden"
        aria-pressed={isRead}
        onClick={() => toggleCode(variant.id)}
      >
        Code
      </button>
      <More variant={variant} actions={actions} {...place} />
    </span>
  );
}

function More({ variant, position, count, actions }: VariantToolsProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const rename = () =>
    button.current?.closest("article")?.querySelector<HTMLInputElement>(".head-line input")?.select();
  return (
    <span className="relative">
      <button
        ref={button}
        type="button"
        className="button button-small px-0"
        aria-label={`More for ${variant.letter}`}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      >
        <Ellipsis size={14} aria-hidden="true" />
      </button>
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
