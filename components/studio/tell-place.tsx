"use client";
import { useEffect } from "react";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { Variant } from "#lib/project/rows.ts";
import { isNarrow } from "./use-narrow.ts";
import { largeOf, useView, type ViewState } from "./view-state.ts";

type TellPlaceProps = { client: RoomClient; shown: readonly Variant[] };

/**
 * Tells the others which variant this page looks at; the code editor says it more exactly while it is open. Shows nothing: so nothing
 * else is rendered for it.
 */
export function TellPlace({ client, shown }: TellPlaceProps) {
  const position = useView(positionOf);
  const isReading = useView((state) => state.code !== null);
  const looksAt = shown[position ?? -1]?.id ?? null;
  useEffect(() => {
    if (!isReading) client.place({ variantId: looksAt, path: null, anchor: null, head: null });
  }, [client, looksAt, isReading]);
  return null;
}

function positionOf(state: ViewState): number | null {
  return largeOf(state) ?? (isNarrow() ? state.tab : null);
}
