import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { VariantId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";

export type VariantActions = ReturnType<typeof variantActions>;

/** What a person does with a whole variant, from its head, from keys and from the palette. */
export function variantActions(client: RoomClient) {
  return {
    fork: (variantId: VariantId) =>
      client.command("fork", { variantId, variantIds: [0, 1, 2].map(() => newId<VariantId>()) }),
    keep: (variant: Variant) =>
      client.command("keep", { variantId: variant.id, kept: variant.keptAt === null }),
    rename: (variantId: VariantId, name: string) => client.command("rename", { variantId, name }),
  };
}
