/**
 * A link to one variant opens a window on the room: what such a page hears and asks for is cut down to its variant. The room's
 * combined frame holds all variants, so those pages have a channel of their own with frames of their own.
 */
import type { CommitId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Checkpoint } from "#lib/project/rows.ts";
import type { CommandName, Commands, Frame, ServerToClient } from "#lib/wire/events.ts";
import { decodeFrame, encodeFrame } from "#lib/wire/frame.ts";
import type { Room } from "./room.ts";

/** Whose turn it is. */
export type Scoped = Pick<Room, "turnVariant">;

/** The parts of one slot, or null when the frame has none. */
export function cutFrame(bytes: Uint8Array, slot: number): Uint8Array | null {
  const frame = decodeFrame(bytes);
  const parts = frame?.parts.filter((part) => part.slot === slot) ?? [];
  return parts.length > 0 ? encodeFrame({ ...(frame as Frame), parts }) : null;
}

/** What a fact is for a page that sees one variant; null when it is none of its business. */
export function cutFact<Event extends keyof ServerToClient>(
  turns: Scoped,
  variantId: VariantId,
  event: Event,
  body: Parameters<ServerToClient[Event]>,
): Parameters<ServerToClient[Event]> | null {
  const [fact] = body as [unknown];
  switch (event) {
    case "frame":
    case "variant-add":
    case "plan":
    case "sameness":
      return null;
    case "turn-start":
    case "turn-change":
    case "turn-end":
      return (fact as { variantId: VariantId }).variantId === variantId ? body : null;
    case "turn-progress":
    case "turn-wait":
      return turns.turnVariant((fact as { turnId: TurnId }).turnId) === variantId ? body : null;
    case "variant-change":
      return (fact as { id: VariantId }).id === variantId ? body : null;
    case "checkpoints":
      return [
        (fact as Checkpoint[]).filter((each) => each.variantId === variantId),
      ] as unknown as typeof body;
    default:
      return body;
  }
}

/** Whether a command stays within the variant that a link opens. What is not listed does not. */
export function isWithin(room: Room, variantId: VariantId, name: CommandName, body: unknown): boolean {
  const ofVariant = () => (body as { variantId: VariantId | null }).variantId === variantId;
  const ofTurn = (turnId: TurnId) => room.turnVariant(turnId) === variantId;
  switch (name) {
    case "join":
    case "clock":
    case "warm":
    case "name-me":
      return true;
    case "update":
    case "comment":
    case "keep":
    case "rename":
    case "add-package":
      return ofVariant();
    case "prompt":
      return Object.keys((body as Commands["prompt"]).turnIds).every((id) => id === variantId);
    case "estimate":
      return (body as Commands["estimate"]).variantIds.every((id) => id === variantId);
    case "stop":
    case "undo":
    case "continue":
    case "fix":
    case "switch-lane":
      return ofTurn((body as Commands["undo"]).turnId);
    case "restore":
      return ofVariant() && room.isInHistory(variantId, (body as Commands["restore"]).commitId);
    case "checkpoint": {
      const { commitId } = body as Commands["checkpoint"];
      return ofVariant() && (commitId === null || room.isInHistory(variantId, commitId));
    }
    case "files":
      return room.isInHistory(variantId, (body as { commitId: CommitId }).commitId);
    default:
      return false;
  }
}
