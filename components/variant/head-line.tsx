"use client";
import type { ReactNode } from "react";
import type { Place } from "#components/studio/places.ts";
import type { VariantActions } from "#components/studio/variant-actions.ts";
import { toggleCode } from "#components/studio/view-state.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { Turn, Variant } from "#lib/project/rows.ts";
import { PeopleHere } from "./people-here.tsx";
import { Timings } from "./timings.tsx";
import { VariantName } from "./variant-name.tsx";

type HeadLineProps = {
  client: RoomClient;
  variant: Variant;
  place: Place;
  running: Turn | null;
  last: Turn | null;
  mayEdit: boolean;
  actions: VariantActions;
  /** What was found in its page. */
  children: ReactNode;
};

/** Over a sheet: its letter and name, who looks at it, how fast it was written, and what can be done with it. */
export function HeadLine(props: HeadLineProps) {
  const { client, variant, place, running, last, mayEdit, actions, children } = props;
  const isKept = variant.keptAt !== null;
  // Steps back have no model in them, and so no speed.
  const turn = running ?? (last?.timings ? last : null);
  return (
    <div className="head-line flex h-9 flex-none items-center gap-2 px-0.5">
      <span className="badge" aria-hidden="true">
        {isKept ? "✓" : variant.letter}
      </span>
      <VariantName variant={variant} mayEdit={mayEdit && place !== "thumb"} onRename={actions.rename} />
      <PeopleHere client={client} variantId={variant.id} />
      {place === "thumb" ? null : (
        <>
          {turn ? <Timings client={client} variant={variant} turn={turn} /> : null}
          {children}
          {mayEdit ? <Tools variant={variant} actions={actions} /> : null}
        </>
      )}
    </div>
  );
}

function Tools({ variant, actions }: { variant: Variant; actions: VariantActions }) {
  return (
    <span
      className="flex flex-none gap-0.5 @max-[18rem]:gap-0 @max-[18rem]:*:px-1"
      role="toolbar"
      aria-label={`Variant ${variant.letter}`}
    >
      <button
        type="button"
        className="button button-small"
        aria-pressed={variant.keptAt !== null}
        onClick={() => void actions.keep(variant)}
      >
        Keep
      </button>
      <button type="button" className="button button-small" onClick={() => void actions.fork(variant.id)}>
        Fork three
      </button>
      <button type="button" className="button button-small" onClick={() => toggleCode(variant.id)}>
        Code
      </button>
    </span>
  );
}
