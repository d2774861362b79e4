"use client";
import { Toolbar } from "radix-ui";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useRoom } from "#lib/client/use-room.ts";
import { Checkpoints } from "./checkpoints.tsx";
import { CompareDialog } from "./compare-dialog.tsx";
import { DeletedList } from "./deleted-list.tsx";
import { HistoryIcon, HistorySheet } from "./history-sheet.tsx";
import { groupTurns } from "./table.ts";
import { TimeLine } from "./time-line.tsx";
import { SendingRow, StartRow, TurnRow } from "./turn-row.tsx";
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
  const sending = useView((state) => state.sending);
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
        {sending && !groups.some(({ promptId }) => promptId === sending.promptId) ? (
          <SendingRow text={sending.text} number={groups.length + 1} />
        ) : null}
      </ol>
      {groups.length === 0 && !sending ? (
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
    <Toolbar.Root className="flex flex-wrap gap-1 px-1 pt-2" aria-label="Sets">
      {table.sets.map((set) => (
        <Toolbar.Button
          key={set}
          className="button button-small tnum"
          aria-pressed={set === table.set}
          onClick={() => table.choose(set)}
        >
          Set {set}
        </Toolbar.Button>
      ))}
    </Toolbar.Root>
  );
}
