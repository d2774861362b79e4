"use client";
import type { ReactNode } from "react";
import { hopes } from "#components/studio/hopes.ts";
import type { Place } from "#components/studio/places.ts";
import type { VariantActions } from "#components/studio/variant-actions.ts";
import { useLasting } from "#components/ui/use-lasting.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import { useStore } from "#lib/client/use-store.ts";
import type { VariantId } from "#lib/project/ids.ts";
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
      {isKept ? (
        <span id={keptId(variant)} className="sr-only">
          Kept
        </span>
      ) : null}
      <VariantName variant={variant} mayEdit={mayEdit && place !== "thumb"} onRename={actions.rename} />
      <NotSaved variantId={variant.id} />
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

/** What was changed about it is only here yet: said when that lasts. */
function NotSaved({ variantId }: { variantId: VariantId }) {
  const isHoped = useStore(hopes, ({ list }) => list.some((each) => each.variantId === variantId));
  const isSlow = useLasting(isHoped, NOT_SAVED_AFTER_MS);
  return isSlow ? <span className="flex-none text-2xs text-warn">not saved</span> : null;
}

const NOT_SAVED_AFTER_MS = 300;

/** What describes the article of a kept variant: being kept is no part of its name. */
export function keptId({ id }: Pick<Variant, "id">): string {
  return `kept-${id}`;
}
