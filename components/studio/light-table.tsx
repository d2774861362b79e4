"use client";
import type { CSSProperties } from "react";
import { VariantArticle } from "#components/variant/variant-article.tsx";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { Network } from "#lib/project/network.ts";
import type { LookBack } from "./use-look-back.ts";
import type { TableState } from "./use-table.ts";
import type { VariantActions } from "./variant-actions.ts";
import { largeOf, openCode, toggleCode, useView } from "./view-state.ts";

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

/** The sheets. Frames belong to positions and outlive the variants they show; every view is CSS over the same nodes. */
export function LightTable({ client, table, isWaiting, network, mayEdit, ...rest }: LightTableProps) {
  const { lookBack, actions } = rest;
  const large = useView(largeOf);
  const tab = useView((state) => state.tab);
  const columns = columnsOf(isWaiting ? table.panes : table.shown.length, large);
  return (
    <main
      className="grid min-h-0 min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-3 p-3 pt-1 pb-32 max-[799px]:pt-12 max-[799px]:pb-36 min-[800px]:grid-cols-(--columns)"
      style={{ "--columns": columns } as CSSProperties}
      data-view={large === null ? "three" : "focus"}
    >
      {Array.from({ length: table.panes }, (_, position) => (
        <VariantArticle
          key={position}
          client={client}
          variant={table.shown[position] ?? null}
          stored={table.shown[position] ? lookBack.stored(table.shown[position].id) : null}
          isWaiting={isWaiting}
          position={position}
          network={network}
          mayEdit={mayEdit}
          hiddenOnPhone={position !== tab}
          isSmall={large !== null && large !== position}
          isFocused={large === position}
          onFork={actions.fork}
          onKeep={actions.keep}
          onRename={actions.rename}
          onCode={toggleCode}
          onShow={openCode}
        />
      ))}
    </main>
  );
}

/** Columns on wide screens; one large and small ones beside it in focus. The nodes stay the same. */
function columnsOf(count: number, large: number | null): string {
  if (large === null) return `repeat(${count}, minmax(0, 1fr))`;
  return Array.from({ length: count }, (_, position) =>
    position === large ? "minmax(0, 1fr)" : "9rem",
  ).join(" ");
}
