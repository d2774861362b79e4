"use client";
import { type FormEvent, useState } from "react";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { CheckpointId, VariantId } from "#lib/project/ids.ts";
import type { Checkpoint, Variant } from "#lib/project/rows.ts";
import type { LookBack } from "./use-look-back.ts";

type CheckpointsProps = { client: RoomClient; shown: Variant[]; lookBack: LookBack; mayEdit: boolean };

/** Moments that somebody gave a name: to look at, and to go back to. */
export function Checkpoints({ client, shown, lookBack, mayEdit }: CheckpointsProps) {
  const all = useRoom(client, (room) => room.checkpoints);
  const own = all.filter(({ variantId }) => shown.some(({ id }) => id === variantId));
  if (own.length === 0 && !mayEdit) return null;
  return (
    <section aria-label="Checkpoints" className="mt-3">
      <h2 className="px-2 pb-1 text-xs text-ink-3">Checkpoints</h2>
      <ul className="flex flex-col">
        {own.map((checkpoint) => (
          <CheckpointRow
            key={checkpoint.id}
            client={client}
            checkpoint={checkpoint}
            letter={shown.find(({ id }) => id === checkpoint.variantId)?.letter ?? ""}
            lookBack={lookBack}
            mayEdit={mayEdit}
          />
        ))}
      </ul>
      {mayEdit && shown.length > 0 ? <AddCheckpoint client={client} shown={shown} /> : null}
    </section>
  );
}

type RowProps = Pick<CheckpointsProps, "client" | "lookBack" | "mayEdit"> & {
  checkpoint: Checkpoint;
  letter: string;
};

function CheckpointRow({ client, checkpoint, letter, lookBack, mayEdit }: RowProps) {
  const { id, variantId, commitId, name } = checkpoint;
  const isShown = lookBack.at?.key === id;
  const look = () =>
    lookBack.look(isShown ? null : { key: id, label: name, commits: new Map([[variantId, commitId]]) });
  return (
    <li className="group flex items-center gap-1 rounded-sm px-2 py-1 hover:bg-raised">
      <button
        type="button"
        className="flex min-w-0 flex-1 items-baseline gap-1.5 text-left text-sm"
        aria-pressed={isShown}
        onClick={look}
      >
        <span className="text-2xs text-ink-3">{letter}</span>
        {isShown && mayEdit ? (
          <span className="sr-only">{name}</span>
        ) : (
          <span className="truncate">{name}</span>
        )}
      </button>
      {isShown && mayEdit ? <CheckpointName key={name} client={client} checkpoint={checkpoint} /> : null}
      {mayEdit ? (
        <button
          type="button"
          className="button button-small h-6 min-w-6 px-1"
          aria-label={`Delete checkpoint ${name}`}
          onClick={() => void client.command("change-checkpoint", { checkpointId: id, name: null })}
        >
          ×
        </button>
      ) : null}
    </li>
  );
}

/** The one that is looked at can be called something else. */
function CheckpointName({ client, checkpoint }: { client: RoomClient; checkpoint: Checkpoint }) {
  const [draft, setDraft] = useState(checkpoint.name);
  const commit = () => {
    const name = draft.trim();
    if (name === "") return setDraft(checkpoint.name);
    if (name !== checkpoint.name)
      void client.command("change-checkpoint", { checkpointId: checkpoint.id, name });
  };
  return (
    <input
      aria-label={`Name of checkpoint ${checkpoint.name}`}
      className="field min-w-0 rounded-xs px-1 text-sm font-semibold"
      maxLength={80}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
      }}
    />
  );
}

/** What a variant is now gets the name. */
function AddCheckpoint({ client, shown }: { client: RoomClient; shown: Variant[] }) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<VariantId | null>(null);
  const variant = shown.find(({ id }) => id === chosen) ?? (shown[0] as Variant);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    const checkpointId = newId<CheckpointId>();
    const wish = { checkpointId, variantId: variant.id, commitId: null, name: name.trim() };
    const answer = await client.command("checkpoint", wish);
    if (answer.ok) setName("");
  };
  return (
    <form className="mt-1 flex items-center gap-1 px-2" onSubmit={(event) => void submit(event)}>
      <select
        aria-label="Variant of the checkpoint"
        className="h-7 rounded-xs bg-raised text-xs"
        value={variant.id}
        onChange={(event) => setChosen(event.target.value as VariantId)}
      >
        {shown.map(({ id, letter }) => (
          <option key={id} value={id}>
            {letter}
          </option>
        ))}
      </select>
      <input
        aria-label="Name of a new checkpoint"
        className="field h-7 min-w-0 flex-1 rounded-xs bg-raised px-1.5 text-xs"
        placeholder="Name it"
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
    </form>
  );
}
