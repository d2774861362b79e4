"use client";
import { useEffect, useState } from "react";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { VariantId } from "#lib/project/ids.ts";
import type { Answerer } from "#lib/project/rows.ts";
import type { Estimate } from "#lib/wire/events.ts";

/** Long enough that it is asked once for a few words, not for each key. */
const TYPING_MS = 400;

/** What sending these words would cost at most; null where nothing costs, and while it is not known. */
export function useEstimate(
  client: RoomClient,
  text: string,
  lane: Answerer,
  variantIds: VariantId[],
): Estimate | null {
  const [estimate, setEstimate] = useState<Estimate | null>(null);
  const ids = variantIds.join();
  useEffect(() => {
    setEstimate(null);
    if (text.trim() === "" || ids === "") return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const answer = await client.command("estimate", {
        variantIds: ids.split(",") as VariantId[],
        lane,
        text,
      });
      if (isCurrent && answer.ok && answer.costs) setEstimate(answer);
    }, TYPING_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, text, lane, ids]);
  return estimate;
}
