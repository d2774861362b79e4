/** Variants on the table: forked, kept, named, deleted and put back, moved. */
import type { CommitId, ProjectId, VariantId } from "#lib/project/ids.ts";
import { letterOf } from "#lib/project/letters.ts";
import type { Variant } from "#lib/project/rows.ts";
import type { NewVariant } from "#lib/storage/types.ts";
import { type Handlers, refuse } from "./call.ts";
import { isOwnCommit } from "./history-commands.ts";
import type { Room } from "./room.ts";

export const variantHandlers: Pick<Handlers, "fork" | "keep" | "rename" | "delete" | "reorder"> = {
  async fork({ room }, { variantId, variantIds, commitId }) {
    const source = room.variant(variantId);
    if (!source) return refuse("unknown-variant");
    const made = room.variants.filter((variant) => variantIds.includes(variant.id));
    if (made.length > 0) {
      const { documents } = await room.describeDocuments(made, new Map());
      return { ok: true, variants: made, documents };
    }
    if (commitId !== undefined && !(await isOwnCommit(room, commitId))) return refuse("unknown-commit");
    const baseCommitId = commitId ?? (await room.documents.commit(variantId, "person"));
    const variants = await room.options.storage.addVariants(forksOf(room, source, baseCommitId, variantIds));
    room.variants = [...room.variants, ...variants];
    const { documents } = await room.describeDocuments(variants, new Map());
    room.addVariants(variants, documents);
    return { ok: true, variants, documents };
  },

  async keep({ room }, { variantId, kept }) {
    if (!room.variant(variantId)) return refuse("unknown-variant");
    const variant = await room.options.storage.changeVariant(variantId, {
      keptAt: kept ? room.options.now() : null,
    });
    if (!variant) return refuse("unknown-variant");
    room.changeVariant(variant);
    return { ok: true, variant };
  },

  async rename({ room }, { variantId, name }) {
    if (variantId === null) {
      await room.options.storage.renameProject(room.project.id, name);
      room.changeProject({ title: name });
      return { ok: true };
    }
    const variant =
      room.variant(variantId) && (await room.options.storage.changeVariant(variantId, { name }));
    if (!variant) return refuse("unknown-variant");
    room.changeVariant(variant);
    return { ok: true };
  },

  async delete({ room }, { variantId, deleted }) {
    const before = room.variant(variantId);
    if (!before) return refuse("unknown-variant");
    if (deleted && othersOnTable(room, before).length === 0) return refuse("last-variant");
    for (const turn of room.turns.turns)
      if (deleted && turn.variantId === variantId && turn.state === "running") room.turns.stop(turn.id);
    const deletedAt = deleted ? room.options.now() : null;
    const variant = await room.options.storage.changeVariant(variantId, { deletedAt });
    if (!variant) return refuse("unknown-variant");
    room.changeVariant(variant);
    return { ok: true, variant };
  },

  async reorder({ room }, { variantIds }) {
    const named = variantIds.flatMap((variantId) => room.variant(variantId) ?? []);
    const [first] = named;
    // An order of variants that somebody else has just deleted, or added to, is not one of the table any more.
    if (!first || named.length !== othersOnTable(room, first).length + 1 || !isOneSet(named))
      return refuse("unknown-variant");
    for (const variant of await room.options.storage.reorderVariants(variantIds)) room.changeVariant(variant);
    return { ok: true };
  },
};

/** What lies on the table beside a variant. */
function othersOnTable(room: Room, { id, setNumber }: Variant): Variant[] {
  return room.variants.filter(
    (each) => each.setNumber === setNumber && each.id !== id && each.deletedAt === null,
  );
}

function isOneSet(variants: readonly Variant[]): boolean {
  const ids = new Set(variants.map(({ id }) => id));
  const sets = new Set(variants.map(({ setNumber }) => setNumber));
  return ids.size === variants.length && sets.size === 1 && variants.every((each) => each.deletedAt === null);
}

/** Three made together are the next set; they lie at positions 0, 1, 2 (docs/decisions/2026-11-24-sets.md). */
function forksOf(room: Room, source: Variant, baseCommitId: CommitId, ids: VariantId[]): NewVariant[] {
  const setNumber = Math.max(...room.variants.map((variant) => variant.setNumber)) + 1;
  return ids.map((id, position) => ({
    id,
    projectId: room.project.id as ProjectId,
    letter: letterOf(position),
    name: source.name,
    setNumber,
    position,
    parentId: source.id,
    baseCommitId,
    keptAt: null,
    deletedAt: null,
    createdAt: room.options.now(),
  }));
}
