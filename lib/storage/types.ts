/** What storage promises, whichever engine stands behind it; tests/storage runs one suite over all of them. */
import type { Files } from "#lib/project/files.ts";
import type { CheckpointId, CommitId, ProjectId, ShareId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Network } from "#lib/project/network.ts";
import type { StoredPlan } from "#lib/project/plan.ts";
import type { Checkpoint, Project, Share, Turn, Variant } from "#lib/project/rows.ts";
import type { CutTurn } from "./leases.ts";

export type NewProject = Omit<Project, "network"> & { ownerId: string };
export type NewVariant = Omit<Variant, "headCommitId">;
/** What is not named stays. */
export type VariantChange = Partial<Pick<Variant, "name" | "keptAt" | "deletedAt">>;
export type NewCommit = {
  id: CommitId;
  projectId: ProjectId;
  parentId: CommitId | null;
  turnId: TurnId | null;
  authorKind: "model" | "person" | "system";
  files: Files;
  createdAt: number;
};
/** `epoch`: the lease a model's turn writes under; a row of an older holder is refused as "fenced". */
/** What an ended turn used, as far as its provider counted it. */
export type UsedTurn = Pick<Turn, "lane" | "model" | "usage" | "timings" | "endedAt">;
export type LoggedUpdate = { variantId: VariantId; author: string; data: Uint8Array; epoch?: number | null };
export type StoredDocument = { state: Uint8Array | null; updates: Uint8Array[]; seq: number };
export type StoredShare = Omit<Share, "hasPassword"> & { tokenHash: string; passwordHash: string | null };
export type ShareChange = Partial<
  Pick<StoredShare, "name" | "role" | "indexed" | "expiresAt" | "passwordHash">
>;
/**
 * `letters` are those of the newest set, in the order of the table; `prompt` is the beginning (400 characters) of the
 * first one; `updatedAt` is when the latest turn began or ended, or when the project was made.
 */
export type ProjectSummary = Omit<Project, "network"> & {
  ownerId: string;
  letters: string[];
  /** What each of them stood at when it was last committed. */
  heads: CommitId[];
  turns: number;
  prompt: string;
  updatedAt: number;
};

