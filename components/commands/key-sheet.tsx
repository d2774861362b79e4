"use client";
import { memo } from "react";
import { closeDialog } from "#components/studio/view-state.ts";
import { isMac, shown } from "./chord.ts";
import { KeptDialog, staysClosed } from "./kept-dialog.tsx";
import { Key } from "./key.tsx";
import { actingKey, useKeyMap } from "./key-map.ts";
import { commands, isPossible } from "./table.ts";
import { type Command, type CommandContext, groups } from "./types.ts";

type KeySheetProps = { isOpen: boolean; context: CommandContext };

/** Every key there is, as it acts now. Without a table, those that act here stand first. */
function KeySheet({ isOpen, context }: KeySheetProps) {
  const isTable = context.shown.length > 0;
  const here = isTable ? [] : commands.filter((command) => isPossible(command, context));
  const rest = commands.filter((command) => !here.includes(command));
  return (
    <KeptDialog
      isOpen={isOpen}
      title="Keys"
      className="top-[6vh] max-h-[88vh] w-[min(46rem,calc(100vw-1rem))] overflow-y-auto overscroll-contain p-5"
    >
      <div className="flex items-center">
        <h2 className="flex-1 text-lg font-semibold">Keys</h2>
        <button type="button" className="button button-small" onClick={closeDialog}>
          Close
        </button>
      </div>
      {here.length > 0 ? (
        <>
          <div className="mt-3">
            <KeyRows title="Here" listed={here} columns="min-[640px]:grid-cols-[1fr_auto_1fr_auto]" />
          </div>
          <h3 className="mt-1 border-t border-line pt-3 text-sm font-medium">In a project</h3>
        </>
      ) : null}
      <div className="mt-3 gap-x-8 min-[640px]:columns-2">
        {groups.map((group) => (
          <KeyRows key={group} title={group} listed={rest.filter((each) => each.group === group)} />
        ))}
      </div>
    </KeptDialog>
  );
}

export default memo(KeySheet, staysClosed);

type KeyRowsProps = { title: string; listed: readonly Command[]; columns?: string };

function KeyRows({ title, listed, columns = "" }: KeyRowsProps) {
  const keys = useKeyMap();
  const mac = isMac();
  const rows = listed.flatMap((command) => {
    const chord = actingKey(keys, command.id);
    return chord === null ? [] : [{ ...command, chord }];
  });
  if (rows.length === 0) return null;
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="text-xs text-ink-3">{title}</h3>
      <dl className={`mt-1.5 grid grid-cols-[1fr_auto] gap-x-4 gap-y-1.5 text-sm ${columns}`}>
        {rows.map(({ id, title, chord, alias }) => (
          <div key={id} className="contents">
            <dt className="text-ink-2">{title}</dt>
            <dd className="flex items-start justify-end gap-1.5">
              <Key words={shown(chord, mac)} />
              {alias ? <Key words={shown(alias, mac)} /> : null}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
