"use client";
import { Choice } from "#components/ui/choice.tsx";
import type { History } from "#lib/client/history.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { Variant } from "#lib/project/rows.ts";
import { CompareDialog } from "./compare-dialog.tsx";
import { pairIn } from "./places.ts";
import { type CompareMode, comparePair, setCompare, swapSides, useView } from "./view-state.ts";

const MODES: { value: CompareMode; title: string; hint: string }[] = [
  { value: "swipe", title: "Swipe", hint: "One over the other, with an edge to drag" },
  { value: "side", title: "Side by side", hint: "Two columns" },
  { value: "code", title: "Code", hint: "How their files differ" },
];

type CompareBarProps = { client: RoomClient; shown: Variant[]; history: History };

/** Over the table in Compare: which two, and how they lie. */
export function CompareBar({ client, shown, history }: CompareBarProps) {
  const isComparing = useView((state) => state.view === "compare");
  const mode = useView((state) => state.compare);
  const pair = useView((state) => state.pair);
  if (!isComparing || shown.length < 2) return null;
  const [left, right] = pairIn(shown.length, { pair });
  return (
    <div
      className="compare-bar flex items-center justify-center gap-2 px-3 pb-1 max-[799px]:hidden"
      role="toolbar"
      aria-label="Compare"
    >
      <SideSelect
        label="Left"
        shown={shown}
        value={left}
        onChoose={(next) => comparePair(next, next === right ? left : right)}
      />
      <button
        type="button"
        className="button button-small"
        aria-keyshortcuts="X"
        title="Swap sides (X)"
        onClick={swapSides}
      >
        Swap
      </button>
      <SideSelect
        label="Right"
        shown={shown}
        value={right}
        onChoose={(next) => comparePair(next === left ? right : left, next)}
      />
      <Choice label="How to compare" className="ml-4" value={mode} options={MODES} onChoose={setCompare} />
      <CompareDialog client={client} shown={shown} history={history} title="Any two turns" />
    </div>
  );
}

type SideSelectProps = { label: string; shown: Variant[]; value: number; onChoose(position: number): void };

function SideSelect({ label, shown, value, onChoose }: SideSelectProps) {
  const letter = shown[value]?.letter.toLowerCase();
  return (
    <select
      aria-label={label}
      data-v={letter}
      className="h-6.5 max-w-48 truncate rounded-xs bg-sheet px-2 text-xs font-medium shadow-[inset_0_0_0_1px_var(--line-strong)]"
      style={{ color: "var(--vi)" }}
      value={value}
      onChange={(event) => onChoose(Number(event.target.value))}
    >
      {shown.map((variant, position) => (
        <option key={variant.id} value={position}>
          {variant.name ? `${variant.letter} · ${variant.name}` : `Variant ${variant.letter}`}
        </option>
      ))}
    </select>
  );
}
