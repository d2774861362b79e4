"use client";
import { useState } from "react";
import { seconds } from "#components/ui/figures.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { Turn, Variant } from "#lib/project/rows.ts";
import { STEERED } from "#lib/project/steered.ts";
import { restore } from "./restore.ts";
import { letterOf, type TurnGroup } from "./table.ts";
import { ForkButtons, RestoreButtons, UndoButton } from "./turn-steps.tsx";

type RowProps = {
  client: RoomClient;
  group: TurnGroup;
  number: number;
  shown: Variant[];
  mayEdit: boolean;
  /** It is looked back at. */
  isShown: boolean;
};
/** One prompt: its words, how long it took, what it changed, and the ways back from it. */
export function TurnRow({ client, group, number, shown, mayEdit, isShown }: RowProps) {
  const [open, setOpen] = useState(false);
  const isLive = group.state === "running";
  const letters = group.turns.map((turn) => letterOf(turn, shown));
  const answer = group.turns.find((turn) => turn.answer)?.answer;
  return (
    <li
      aria-current={isShown ? "true" : undefined}
      className={`rounded-sm px-2 py-1.5 ${isLive || isShown ? "bg-sheet shadow-sheet" : "hover:bg-raised"}`}
    >
      <button
        type="button"
        className="block w-full text-left"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className={`block text-sm ${open ? "" : "truncate"}`}>{group.prompt}</span>
        <span className={`tnum flex gap-2 text-2xs ${isLive ? "text-live" : "text-ink-3"}`}>
          <span>{number}</span>
          {isLive ? <LiveFigures client={client} turns={group.turns} /> : <span>{stateWords(group)}</span>}
          <span className="tracking-wider">{letters.join(" ")}</span>
        </span>
      </button>
      {open ? <Changes turns={group.turns} shown={shown} /> : null}
      {open && answer ? (
        <p className="mt-1 max-h-40 overflow-y-auto text-xs whitespace-pre-wrap text-ink-2">{answer}</p>
      ) : null}
      {mayEdit && !isLive ? (
        <span className="mt-1 flex flex-wrap gap-1 empty:hidden">
          <RestoreButtons client={client} turns={group.turns} shown={shown} number={number} />
          {open ? <UndoButton client={client} turns={group.turns} number={number} /> : null}
          {open ? <ForkButtons client={client} turns={group.turns} shown={shown} number={number} /> : null}
        </span>
      ) : null}
    </li>
  );
}

/** The files of each variant that a prompt changed, with the lines it added and removed. */
function Changes({ turns, shown }: { turns: Turn[]; shown: Variant[] }) {
  return turns.map((turn) => (
    <ul
      key={turn.id}
      className="tnum mt-1 text-2xs text-ink-2"
      aria-label={`Changes in ${letterOf(turn, shown)}`}
    >
      {[...sumByPath(turn)].map(([path, { added, removed }]) => (
        <li key={path} className="flex gap-1.5">
          <span className="w-2 flex-none text-ink-3">{letterOf(turn, shown)}</span>
          <span className="min-w-0 flex-1 truncate" title={path}>
            {path.split("/").at(-1)}
          </span>
          <span className="text-ok">+{added}</span>
          <span className="text-bad">−{removed}</span>
        </li>
      ))}
      {turn.warnings.map((warning) => (
        <li key={warning} className="text-ink-3">
          {warning}
        </li>
      ))}
    </ul>
  ));
}

function sumByPath(turn: Turn): Map<string, { added: number; removed: number }> {
  const files = new Map<string, { added: number; removed: number }>();
  for (const { path, added, removed } of turn.changes) {
    const known = files.get(path) ?? { added: 0, removed: 0 };
    files.set(path, { added: known.added + added, removed: known.removed + removed });
  }
  return files;
}

/** A prompt that the server has not taken yet. */
export function SendingRow({ text, number }: { text: string; number: number }) {
  return (
    <li className="rounded-sm bg-sheet px-2 py-1.5 shadow-sheet">
      <span className="block truncate text-sm text-ink-2">{text}</span>
      <span className="tnum flex gap-2 text-2xs text-ink-3">
        <span>{number}</span>
        <span>sending</span>
      </span>
    </li>
  );
}

/** Where the set began: an empty sheet, or the variant it was forked from. */
export function StartRow({
  client,
  shown,
  isFork,
}: {
  client: RoomClient;
  shown: Variant[];
  isFork: boolean;
}) {
  const moved = shown.filter((variant) => variant.headCommitId !== variant.baseCommitId);
  if (!isFork || moved.length === 0) return null;
  return (
    <li className="rounded-sm px-2 py-1.5 hover:bg-raised">
      <span className="block text-sm">Where it was forked</span>
      <span className="mt-1 flex flex-wrap gap-1">
        {moved.map((variant) => (
          <button
            key={variant.id}
            type="button"
            className="button button-small h-6"
            aria-label={`Restore ${variant.letter} to where it was forked`}
            onClick={() => void restore(client, [[variant.id, variant.baseCommitId]])}
          >
            ↶ {variant.letter}
          </button>
        ))}
      </span>
    </li>
  );
}

function LiveFigures({ client, turns }: { client: RoomClient; turns: Turn[] }) {
  const speed = useRoom(client, (room) =>
    turns.reduce((sum, turn) => sum + (room.progress[turn.id]?.tokensPerSecond ?? 0), 0),
  );
  return <span>live{speed > 0 ? ` ${speed.toLocaleString("en")} tok/s` : ""}</span>;
}

function stateWords({ state, ms, kind, turns }: TurnGroup): string {
  if (turns.some(({ message }) => message === STEERED)) return "steered on";
  if (kind === "restore") return "restored";
  if (kind === "undo") return "undone";
  const words: Record<string, string> = { stopped: "stopped", failed: "failed", cut: "cut off" };
  return words[state] ?? seconds(ms ?? 0);
}
