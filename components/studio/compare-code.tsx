"use client";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { useFilesNow } from "#components/code/use-files.ts";
import { plural } from "#components/ui/figures.ts";
import { tell } from "#components/ui/toaster.tsx";
import { compareFiles, type FileDiff } from "#lib/client/compare.ts";
import { fileActionsOf } from "#lib/client/file-actions.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { VariantDocument } from "#lib/document/variant-document.ts";
import type { Variant } from "#lib/project/rows.ts";
import { pairIn } from "./places.ts";
import { useView } from "./view-state.ts";

const DiffView = dynamic(() => import("#components/code/diff-view.tsx"), { ssr: false });

/** A difference that moves faster than one can read helps nobody. */
const EVERY_MS = 400;

type CompareCodeProps = { client: RoomClient; shown: Variant[]; mayEdit: boolean };

/** In Compare, how the files of two variants differ, and a file of one taken into the other. */
export function CompareCode({ client, shown, mayEdit }: CompareCodeProps) {
  const pair = useView((state) => state.pair);
  if (shown.length < 2) return null;
  const [left, right] = pairIn(shown.length, { pair });
  const sides = [shown[left], shown[right]].map((variant) => variant && sideOf(client, variant));
  if (!sides[0] || !sides[1]) return null;
  return <Comparison key={`${left} ${right}`} one={sides[0]} other={sides[1]} mayEdit={mayEdit} />;
}

type Side = { letter: string; document: VariantDocument };

function sideOf(client: RoomClient, { id, letter }: Variant): Side | null {
  const document = client.document(id);
  return document && { letter, document };
}

function Comparison({ one, other, mayEdit }: { one: Side; other: Side; mayEdit: boolean }) {
  const before = useFilesNow(one.document, EVERY_MS);
  const after = useFilesNow(other.document, EVERY_MS);
  const diffs = useMemo(() => compareFiles(before, after), [before, after]);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = diffs.find(({ path }) => path === chosen) ?? diffs[0];
  return (
    <section className="compare-code" aria-label={`Code of ${one.letter} and ${other.letter}`}>
      {shown ? (
        <>
          <FileList diffs={diffs} shown={shown} onChoose={setChosen} />
          <div className="flex min-h-0 min-w-0 flex-1 flex-col">
            {mayEdit ? <TakeBar one={one} other={other} diff={shown} /> : null}
            <div className="min-h-0 flex-1 overflow-auto border-line border-t">
              <DiffView
                key={shown.path}
                path={shown.path}
                before={before.get(shown.path) ?? ""}
                after={after.get(shown.path) ?? ""}
                layout="side"
                beforeLabel={`Variant ${one.letter}`}
                afterLabel={`Variant ${other.letter}`}
              />
            </div>
          </div>
        </>
      ) : (
        <p className="p-6 text-base text-ink-2">
          {one.letter} and {other.letter} hold the same files.
        </p>
      )}
    </section>
  );
}

type FileListProps = { diffs: FileDiff[]; shown: FileDiff; onChoose(path: string): void };

function FileList({ diffs, shown, onChoose }: FileListProps) {
  return (
    <ul
      aria-label={plural(diffs.length, "different file")}
      className="w-64 flex-none overflow-y-auto border-line border-r p-1"
    >
      {diffs.map(({ path, added, removed }) => (
        <li key={path}>
          <button
            type="button"
            aria-current={path === shown.path}
            className="tnum flex h-7 w-full items-center gap-2 rounded-xs px-2 text-left text-xs text-ink-2 hover:bg-raised aria-[current=true]:bg-raised aria-[current=true]:text-ink"
            onClick={() => onChoose(path)}
          >
            <span className="min-w-0 flex-1 truncate font-mono">{path}</span>
            <span className="text-ok">+{added}</span>
            <span className="text-bad">−{removed}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

type TakeBarProps = { one: Side; other: Side; diff: FileDiff };

/** Over the two columns: which is which, and the file of either into the other. */
function TakeBar({ one, other, diff }: TakeBarProps) {
  return (
    <div className="grid h-10 flex-none grid-cols-2">
      <TakeSide side={one} target={other} path={diff.path} />
      <TakeSide side={other} target={one} path={diff.path} />
    </div>
  );
}

function TakeSide({ side, target, path }: { side: Side; target: Side; path: string }) {
  const isThere = side.document.read(path) !== null;
  return (
    <div className="flex min-w-0 items-center gap-2 px-3 text-xs" data-v={side.letter.toLowerCase()}>
      <span className="badge">{side.letter}</span>
      <span className="min-w-0 flex-1 truncate text-ink-3">{isThere ? path : "has no such file"}</span>
      <button
        type="button"
        className="button button-small button-line"
        onClick={() => take(side, target, path)}
      >
        {isThere ? `Take this file into ${target.letter}` : `Delete it in ${target.letter}, too`}
      </button>
    </div>
  );
}

/** A person's edit like any other: everybody sees it at once, and it can be undone. */
function take(side: Side, target: Side, path: string): void {
  const actions = fileActionsOf(target.document);
  const text = side.document.read(path);
  const done = text === null ? actions.remove(path) : actions.upload(path, text);
  if (!done.ok) return void tell(done.message);
  const undo = () => {
    const undone = actions.undo();
    if (undone && !undone.ok) void tell(undone.message);
  };
  void tell(`${target.letter} has ${path} of ${side.letter} now.`, { title: "Undo", run: undo });
}