/** Every write resolves after it is durable. A failure throws `StorageFailure`; nothing is half-written. */
export type Storage = {
  engine: "pglite" | "postgres";
  /** One transaction: project, its first commits, its variants (head = base). */
  createProject(
    project: NewProject,
    commits: NewCommit | readonly NewCommit[],
    variants: NewVariant[],
  ): Promise<void>;
  getProject(id: ProjectId): Promise<Project | null>;
  /** Newest first. `ownerId` null lists all. */
  listProjects(ownerId: string | null, limit: number): Promise<ProjectSummary[]>;
  renameProject(id: ProjectId, title: string): Promise<void>;
  /** The hosts its previews may reach, with the token for them; null: none. */
  setNetwork(id: ProjectId, network: Network | null): Promise<void>;
  /** What a token stands for now; null when it is unknown or was replaced. */
  networkHosts(token: string): Promise<string[] | null>;
  /** The project's last plan; null: it never had one. */
  setPlan(id: ProjectId, plan: StoredPlan | null): Promise<void>;
  getPlan(id: ProjectId): Promise<StoredPlan | null>;
  /** Those that can be taken back, the latest first. */
  listHidden(ownerId: string | null, limit: number): Promise<{ id: ProjectId; title: string }[]>;
  /** Nothing of it is found any more, its links included, until it is shown again (null) or swept. */
  hideProject(id: ProjectId, at: number | null): Promise<void>;
  deleteProject(id: ProjectId): Promise<void>;
  /** Of a hidden one too; null when there is none. */
  projectOwner(id: ProjectId): Promise<string | null>;

  listVariants(projectId: ProjectId): Promise<Variant[]>;
  getVariant(id: VariantId): Promise<Variant | null>;
  addVariants(variants: NewVariant[]): Promise<Variant[]>;
  changeVariant(id: VariantId, change: VariantChange): Promise<Variant | null>;
  /** Gives the named ones the positions 0, 1, 2, … in their order, all or none. */
  reorderVariants(ids: VariantId[]): Promise<Variant[]>;

  /** One transaction for the whole batch; gives each row the next number of its variant, in the order given. */
  appendUpdates(updates: LoggedUpdate[]): Promise<number[]>;
  /** All of a document, or what came after row `after`: then `state` is null unless it replaced rows that were not seen. */
  loadDocument(variantId: VariantId, after?: number): Promise<StoredDocument>;
  /** The first row of a new document's log; false when another process was first, and nothing was written. */
  seedDocument(variantId: VariantId, data: Uint8Array): Promise<boolean>;
  /** Replace log rows up to `seq` by one state; atomic. */
  compact(variantId: VariantId, seq: number, state: Uint8Array): Promise<void>;

  /** Content-addressed: unchanged files cost nothing. Moves the variant's head when `variantId` is given. */
  writeCommit(commit: NewCommit, variantId: VariantId | null): Promise<void>;
  readCommit(id: CommitId): Promise<Files | null>;
  /** The commit it was made from; null for the first, and for an unknown one. */
  commitParent(id: CommitId): Promise<CommitId | null>;
  /** Whose project it belongs to; null for an unknown one, and of a hidden project. */
  commitOwner(id: CommitId): Promise<string | null>;
  /** The project a commit belongs to, or null. */
  commitProject(id: CommitId): Promise<ProjectId | null>;

  startTurn(turn: Turn): Promise<void>;
  /** Stores the row and, content-addressed, the model's raw output. */
  endTurn(turn: Turn, rawOutput: string): Promise<void>;
  /** With `since`, those that run, or began or ended later than that. */
  listTurns(projectId: ProjectId, since?: number): Promise<Turn[]>;
  /** Turns "running" whose variant no living process holds become "cut" with this message; each is told once. */
  cutAbandonedTurns(message: string, now: number): Promise<CutTurn[]>;
  readTurnOutput(id: TurnId): Promise<string | null>;
  /** What the turns of all projects used that ended after `since`. */
  listUsed(since: number): Promise<UsedTurn[]>;

  /** The right to run a variant's turns: the holder's epoch, or null while another owner's lease lives. */
  holdLease(variantId: VariantId, owner: string, ms: number): Promise<number | null>;
  /** Those that are still this owner's. */
  renewLeases(owner: string, held: VariantId[], ms: number): Promise<VariantId[]>;
  releaseLease(variantId: VariantId, owner: string): Promise<void>;
  leaseOwner(variantId: VariantId): Promise<string | null>;

  createShare(share: StoredShare): Promise<void>;
  getShare(id: ShareId): Promise<StoredShare | null>;
  listShares(projectId: ProjectId): Promise<Share[]>;
  /** The row as it is then; null when there is none. */
  changeShare(id: ShareId, change: ShareChange): Promise<Share | null>;
  revokeShare(id: ShareId, now: number): Promise<void>;

  createCheckpoint(checkpoint: Checkpoint): Promise<void>;
  /** Oldest first. */
  listCheckpoints(projectId: ProjectId): Promise<Checkpoint[]>;
  renameCheckpoint(id: CheckpointId, name: string): Promise<void>;
  deleteCheckpoint(id: CheckpointId): Promise<void>;

  /** Deletes projects hidden before `before`, then commits and contents older than `before` that nothing leads to any more. Slow: never while somebody waits. */
  sweep(before: number): Promise<{ commits: number; blobs: number }>;

  /** Whether there is room to store anything now. */
  isWritable(): Promise<boolean>;
  /** How long the log of all documents is now. */
  logSize(): Promise<{ rows: number; bytes: number }>;

  close(): Promise<void>;
};

export type StorageFailureCode =
  | "locked"
  | "read-only"
  | "unreachable"
  | "newer-schema"
  | "fenced"
  | "failed";

export class StorageFailure extends Error {
  readonly code: StorageFailureCode;
  constructor(code: StorageFailureCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "StorageFailure";
    this.code = code;
  }
}
