/** Who made a change; a Yjs transaction origin. Only two kinds write files: a model's turn and a person. */
import type { TurnId } from "#lib/project/ids.ts";

export type Origin =
  | { kind: "model"; turnId: TurnId }
  | { kind: "person"; clientId: string }
  /** Restore, seeding, import. */
  | { kind: "system"; reason: string }
  /** Bytes that came over the wire or from the log: never logged or sent again from here. */
  | { kind: "remote" };

/** What happened to a document's files in one transaction, in order. Offsets are valid when read in sequence. */
export type FileChange =
  | { type: "splice"; path: string; start: number; end: number; text: string }
  | { type: "create"; path: string; text: string }
  | { type: "delete"; path: string };
