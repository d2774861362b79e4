/** What rooms of one project on several processes tell each other. Messages may be lost: the log is the truth (Room.poll). */
import type { ProjectId, ShareId, VariantId } from "#lib/project/ids.ts";
import type { Person } from "#lib/project/rows.ts";
import type { Ack, ByeCode, CommandName, DraftState, Presence, ServerToClient } from "#lib/wire/events.ts";

type InRoom = { projectId: ProjectId };

export type BusMessage =
  /** A room opened here, or missed a frame: whoever has it open answers with its state. */
  | (InRoom & { type: "hello" })
  | (InRoom & { type: "state"; people: Person[]; drafts: [VariantId, DraftState[]][] })
  /** The parts that one window brought, in the sender's slots. Numbered per room and sender. */
  | (InRoom & { type: "frame"; number: number; slots: [slot: number, VariantId][]; bytes: Uint8Array })
  | (InRoom & { type: "fact"; event: keyof ServerToClient; body: unknown })
  /** A command that must run where the variant's turn runs; `to` null asks every process. */
  | (InRoom & { type: "ask"; id: string; to: string | null; name: CommandName; body: unknown })
  | { type: "answer"; id: string; ack: Ack }
  | (InRoom & { type: "presence"; places: Presence[] })
  | { type: "dismiss"; shareId: ShareId; code: ByeCode };

export type Bus = {
  /** This process, as leases and messages name it. */
  readonly self: string;
  /** Other processes may serve the same rooms. */
  readonly isShared: boolean;
  publish(message: BusMessage): void;
  /** Messages of other processes only, in the order each sent them. */
  listen(listener: (message: BusMessage, from: string) => void): void;
  close(): Promise<void>;
};

/** One process: nobody to tell. */
export function noBus(self: string): Bus {
  return { self, isShared: false, publish: () => {}, listen: () => {}, close: async () => {} };
}
