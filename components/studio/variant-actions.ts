import { tell } from "#components/ui/toaster.tsx";
import { newId } from "#lib/client/ids.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { VariantId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";
import { sentenceOf } from "#lib/wire/sentences.ts";
import { hopeFor } from "./hopes.ts";
import { variantsOfSet } from "./table.ts";
import { setView } from "./view-state.ts";

export type VariantActions = ReturnType<typeof variantActions>;

/** What a person does with a whole variant, from its head, from keys and from the palette. What is refused is said. */
export function variantActions(client: RoomClient) {
  const ask: RoomClient["command"] = async (name, body) => {
    const answer = await client.command(name, body);
    if (!answer.ok) void tell(sentenceOf(answer.code, answer.detail));
    return answer;
  };
  const restore = ({ id }: Pick<Variant, "id">) => ask("delete", { variantId: id, deleted: false });
  const reorder = (ids: readonly VariantId[]) => ask("reorder", { variantIds: [...ids] });
  return {
    /** Three new sheets come on the table: one sees all of them. */
    async fork(variantId: VariantId) {
      const answer = await ask("fork", { variantId, variantIds: [0, 1, 2].map(() => newId<VariantId>()) });
      if (answer.ok) setView("three");
    },
    keep({ id, keptAt }: Variant) {
      const kept = keptAt === null;
      const hope = { variantId: id, change: { keptAt: kept ? Date.now() : null } };
      return hopeFor(hope, ask("keep", { variantId: id, kept }));
    },
    rename: (variantId: VariantId, name: string) =>
      hopeFor({ variantId, change: { name } }, ask("rename", { variantId, name })),
    /** Off the table; it can be put back from the note, and from the list of turns for as long as the project lives. */
    async remove(variant: Variant) {
      const answer = await ask("delete", { variantId: variant.id, deleted: true });
      if (answer.ok)
        void tell(`${variant.letter} is deleted.`, { title: "Undo", run: () => restore(variant) });
    },
    restore,
    reorder,
    /** So many places to the right, or to the left. */
    move(variant: Variant, by: number) {
      const { variants } = client.getSnapshot();
      const ids = variantsOfSet(variants, variant.setNumber).map(({ id }) => id);
      return reorder(moved(ids, ids.indexOf(variant.id), ids.indexOf(variant.id) + by));
    },
  };
}

/** A list with one item at another place. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const rest = items.filter((_, index) => index !== from);
  const item = items[from];
  return item === undefined ? [...items] : [...rest.slice(0, to), item, ...rest.slice(to)];
}
