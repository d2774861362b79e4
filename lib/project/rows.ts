/** The facts a room and a page talk about. Plain data: they travel as JSON and are what storage returns. Times are epoch milliseconds. */
import type { CheckpointId, CommitId, ProjectId, PromptId, ShareId, TurnId, VariantId } from "./ids.ts";
import type { Network } from "./network.ts";

export type Role = "view" | "comment" | "edit" | "owner";
export type Lane = "fast" | "deep";
/** Who answers a turn: a lane's model, or the designer that is always there. */
export type Answerer = Lane | "designer";

/** `network` null: its previews reach nothing. */
export type Project = { id: ProjectId; title: string; createdAt: number; network: Network | null };

/**
 * `setNumber` and `position` say where a variant lies on the table: three variants made together are one set (1, 2, …),
 * shown at positions 0, 1, 2 with the letters A, B, C. A fork of three makes the next set; older sets stay reachable.
 */
export type Variant = {
  id: VariantId;
  projectId: ProjectId;
  letter: string;
  name: string;
  setNumber: number;
  position: number;
  parentId: VariantId | null;
  baseCommitId: CommitId;
  headCommitId: CommitId;
  keptAt: number | null;
  /** Taken off the table. Its document and history stay, so that it can be put back. */
  deletedAt: number | null;
  createdAt: number;
};

export type TurnState = "running" | "done" | "stopped" | "failed" | "cut";

/** `cachedTokens`: of the input, what the provider had already; not there when it did not say. */
export type Usage = { inputTokens: number | null; outputTokens: number | null; cachedTokens?: number };

/**
 * Milliseconds since the turn began to run, which is when its prompt was accepted unless it waited behind another turn;
 * `tokens` are estimated at 4 characters each when the model did not say.
 */
export type Timings = {
  /** Behind another turn of its variant; not there in turns that an older version stored. */
  waitedMs?: number;
  /** When a person said more while it was written, into the same answer. */
  steeredAtMs?: number[];
  firstTextMs: number | null;
  firstEditMs: number | null;
  totalMs: number;
  tokens: number;
};

export type FailedEdit = {
  path: string | null;
  reason: string;
  search: string;
  text: string;
  nearest: { line: number; text: string }[];
};

/** One applied edit; lines added and removed. */
export type AppliedEdit = { path: string; kind: string; added: number; removed: number };

/** What asking once more for failed edits brought. */
export type RepairNote = { asked: number; mended: number; tokens: number };

export type Turn = {
  id: TurnId;
  promptId: PromptId;
  variantId: VariantId;
  /** "fix": asked for by itself, once, because the page did not run after a turn. */
  kind: "prompt" | "restore" | "create" | "undo" | "fix";
  prompt: string;
  lane: Answerer;
  /** Name for people, e.g. "Built-in designer". */
  model: string;
  state: TurnState;
  /** A sentence for people when the state is failed, cut or stopped; else null. */
  message: string | null;
  /** What the model said outside its edits, shown under the turn (≤ 4,000 characters). */
  answer: string;
  appliedEdits: number;
  /** What they did to each file, and what was odd about them; both are for reading. */
  changes: AppliedEdit[];
  warnings: string[];
  failedEdits: FailedEdit[];
  repair: RepairNote | null;
  usage: Usage | null;
  timings: Timings | null;
  /** The commit this turn ended with; null while it runs. */
  commitId: CommitId | null;
  startedAt: number;
  endedAt: number | null;
};

/** One of the versions that a link shows. */
export type SharedVersion = { letter: string; name: string; commitId: CommitId };

/**
 * A link. It shows `set`, versions to compare; or `commitId`, one version; or `variantId`, one variant live; or else the live room.
 * Only hashes of its token and its password are stored.
 */
export type Share = {
  id: ShareId;
  projectId: ProjectId;
  /** What its owner calls it; "" until it is named. */
  name: string;
  commitId: CommitId | null;
  variantId: VariantId | null;
  set: SharedVersion[] | null;
  variantLetter: string | null;
  role: Exclude<Role, "owner">;
  hasPassword: boolean;
  /** Search engines may list its page; only of a stored version without a password. */
  indexed: boolean;
  createdAt: number;
  expiresAt: number | null;
  revokedAt: number | null;
};

/** A moment of a variant that somebody gave a name. */
export type Checkpoint = {
  id: CheckpointId;
  variantId: VariantId;
  commitId: CommitId;
  name: string;
  createdAt: number;
};

export type Person = { id: string; name: string; colour: string; role: Role; connections: number };
