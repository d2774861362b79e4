"use client";
import type { CodePlace } from "#components/studio/view-state.ts";
import { plural } from "#components/ui/figures.ts";
import type { VariantId } from "#lib/project/ids.ts";
import type { FailedEdit } from "#lib/project/rows.ts";

type UnusedDraftProps = {
  draft: FailedEdit;
  variantId: VariantId;
  mayEdit: boolean;
  onShow(place: CodePlace): void;
};

/** What a model was writing when it was cut off or stopped: not in the page, and not lost either. */
export function UnusedDraft({ draft, variantId, mayEdit, onShow }: UnusedDraftProps) {
  const { path, text } = draft;
  const lines = text.replace(/\n$/, "").split("\n").length;
  return (
    <details>
      <summary className="w-fit cursor-pointer text-ink">
        Unused draft{path ? <span className="font-mono"> {path}</span> : null}
        <span className="tnum text-ink-3">, {plural(lines, "line")}</span>
      </summary>
      <pre className="mt-1 rounded-xs bg-raised px-2 py-1 font-mono text-xs leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {text}
      </pre>
      {mayEdit && path ? (
        <button
          type="button"
          className="button button-small mt-1 h-6"
          title="Puts it into the code as your own edit, to be placed by hand"
          onClick={() => onShow({ variantId, path, line: 1, insert: text })}
        >
          Put in
        </button>
      ) : null}
    </details>
  );
}

/** In a turn that ended early, what it was in the middle of; else an edit that ends so did not fit. */
export function isUnusedDraft({ reason, text }: FailedEdit): boolean {
  return reason === "truncated" && text.trim() !== "";
}
