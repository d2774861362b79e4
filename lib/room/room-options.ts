/** What all rooms of a process have in common. */
import type { EditTarget } from "#lib/edit/types.ts";
import type { Packages } from "#lib/packages/types.ts";
import type { CommitId } from "#lib/project/ids.ts";
import type { GroupCommit } from "#lib/storage/group-commit.ts";
import type { Storage } from "#lib/storage/types.ts";
import type { Answering } from "#lib/turn/answering.ts";
import type { Bus } from "./bus.ts";
import type { RoomServer } from "./channels.ts";
import type { Figures } from "./figures.ts";
import type { Leases } from "./leases.ts";
import type { Load } from "./load.ts";

export type RoomOptions = {
  io: RoomServer;
  storage: Storage;
  log: GroupCommit;
  answering: Answering;
  packages: Pick<Packages, "add">;
  accepts: NonNullable<EditTarget["accepts"]>;
  now: () => number;
  id: () => string;
  bus: Bus;
  leases: Leases;
  load: Load;
  figures: Figures;
  /** A link to this version was made: its page can be built before anyone asks. */
  onShared?(commitId: CommitId): void;
  onError(what: string, error: unknown): void;
};
