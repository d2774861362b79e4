/** Coming into a room: what a page gets at once, so that what it hears afterwards fits on exactly. */
import type { ProjectId, VariantId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";
import type { DraftState, Joined, JoinedVariant } from "#lib/wire/events.ts";
import { type Access, mayCommand } from "./access.ts";
import type { RoomSocket } from "./channels.ts";
import { describeLanes } from "./lane-infos.ts";
import type { LiveDocument } from "./live-document.ts";
import type { Room } from "./room.ts";

export type KnownVectors = ReadonlyMap<string, Uint8Array>;
export type Described = { documents: JoinedVariant[]; sequence: number };

/** The socket joins the fan-out before the state is read, so that nothing falls between. */
export async function join(room: Room, socket: RoomSocket, known: KnownVectors): Promise<Joined> {
  const { access } = socket.data;
  const { variantId } = access;
  await room.channels.join(socket, variantId);
  if (mayCommand(access.role, "warm")) for (const lane of ["fast", "deep"] as const) room.warm(lane);
  const person = room.people.join(socket.id, access.guestId ?? socket.id, access.name, access.role);
  const isSeen = (id: VariantId | null) => variantId === null || id === variantId;
  const variants = room.variants.filter(({ id }) => isSeen(id));
  const { documents, sequence } = await describeDocuments(room, variants, known);
  room.peopleChanged();
  const { project, turns, plans, looks, checkpoints, options } = room;
  return {
    epoch: room.epoch,
    role: access.role,
    personId: person.id,
    project: { ...project, id: access.shareId === null ? project.id : null },
    variants: variants.map((variant) => forViewer(variant, access)),
    documents,
    sequence,
    lanes: describeLanes(options.answering),
    waits: turns.waits().filter(([turnId]) => isSeen(room.turnVariant(turnId))),
    plan: variantId === null ? plans.current : null,
    sameness: variantId === null ? looks.current : null,
    turns: turns.turns.filter((turn) => isSeen(turn.variantId)),
    people: room.everyone(),
    presence: room.places().filter((place) => isSeen(place.variantId)),
    checkpoints: checkpoints.filter((each) => isSeen(each.variantId)),
  };
}

/** Everything is flushed before the state is read: a late joiner gets the drafts as they are, then only what follows. */
export async function describeDocuments(
  room: Room,
  variants: Variant[],
  known: KnownVectors,
): Promise<Described> {
  const live = await Promise.all(variants.map((variant) => room.live(variant.id)));
  room.channels.flush();
  const documents = variants.map((variant, index) =>
    describe(room, variant, live[index] as LiveDocument, known.get(variant.id)),
  );
  return { documents, sequence: room.channels.sequence() };
}

function describe(
  { turns, elsewhere }: Room,
  { id }: Variant,
  { document, slot }: LiveDocument,
  known: Uint8Array | undefined,
): JoinedVariant {
  const drafts: DraftState[] = [...turns.draftsOf(id), ...elsewhere.link.draftsOf(id)];
  const update = document.encodeState(known && known.length > 0 ? known : undefined);
  return { variantId: id, slot, update, stateVector: document.stateVector(), drafts };
}

/** A project's id is what lets one edit: viewers never learn it. */
function forViewer(variant: Variant, access: Access): Variant {
  return access.shareId === null ? variant : withoutProject(variant);
}

export function withoutProject(variant: Variant): Variant {
  return { ...variant, projectId: "" as ProjectId };
}
