"use client";
import { Toolbar } from "radix-ui";
import type { VariantId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";

type TargetChipsProps = {
  shown: Variant[];
  /** None chosen: all variants. */
  targets: readonly VariantId[];
  onTargets(targets: readonly VariantId[]): void;
};

/** Which variants the next prompt goes to: all, or any of them. One Tab stop; arrow keys walk. */
export function TargetChips({ shown, targets, onTargets }: TargetChipsProps) {
  if (shown.length < 2) return null;
  const toggle = (id: VariantId) => {
    const next = targets.includes(id) ? targets.filter((each) => each !== id) : [...targets, id];
    onTargets(next.length === shown.length ? [] : next);
  };
  return (
    <Toolbar.Root className="flex gap-0.5" aria-label="Send to">
      <Toolbar.Button
        className="button button-small"
        aria-pressed={targets.length === 0}
        onClick={() => onTargets([])}
      >
        {shown.length === 3 ? "All three" : "All"}
      </Toolbar.Button>
      {shown.map((variant) => (
        <Toolbar.Button
          key={variant.id}
          data-v={variant.letter.toLowerCase()}
          className="button button-small min-w-7"
          style={{ color: "var(--vi)" }}
          aria-pressed={targets.includes(variant.id)}
          onClick={() => toggle(variant.id)}
        >
          {variant.letter}
        </Toolbar.Button>
      ))}
    </Toolbar.Root>
  );
}
