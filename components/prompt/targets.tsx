"use client";
import type { VariantId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";

type TargetsProps = {
  shown: Variant[];
  /** Null: all variants. */
  target: VariantId | null;
  onTarget(target: VariantId | null): void;
};

/** Which variants the next prompt goes to. */
export function Targets({ shown, target, onTarget }: TargetsProps) {
  if (shown.length < 2) return null;
  return (
    <div className="flex gap-0.5" role="toolbar" aria-label="Send to">
      <button
        type="button"
        className="button button-small"
        aria-pressed={target === null}
        onClick={() => onTarget(null)}
      >
        {shown.length === 3 ? "All three" : "All"}
      </button>
      {shown.map((variant) => (
        <button
          key={variant.id}
          type="button"
          data-v={variant.letter.toLowerCase()}
          className="button button-small min-w-7"
          style={{ color: "var(--vi)" }}
          aria-pressed={target === variant.id}
          onClick={() => onTarget(target === variant.id ? null : variant.id)}
        >
          {variant.letter}
        </button>
      ))}
    </div>
  );
}
