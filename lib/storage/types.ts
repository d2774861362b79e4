/** What storage promises, whichever engine stands behind it; tests/storage runs one suite over all of them. */
import type { Files } from "#lib/project/files.ts";
import type { CheckpointId, CommitId, ProjectId, ShareId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Network } from "#lib/project/network.ts";
import type { Checkpoint, Project, Share, Turn, Variant } from "#lib/project/rows.ts";

export type NewProject = Omit<Project, "network"> & { ownerId: string };
export type NewVariant = Omit<Variant, "headCommitId">;
export type NewCommit = {
  id: CommitId;
  projectId: ProjectId;
  parentId: CommitId | null;
  turnId: TurnId | null;
  authorKind: "model" | "person" | "system";
  files: Files;
  createdAt: number;
};
export type LoggedUpdate = { variantId: VariantId; author: string; data: Uint8Array };
export type StoredDocument = { state: Uint8Array | null; updates: Uint8Array[]; seq: number };
export type StoredShare = Omit<Share, "hasPassword"> & { tokenHash: string; passwordHash: string | null };
export type ShareChange = Partial<Pick<StoredShare, "name" | "role" | "expiresAt" | "passwordHash">>;
/**
 * `letters` are those of the newest set, in the order of the table; `prompt` is the beginning (400 characters) of the
 * first one; `updatedAt` is when the latest turn began or ended, or when the project was made.
 */
export type ProjectSummary = Omit<Project, "network"> & {
  letters: string[];
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
  deleteProject(id: ProjectId): Promise<void>;

  listVariants(projectId: ProjectId): Promise<Variant[]>;
  getVariant(id: VariantId): Promise<Variant | null>;
  addVariants(variants: NewVariant[]): Promise<Variant[]>;
  changeVariant(id: VariantId, change: Partial<Pick<Variant, "name" | "keptAt">>): Promise<Variant | null>;

  /** One transaction for the whole batch; gives each row the next number of its variant, in the order given. */
  appendUpdates(updates: LoggedUpdate[]): Promise<number[]>;
  loadDocument(variantId: VariantId): Promise<StoredDocument>;
  /** Replace log rows up to `seq` by one state; atomic. */
  compact(variantId: VariantId, seq: number, state: Uint8Array): Promise<void>;

  /** Content-addressed: unchanged files cost nothing. Moves the variant's head when `variantId` is given. */
  writeCommit(commit: NewCommit, variantId: VariantId | null): Promise<void>;
  readCommit(id: CommitId): Promise<Files | null>;
  /** The commit it was made from; null for the first, and for an unknown one. */
  commitParent(id: CommitId): Promise<CommitId | null>;
  /** The project a commit belongs to, or null. */
  commitProject(id: CommitId): Promise<ProjectId | null>;

  startTurn(turn: Turn): Promise<void>;
  /** Stores the row and, content-addressed, the model's raw output. */
  endTurn(turn: Turn, rawOutput: string): Promise<void>;
  listTurns(projectId: ProjectId): Promise<Turn[]>;
  /** After a crash: every turn still "running" becomes "cut" with this message. Returns how many. */
  cutRunningTurns(message: string, now: number): Promise<number>;
  readTurnOutput(id: TurnId): Promise<string | null>;

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

  /** Deletes commits and contents older than `before` that nothing leads to any more. Slow: never while somebody waits. */
  sweep(before: number): Promise<{ commits: number; blobs: number }>;

  close(): Promise<void>;
};

export type StorageFailureCode = "locked" | "read-only" | "unreachable" | "newer-schema" | "failed";

export class StorageFailure extends Error {
  readonly code: StorageFailureCode;
  constructor(code: StorageFailureCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "StorageFailure";
    this.code = code;
  }
}
