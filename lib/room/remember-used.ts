/** Caps, also those that are set later, outlive a restart: what language models were paid for within the hour is read from the turns that are stored. */
import type { Storage } from "#lib/storage/types.ts";
import type { Answering } from "#lib/turn/answering.ts";
import { HOUR_MS, tokensOf } from "#lib/turn/spending.ts";

export async function rememberUsed(
  storage: Pick<Storage, "listUsed">,
  { of, spending }: Pick<Answering, "of" | "spending">,
  now: number,
): Promise<void> {
  const designer = of("designer").driver;
  const used = await storage.listUsed(now - HOUR_MS);
  const paid = used.filter(({ model }) => !designer.builtIn || model !== designer.name);
  spending.remember(paid.map((turn) => ({ at: turn.endedAt ?? now, tokens: tokensOf(turn) })));
}
