"use client";
import { Dialog } from "radix-ui";
import { useEffect, useState } from "react";
import { compareFiles, type DiffLine, type FileDiff } from "#lib/client/compare.ts";
import type { History } from "#lib/client/history.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { CommitId } from "#lib/project/ids.ts";
import type { Checkpoint, Turn, Variant } from "#lib/project/rows.ts";

type CompareDialogProps = { client: RoomClient; shown: Variant[]; history: History };
type OpenedByProps = CompareDialogProps & { title?: string };

/** Any two versions: which files differ, and in which lines. */
export function CompareDialog({ client, shown, history, title = "Compare versions" }: OpenedByProps) {
  return (
    <Dialog.Root>
      <Dialog.Trigger className="button button-small">{title}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/30" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[5vh] left-1/2 z-50 max-h-[90vh] w-[min(60rem,calc(100vw-1rem))] -translate-x-1/2 overflow-y-auto rounded-lg bg-sheet p-5 shadow-float"
        >
          <div className="flex items-center">
            <Dialog.Title className="flex-1 text-lg font-semibold">Compare versions</Dialog.Title>
            <Dialog.Close className="button button-small">Close</Dialog.Close>
          </div>
          <Comparison client={client} shown={shown} history={history} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type Version = { commitId: CommitId; label: string };

function Comparison({ client, shown, history }: CompareDialogProps) {
  const turns = useRoom(client, (room) => room.turns);
  const checkpoints = useRoom(client, (room) => room.checkpoints);
  const versions = versionsOf(shown, turns, checkpoints);
  const [one, setOne] = useState<CommitId | null>(null);
  const [other, setOther] = useState<CommitId | null>(null);
  // At first what the last turn of the first variant has changed.
  const after = other ?? shown[0]?.headCommitId ?? null;
  const before = one ?? versions.filter(({ commitId }) => commitId !== after).at(0)?.commitId ?? after;
  const diffs = useDiffs(history, before, after);
  return (
    <>
      <div className="mt-3 flex flex-wrap gap-2">
        <VersionSelect label="Before" versions={versions} value={before} onChange={setOne} />
        <VersionSelect label="After" versions={versions} value={after} onChange={setOther} />
      </div>
      <div className="mt-3" aria-live="polite">
        {diffs === null ? <p className="text-sm text-ink-3">Reading …</p> : null}
        {diffs?.length === 0 ? <p className="text-sm text-ink-2">These two are the same.</p> : null}
        {diffs?.map((diff) => (
          <FileDifference key={diff.path} diff={diff} />
        ))}
      </div>
    </>
  );
}

type VersionSelectProps = {
  label: string;
  versions: Version[];
  value: CommitId | null;
  onChange(commitId: CommitId): void;
};

function VersionSelect({ label, versions, value, onChange }: VersionSelectProps) {
  return (
    <label className="flex min-w-0 flex-1 items-center gap-2 text-xs text-ink-3">
      {label}
      <select
        aria-label={label}
        className="h-8 min-w-0 flex-1 rounded-sm bg-raised px-2 text-sm text-ink"
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value as CommitId)}
      >
        {versions.map((version) => (
          <option key={version.commitId} value={version.commitId}>
            {version.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Newest first within each variant; a commit that several ways lead to is there once. */
function versionsOf(shown: Variant[], turns: readonly Turn[], checkpoints: readonly Checkpoint[]): Version[] {
  const versions = new Map<CommitId, string>();
  const add = (commitId: CommitId | null, label: string) => {
    if (commitId !== null && !versions.has(commitId)) versions.set(commitId, label);
  };
  for (const { id, letter, headCommitId, baseCommitId } of shown) {
    for (const each of checkpoints)
      if (each.variantId === id) add(each.commitId, `${letter}: checkpoint “${each.name}”`);
    const own = turns.filter(({ variantId }) => variantId === id);
    for (const [index, turn] of [...own.entries()].reverse())
      add(turn.commitId, `${letter}: turn ${index + 1}, ${short(turn.prompt)}`);
    add(headCommitId, `${letter}: as it is now`);
    add(baseCommitId, `${letter}: start`);
  }
  return [...versions].map(([commitId, label]) => ({ commitId, label }));
}

function short(prompt: string): string {
  return prompt.length > 48 ? `${prompt.slice(0, 47)}…` : prompt;
}

function useDiffs(history: History, before: CommitId | null, after: CommitId | null): FileDiff[] | null {
  const [diffs, setDiffs] = useState<FileDiff[] | null>(null);
  useEffect(() => {
    let isCurrent = true;
    if (!before || !after) return;
    void Promise.all([history.load(before), history.load(after)]).then(([one, other]) => {
      if (isCurrent && one && other) setDiffs(compareFiles(one.document.files(), other.document.files()));
    });
    return () => {
      isCurrent = false;
    };
  }, [history, before, after]);
  return diffs;
}

function FileDifference({ diff }: { diff: FileDiff }) {
  const { path, kind, added, removed, lines } = diff;
  const words = { added: "new", removed: "deleted", changed: "" };
  return (
    <section className="mb-4" aria-label={path}>
      <h3 className="tnum flex gap-2 text-xs">
        <span className="font-mono font-semibold">{path}</span>
        <span className="text-ink-3">{words[kind]}</span>
        <span className="ml-auto text-ok">+{added}</span>
        <span className="text-bad">−{removed}</span>
      </h3>
      <div className="mt-1 rounded-sm bg-raised py-1 font-mono text-xs">
        {lines.map((line, index) => (
          // Lines of a difference do not move.
          <Line key={index} line={line} />
        ))}
      </div>
    </section>
  );
}

const MARKS = { same: " ", added: "+", removed: "−" } as const;
const INKS = { same: "text-ink-2", added: "text-ok", removed: "text-bad" } as const;

function Line({ line }: { line: DiffLine | null }) {
  if (!line) return <div className="px-2 text-ink-3">⋯</div>;
  return (
    <div className={`flex gap-2 px-2 ${INKS[line.kind]}`}>
      <span className="tnum w-8 flex-none text-right text-ink-3">{line.after ?? line.before}</span>
      <span aria-hidden="true">{MARKS[line.kind]}</span>
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere] whitespace-pre-wrap">{line.text}</span>
    </div>
  );
}
