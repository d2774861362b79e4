"use client";
import { type CodePlace, openDialog } from "#components/studio/view-state.ts";
import { plural } from "#components/ui/figures.ts";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { PromptId, TurnId, VariantId } from "#lib/project/ids.ts";
import { reasonWords } from "#lib/project/reasons.ts";
import type { FailedEdit, RepairNote, Turn } from "#lib/project/rows.ts";
import { isUnusedDraft, UnusedDraft } from "./unused-draft.tsx";

type TurnStripProps = {
  client: RoomClient;
  turn: Turn;
  variantId: VariantId;
  mayEdit: boolean;
  onShow(place: CodePlace): void;
};

/** Why a turn ended early, what did not fit and where, and what asking again has cost. */
export function TurnStrip({ client, turn, variantId, mayEdit, onShow }: TurnStripProps) {
  const { message, failedEdits, appliedEdits, answer, repair } = turn;
  const saidOnly = appliedEdits === 0 && answer !== "";
  const isFix = turn.kind === "fix" && turn.timings !== null;
  if (!message && failedEdits.length === 0 && !repair && !saidOnly && !isFix) return null;
  const endedEarly = turn.state === "cut" || turn.state === "stopped";
  const mayContinue = mayEdit && endedEarly && turn.timings !== null;
  const unused = endedEarly ? failedEdits.filter(isUnusedDraft) : [];
  const missed = failedEdits.filter((edit) => !unused.includes(edit));
  // A key, an address, a limit: what a model's server refused is looked at there.
  const isRefused = mayEdit && turn.state === "failed" && turn.lane !== "designer";
  return (
    <div className="strip max-h-40 flex-col items-stretch gap-1 overflow-y-auto text-ink-2">
      {message || saidOnly ? (
        <p className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 whitespace-pre-wrap">{message ?? answer}</span>
          {mayContinue ? (
            <button
              type="button"
              className="button button-small h-6"
              onClick={() => void client.command("continue", { turnId: turn.id, nextId: newId<TurnId>() })}
            >
              Continue
            </button>
          ) : null}
          {isRefused ? (
            <button type="button" className="button button-small h-6" onClick={() => openDialog("settings")}>
              Model settings
            </button>
          ) : null}
        </p>
      ) : null}
      {unused.map((draft, index) => (
        // Edits of an ended turn do not change their order.
        <UnusedDraft key={index} draft={draft} variantId={variantId} mayEdit={mayEdit} onShow={onShow} />
      ))}
      {isFix ? <p className="tnum text-ink-3">{fixWords(turn)}</p> : null}
      {missed.length > 0 ? (
        <>
          <p className="flex items-baseline gap-2">
            <span className="min-w-0 flex-1">
              {missed.length} of {plural(appliedEdits + missed.length, "edit")} did not fit
              {appliedEdits > 0 ? "; the others are in" : ""}.
            </span>
            {mayEdit ? (
              <button
                type="button"
                className="button button-small h-6"
                onClick={() => void askAgain(client, turn)}
              >
                Ask again
              </button>
            ) : null}
          </p>
          <ul className="flex flex-col gap-1">
            {missed.map((edit, index) => (
              <FailedRow key={index} edit={edit} variantId={variantId} onShow={onShow} />
            ))}
          </ul>
        </>
      ) : null}
      {repair ? <p className="tnum text-ink-3">{repairWords(repair)}</p> : null}
    </div>
  );
}

function FailedRow({
  edit,
  variantId,
  onShow,
}: { edit: FailedEdit } & Pick<TurnStripProps, "variantId" | "onShow">) {
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

/** The same wish, on the files as they are now. */
function askAgain(client: RoomClient, { variantId, prompt, lane, failedEdits }: Turn) {
  const paths = [...new Set(failedEdits.flatMap(({ path }) => path ?? []))];
  return client.command("prompt", {
    promptId: newId<PromptId>(),
    turnIds: { [variantId]: newId<TurnId>() } as Record<VariantId, TurnId>,
    lane,
    text: `${prompt}\n\nSome edits of the last answer did not fit${paths.length > 0 ? ` in ${paths.join(", ")}` : ""}. Make only those that are missing, on the files as they are now.`,
  });
}

function fixWords({ usage, timings }: Turn): string {
  const tokens = (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? timings?.tokens ?? 0);
  return `The page did not run, so its error was sent once by itself: ${tokens.toLocaleString("en")} tokens.`;
}

function repairWords({ asked, mended, tokens }: RepairNote): string {
  const what = `${plural(asked, "edit")} did not fit at first and ${asked === 1 ? "was" : "were"} asked for again`;
  return `${what}: ${mended} of ${asked} mended, ${tokens.toLocaleString("en")} tokens.`;
}
