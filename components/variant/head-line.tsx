"use client";
import type { ReactNode } from "react";
import type { Place } from "#components/studio/places.ts";
import type { VariantActions } from "#components/studio/variant-actions.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { Turn, Variant } from "#lib/project/rows.ts";
import { DragBadge } from "./drag-badge.tsx";
import { PeopleHere } from "./people-here.tsx";
import { Timings } from "./timings.tsx";
import { VariantName } from "./variant-name.tsx";
import { VariantTools } from "./variant-tools.tsx";

type HeadLineProps = {
  client: RoomClient;
  variant: Variant;
  place: Place;
  /** Where it lies, from the left, and among how many. */
  position: number;
  count: number;
  running: Turn | null;
  last: Turn | null;
  mayEdit: boolean;
  actions: VariantActions;
  /** What was found in its page. */
  children: ReactNode;
};

/** Over a sheet: its letter and name, who looks at it, how fast it was written, and what can be done with it. */
export function HeadLine({ client, variant, place, running, last, mayEdit, ...rest }: HeadLineProps) {
  const { position, count, actions, children } = rest;
  const isKept = variant.keptAt !== null;
  // Steps back have no model in them, and so no speed.
  const turn = running ?? (last?.timings ? last : null);
  const isMovable = mayEdit && place === "column" && count > 1;
  const moveTo = (to: number) => void actions.move(variant, to - position);
  return (
    <div className="head-line flex h-9 flex-none items-center gap-1.5 px-0.5">
      <DragBadge sign={isKept ? "✓" : variant.letter} onMove={isMovable ? moveTo : null} />
      <VariantName variant={variant} mayEdit={mayEdit && place !== "thumb"} onRename={actions.rename} />
      <PeopleHere client={client} variantId={variant.id} />
      {place === "thumb" ? null : (
        <>
          {turn ? <Timings client={client} variant={variant} turn={turn} /> : null}
          {children}
          {mayEdit ? <VariantTools {...{ variant, position, count, actions }} /> : null}
        </>
      )}
    </div>
  );
}
