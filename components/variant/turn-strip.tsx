"use client";
import { plural } from "#components/ui/figures.ts";
import type { VariantId } from "#lib/project/ids.ts";
import { reasonWords } from "#lib/project/reasons.ts";
import type { FailedEdit, RepairNote, Turn } from "#lib/project/rows.ts";
import type { CodePlace } from "./code-drawer.tsx";

type TurnStripProps = { turn: Turn; variantId: VariantId; onShow(place: CodePlace): void };

/** Why a turn ended early, what did not fit and where, and what asking again has cost. */
export function TurnStrip({ turn, variantId, onShow }: TurnStripProps) {
  const { message, failedEdits, appliedEdits, answer, repair } = turn;
  const saidOnly = appliedEdits === 0 && answer !== "";
  if (!message && failedEdits.length === 0 && !repair && !saidOnly) return null;
  return (
    <div className="strip max-h-40 flex-col items-stretch gap-1 overflow-y-auto text-ink-2">
      {message || saidOnly ? <p className="whitespace-pre-wrap">{message ?? answer}</p> : null}
      {failedEdits.length > 0 ? (
        <>
          <p>
            {failedEdits.length} of {plural(appliedEdits + failedEdits.length, "edit")} did not fit; the
            others are in.
          </p>
          <ul className="flex flex-col gap-1">
            {failedEdits.map((edit, index) => (
              // Edits of an ended turn do not change their order.
              <FailedRow key={index} edit={edit} variantId={variantId} onShow={onShow} />
            ))}
          </ul>
        </>
      ) : null}
      {repair ? <p className="tnum text-ink-3">{repairWords(repair)}</p> : null}
    </div>
  );
}

function FailedRow({ edit, variantId, onShow }: { edit: FailedEdit } & Omit<TurnStripProps, "turn">) {
  const { path, reason, nearest, text } = edit;
  const show = (insert?: string) =>
    path && onShow({ variantId, path, line: nearest[0]?.line ?? 1, ...(insert ? { insert } : {}) });
  return (
    <li className="flex items-baseline gap-1">
      <span className="min-w-0 flex-1">
        <span className="font-mono text-ink">{path ?? "No file"}</span>: {reasonWords(reason)}
      </span>
      {path ? (
        <button type="button" className="button button-small h-6" onClick={() => show()}>
          Show where
        </button>
      ) : null}
      {path && text.trim() ? (
        <button
          type="button"
          className="button button-small h-6"
          title="Puts what the model wrote into the code as your own edit, to be placed by hand"
          onClick={() => show(text)}
        >
          Put in
        </button>
      ) : null}
    </li>
  );
}

function repairWords({ asked, mended, tokens }: RepairNote): string {
  const what = `${plural(asked, "edit")} did not fit at first and ${asked === 1 ? "was" : "were"} asked for again`;
  return `${what}: ${mended} of ${asked} mended, ${tokens.toLocaleString("en")} tokens.`;
}
