"use client";
import { useState } from "react";
import type { VariantId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";

type VariantNameProps = {
  variant: Variant;
  mayEdit: boolean;
  onRename(variantId: VariantId, name: string): unknown;
};

/** What a variant is called; who may edit writes over it. */
export function VariantName({ variant, mayEdit, onRename }: VariantNameProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const name = variant.name || `Variant ${variant.letter}`;
  if (!mayEdit)
    return (
      <span className="min-w-0 flex-1 truncate text-sm font-medium" title={name}>
        {name}
      </span>
    );
  const commit = () => {
    if (draft?.trim() && draft.trim() !== name) void onRename(variant.id, draft.trim());
    setDraft(null);
  };
  return (
    <input
      className="field min-h-6 min-w-0 flex-1 truncate rounded-xs px-1 text-sm font-medium hover:bg-raised"
      aria-label={`Name of variant ${variant.letter}`}
      title={name}
      value={draft ?? name}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}
