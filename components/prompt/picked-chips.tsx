"use client";
import { X } from "lucide-react";
import { useRef } from "react";
import { setPicked } from "#components/studio/view-state.ts";
import { useNeighbour } from "#components/ui/use-neighbour.ts";
import type { PickedElement } from "#lib/project/picked.ts";
import type { Variant } from "#lib/project/rows.ts";

/** The elements that somebody pointed at: they go along with the next prompt. */
export function PickedChips({ picked, shown }: { picked: readonly PickedElement[]; shown: Variant[] }) {
  const list = useRef<HTMLUListElement>(null);
  useNeighbour(list);
  if (picked.length === 0) return null;
  const remove = (at: PickedElement) => setPicked(picked.filter((each) => each !== at));
  return (
    <ul ref={list} aria-label="Picked elements" className="mb-1.5 flex flex-wrap gap-1">
      {picked.map((each) => (
        <li
          key={`${each.variantId} ${each.path} ${each.start}`}
          data-v={shown.find(({ id }) => id === each.variantId)?.letter.toLowerCase()}
          className="flex h-6.5 max-w-full items-center gap-1.5 rounded-xs bg-raised pl-1.5 text-xs ring-1 ring-line ring-inset"
        >
          <span
            className="size-2 flex-none rounded-full"
            style={{ background: "var(--v)" }}
            aria-hidden="true"
          />
          <span className="truncate">{pickedWords(each, shown)}</span>
          <button
            type="button"
            className="button button-small h-6 min-w-6 px-1"
            aria-label={`Remove ${pickedWords(each, shown)}`}
            onClick={() => remove(each)}
          >
            <X size={12} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** "B: button “Order now” in Hero". */
export function pickedWords(
  { variantId, selector, text, path }: PickedElement,
  shown: readonly Variant[],
): string {
  const letter = shown.find(({ id }) => id === variantId)?.letter;
  const said = text.trim().replace(/\s+/g, " ");
  const quoted = said === "" ? "" : ` “${said.length > 28 ? `${said.slice(0, 27)}…` : said}”`;
  const tag = /^[a-z][\w-]*/i.exec(selector.split(/[\s>]+/).at(-1) ?? "")?.[0] ?? "element";
  const file = path
    .split("/")
    .at(-1)
    ?.replace(/\.\w+$/, "");
  return `${letter ? `${letter}: ` : ""}${tag}${quoted} in ${file}`;
}
