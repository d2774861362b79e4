"use client";
import { useState } from "react";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { TurnId, VariantId } from "#lib/project/ids.ts";
import type { Turn, Variant } from "#lib/project/rows.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";
import { restore } from "./restore.ts";
import { letterOf } from "./table.ts";

type StepProps = { client: RoomClient; turns: Turn[]; shown: Variant[]; number: number };

/** Going back is a step forward: it makes a turn of its own. */
export function RestoreButtons({ client, turns, shown, number }: StepProps) {
  const past = turns.filter((turn) => {
    const variant = shown.find((each) => each.id === turn.variantId);
    return turn.commitId !== null && variant && variant.headCommitId !== turn.commitId;
  });
  if (past.length === 0) return null;
  return (
    <>
      {past.map((turn) => (
        <button
          key={turn.id}
          type="button"
          className="button button-small h-6"
          aria-label={`Restore ${letterOf(turn, shown)} to turn ${number}`}
          onClick={() => turn.commitId && void restore(client, [[turn.variantId, turn.commitId]])}
        >
          ↶ {letterOf(turn, shown)}
        </button>
      ))}
    </>
  );
}

/** Takes back what one prompt changed, in all its variants; what was written since stays. */
export function UndoButton({ client, turns, number }: { client: RoomClient; turns: Turn[]; number: number }) {
  const [problem, setProblem] = useState<string | null>(null);
  const undo = async () => {
    const answers = await Promise.all(
      turns
        .filter((turn) => turn.commitId !== null)
        .map((turn) => client.command("undo", { turnId: turn.id, undoId: newId<TurnId>() })),
    );
    const refused = answers.find((answer) => !answer.ok);
    setProblem(refused && !refused.ok ? sentenceOf(refused.code, refused.detail) : null);
  };
  return (
    <>
      <button
        type="button"
        className="button button-small h-6"
        aria-label={`Undo turn ${number}`}
        onClick={() => void undo()}
      >
        Undo
      </button>
      {problem ? (
        <span role="alert" className="text-xs text-bad">
          {problem}
        </span>
      ) : null}
    </>
  );
}

/** Three new variants from what a turn ended with, whatever came after it. */
export function ForkButtons({ client, turns, shown, number }: StepProps) {
  const fork = ({ variantId, commitId }: Turn) =>
    commitId &&
    void client.command("fork", {
      variantId,
      commitId,
      variantIds: [0, 1, 2].map(() => newId<VariantId>()),
    });
  return turns
    .filter((turn) => turn.commitId !== null)
    .map((turn) => (
      <button
        key={turn.id}
        type="button"
        className="button button-small h-6"
        aria-label={`Fork three from ${letterOf(turn, shown)} at turn ${number}`}
        onClick={() => fork(turn)}
      >
        ⑂ {letterOf(turn, shown)}
      </button>
    ));
}
