"use client";
import { Dialog } from "radix-ui";
import { useView } from "#components/studio/view-state.ts";
import { isMac, shown } from "./chord.ts";
import { Key } from "./key.tsx";
import { actingKey, useKeyMap } from "./key-map.ts";
import { commands } from "./table.ts";
import { groups } from "./types.ts";
import { ViewDialog } from "./view-dialog.tsx";

/** Every key there is, as it acts now. */
export function KeySheet() {
  const isOpen = useView((state) => state.dialog === "shortcuts");
  return isOpen ? <OpenSheet /> : null;
}

function OpenSheet() {
  return (
    <ViewDialog className="top-[6vh] max-h-[88vh] w-[min(46rem,calc(100vw-1rem))] overflow-y-auto p-5">
      <div className="flex items-center">
        <Dialog.Title className="flex-1 text-lg font-semibold">Keys</Dialog.Title>
        <Dialog.Close className="button button-small">Close</Dialog.Close>
      </div>
      <div className="mt-3 gap-x-8 min-[640px]:columns-2">
        {groups.map((group) => (
          <KeysOfGroup key={group} group={group} />
        ))}
      </div>
    </ViewDialog>
  );
}

function KeysOfGroup({ group }: { group: (typeof groups)[number] }) {
  const keys = useKeyMap();
  const mac = isMac();
  const rows = commands.flatMap((command) => {
    const chord = command.group === group ? actingKey(keys, command.id) : null;
    return chord === null ? [] : [{ ...command, chord }];
  });
  if (rows.length === 0) return null;
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="text-xs text-ink-3">{group}</h3>
      <dl className="mt-1.5 grid grid-cols-[1fr_auto] gap-x-4 gap-y-1.5 text-sm">
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
