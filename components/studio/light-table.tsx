"use client";
import { type CSSProperties, useRef } from "react";
import { VariantArticle } from "#components/variant/variant-article.tsx";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { Network } from "#lib/project/network.ts";
import type { Variant } from "#lib/project/rows.ts";
import { CompareCode } from "./compare-code.tsx";
import { panesOf, placeOf } from "./places.ts";
import { SwipeHandle } from "./swipe-handle.tsx";
import type { LookBack } from "./use-look-back.ts";
import { useMedium, useNarrow } from "./use-narrow.ts";
import type { TableState } from "./use-table.ts";
import type { VariantActions } from "./variant-actions.ts";
import { useView } from "./view-state.ts";

type LightTableProps = {
  client: RoomClient;
  table: TableState;
  /** The room is not joined yet: the frames boot meanwhile. */
  isWaiting: boolean;
  network: Network | null;
  mayEdit: boolean;
  lookBack: LookBack;
  actions: VariantActions;
};

/** The sheets. Frames belong to panes and outlive the variants they show; every view is CSS (table.css) over the same nodes. */
export function LightTable({ table, isWaiting, lookBack, ...rest }: LightTableProps) {
  const { shown } = table;
  const panes = usePanes(shown, table.panes);
  const shape = useShape(shown);
  const tab = useView((state) => state.tab);
  const swipe = useView((state) => state.swipe);
  const count = isWaiting ? table.panes : shown.length;
  const mode = shape.view === "compare" ? shape.compare : undefined;
  return (
    <main
      className="light-table"
      data-view={shape.view}
      data-compare={mode}
      data-reading={shape.reading === null ? undefined : ""}
      style={{ "--count": count, "--swipe": `${swipe}%` } as CSSProperties}
    >
      {panes.map((variant, pane) => {
        const position = variant ? shown.indexOf(variant) : pane;
        return (
          <VariantArticle
            key={pane}
            pane={pane}
            position={position}
            count={count}
            place={placeOf(position, count, shape)}
            isTab={position === Math.min(tab, count - 1)}
            variant={variant}
            stored={variant && lookBack.stored(variant.id)}
            isWaiting={isWaiting}
            {...rest}
          />
        );
      })}
      {mode === "swipe" ? <SwipeHandle /> : null}
      {mode === "code" ? <CompareCode client={rest.client} shown={shown} mayEdit={rest.mayEdit} /> : null}
    </main>
  );
}

/** A phone shows one sheet at a time, whatever the view. */
function useShape(shown: readonly Variant[]) {
  const isNarrow = useNarrow();
  const isMedium = useMedium() && !isNarrow;
  const view = useView((state) => state.view);
  const focused = useView((state) => state.focused);
  const pair = useView((state) => state.pair);
  const compare = useView((state) => state.compare);
  const opened = useView((state) => state.code?.variantId);
  const at = shown.findIndex(({ id }) => id === opened);
  const reading = at < 0 ? null : at;
  return { view: isNarrow ? ("three" as const) : view, focused, pair, compare, isMedium, reading };
}

function usePanes(shown: readonly Variant[], count: number): (Variant | null)[] {
  const last = useRef<(Variant | null)[]>([]);
  // Never fewer: a frame that goes loads again when it is needed.
  last.current = panesOf(last.current, shown, Math.max(count, last.current.length));
  return last.current;
}
