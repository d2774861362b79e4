"use client";
import type { ReactNode } from "react";
import { useHealth } from "#lib/client/query.ts";
import { limits } from "#lib/project/limits.ts";
import type { Answerer } from "#lib/project/rows.ts";

const COUNTS = Array.from({ length: limits.variantsPerSet }, (_, index) => index + 1);

export type Directions = "designer" | "designer-held" | "deep" | "deep-held";

export function CountPicker({ count, onChange }: { count: number; onChange: (count: number) => void }) {
  return (
    <fieldset className="flex items-center gap-0.5">
      <legend className="sr-only">Number of variants</legend>
      {COUNTS.map((each) => (
        <button
          key={each}
          type="button"
          className="button button-small tnum"
          aria-pressed={each === count}
          aria-label={each === 1 ? "1 variant" : `${each} variants`}
          onClick={() => onChange(each)}
        >
          {each}
        </button>
      ))}
      <span className="ml-1.5 text-xs text-ink-3">{count === 1 ? "variant" : "variants"}</span>
    </fieldset>
  );
}

type SelectProps = { label: string; children: ReactNode; value: string; onChange(value: string): void };

function Select({ label, value, onChange, children }: SelectProps) {
  return (
    <select
      aria-label={label}
      className="button button-small max-w-[11rem] truncate bg-sheet px-1"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {children}
    </select>
  );
}

/** Only where there is something to choose: a model of one's own, beside the designer. */
export function LaneSelect({ lane, onChange }: { lane: Answerer; onChange(lane: Answerer): void }) {
  const health = useHealth().data;
  if (!health || health.lanes.fast.builtIn) return null;
  const { lanes, hasDeep } = health;
  return (
    <Select label="Who answers" value={lane} onChange={(value) => onChange(value as Answerer)}>
      <option value="fast">Fast: {lanes.fast.name}</option>
      {hasDeep ? <option value="deep">Deep: {lanes.deep.name}</option> : null}
      <option value="designer">Built-in designer</option>
    </Select>
  );
}

/** Who makes the art directions, and whether they are shown before anything is built. */
export function DirectionsSelect({
  directions,
  onChange,
}: {
  directions: Directions;
  onChange(directions: Directions): void;
}) {
  const health = useHealth().data;
  return (
    <Select label="Directions" value={directions} onChange={(value) => onChange(value as Directions)}>
      <option value="designer">Directions: build at once</option>
      <option value="designer-held">Directions: show me first</option>
      {health?.hasDeep ? (
        <>
          <option value="deep">Planned by {health.lanes.deep.name}</option>
          <option value="deep-held">Planned by {health.lanes.deep.name}, show me first</option>
        </>
      ) : null}
    </Select>
  );
}
