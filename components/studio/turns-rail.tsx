"use client";
import { useState } from "react";
import { seconds } from "#components/ui/figures.ts";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import type { TurnId, VariantId } from "#lib/project/ids.ts";
import type { Turn, Variant } from "#lib/project/rows.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";
import { Checkpoints } from "./checkpoints.tsx";
import { CompareDialog } from "./compare-dialog.tsx";
import { DeletedList } from "./deleted-list.tsx";
import { HistoryIcon, HistorySheet } from "./history-sheet.tsx";
import { groupTurns, type TurnGroup } from "./table.ts";
import { TimeLine } from "./time-line.tsx";
import type { LookBack } from "./use-look-back.ts";
import type { TableState } from "./use-table.ts";
import type { VariantActions } from "./variant-actions.ts";
import { useView } from "./view-state.ts";

/** Numbers that a tablet has room for. */
const NUMBERS = 12;

type RailProps = {
  client: RoomClient;
  table: TableState;
  mayEdit: boolean;
  lookBack: LookBack;
  actions: VariantActions;
};

/** The turns of the shown set, newest last; each can be gone back to. Without room for them: numbers, and a sheet that has them all. */
export function TurnsRail(props: RailProps) {
  const isShown = useView((state) => state.showsRail);
  if (!isShown) return null;
  return (
    <>
      <nav
        aria-label="Turns"
        className="hidden w-[172px] flex-none flex-col overflow-y-auto px-2 pb-32 min-[1200px]:flex"
      >
        <Turns {...props} />
      </nav>
      <TurnNumbers {...props} />
    </>
  );
}

/** A tablet: the numbers of the latest turns; each opens the whole list. */
function TurnNumbers(props: RailProps) {
  const turns = useRoom(props.client, (room) => room.turns);
  const groups = groupTurns(turns, props.table.shown);
  const first = Math.max(0, groups.length - NUMBERS);
  return (
    <nav
      aria-label="Turns"
      className="hidden w-11 flex-none flex-col items-center gap-1 pt-1 min-[800px]:max-[1199px]:flex"
    >
      <HistorySheet
        trigger={
          <button type="button" className="button button-small" aria-label="All turns">
            <HistoryIcon />
          </button>
        }
      >
        <Turns {...props} />
      </HistorySheet>
      <ol className="contents">
        {groups.slice(first).map(({ promptId, prompt, state }, index) => (
          <li key={promptId}>
            <HistorySheet
              trigger={
                <button
                  type="button"
                  className={`button button-small tnum ${state === "running" ? "text-live" : ""}`}
                  aria-label={`Turn ${first + index + 1}: ${prompt}`}
                  title={prompt}
                >
                  {first + index + 1}
                </button>
              }
            >
              <Turns {...props} />
            </HistorySheet>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** A phone: a button in the header opens the same list. */
export function TurnsButton(props: RailProps) {
  return (
    <HistorySheet
      trigger={
        <button type="button" className="button button-small min-[800px]:hidden" aria-label="Turns">
          <HistoryIcon />
        </button>
      }
    >
      <Turns {...props} />
    </HistorySheet>
  );
}

function Turns({ client, table, mayEdit, lookBack, actions }: RailProps) {
  const turns = useRoom(client, (room) => room.turns);
  const groups = groupTurns(turns, table.shown);
  return (
    <>
      {table.sets.length > 1 ? <SetSwitch table={table} /> : null}
      <TimeLine lookBack={lookBack} />
      <h2 className="px-2 pt-2 pb-1 text-xs text-ink-3">Turns</h2>
      <ol className="flex flex-col gap-1">
        {mayEdit ? <StartRow client={client} shown={table.shown} isFork={table.set > 1} /> : null}
        {groups.map((group, index) => (
          <TurnRow
            key={group.promptId}
            client={client}
            group={group}
            number={index + 1}
            shown={table.shown}
            mayEdit={mayEdit}
            isShown={lookBack.at?.key === group.promptId}
          />
        ))}
      </ol>
      {groups.length === 0 ? (
        <p className="px-2 text-xs text-ink-3">
          {table.set > 1
            ? "Nothing was asked yet in this set. It starts where its parent stood."
            : "Nothing was asked yet. Say below what should change."}
        </p>
      ) : null}
      {mayEdit ? <DeletedList client={client} set={table.set} actions={actions} /> : null}
      <Checkpoints client={client} shown={table.shown} lookBack={lookBack} mayEdit={mayEdit} />
      {table.shown.length > 0 ? (
        <p className="mt-3 px-1">
          <CompareDialog client={client} shown={table.shown} history={lookBack.history} />
        </p>
      ) : null}
    </>
  );
}

function SetSwitch({ table }: { table: TableState }) {
  return (
    <div className="flex flex-wrap gap-1 px-1 pt-2" role="toolbar" aria-label="Sets">
      {table.sets.map((set) => (
        <button
          key={set}
          type="button"
          className="button button-small tnum"
          aria-pressed={set === table.set}
          onClick={() => table.choose(set)}
        >
          Set {set}
        </button>
      ))}
    </div>
  );
}

type RowProps = {
  client: RoomClient;
  group: TurnGroup;
  number: number;
  shown: Variant[];
  mayEdit: boolean;
  /** It is looked back at. */
  isShown: boolean;
};

function TurnRow({ client, group, number, shown, mayEdit, isShown }: RowProps) {
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

/** Where the set began: an empty sheet, or the variant it was forked from. */
function StartRow({ client, shown, isFork }: { client: RoomClient; shown: Variant[]; isFork: boolean }) {
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
            onClick={() =>
              void client.command("restore", {
                variantId: variant.id,
                commitId: variant.baseCommitId,
                turnId: newId<TurnId>(),
              })
            }
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

function stateWords({ state, ms, kind }: TurnGroup): string {
  if (kind === "restore") return "restored";
  if (kind === "undo") return "undone";
  const words: Record<string, string> = { stopped: "stopped", failed: "failed", cut: "cut off" };
  return words[state] ?? seconds(ms ?? 0);
}

/** Going back is a step forward: it makes a turn of its own. */
function RestoreButtons({
  client,
  turns,
  shown,
  number,
}: {
  client: RoomClient;
  turns: Turn[];
  shown: Variant[];
  number: number;
}) {
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
          onClick={() =>
            turn.commitId &&
            void client.command("restore", {
              variantId: turn.variantId,
              commitId: turn.commitId,
              turnId: newId<TurnId>(),
            })
          }
        >
          ↶ {letterOf(turn, shown)}
        </button>
      ))}
    </>
  );
}

/** Takes back what one prompt changed, in all its variants; what was written since stays. */
function UndoButton({ client, turns, number }: { client: RoomClient; turns: Turn[]; number: number }) {
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
function ForkButtons({
  client,
  turns,
  shown,
  number,
}: Omit<RowProps, "group" | "mayEdit" | "isShown"> & { turns: Turn[] }) {
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

function letterOf(turn: Turn, shown: Variant[]): string {
  return shown.find((variant) => variant.id === turn.variantId)?.letter ?? "";
}
