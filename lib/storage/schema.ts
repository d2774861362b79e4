/**
 * The tables (live.md §5.3). Everything of a project goes when the project goes; blobs are shared and stay. A change
 * here needs `npx drizzle-kit generate --name <what>`: the folder `drizzle/` is what engines really run.
 */
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type {
  CheckpointId,
  CommitId,
  ProjectId,
  PromptId,
  ShareId,
  TurnId,
  VariantId,
} from "#lib/project/ids.ts";
import type { Network } from "#lib/project/network.ts";
import type { StoredPlan } from "#lib/project/plan.ts";
import type {
  AppliedEdit,
  FailedEdit,
  RepairNote,
  Share,
  SharedVersion,
  Timings,
  Turn,
  TurnState,
  Usage,
} from "#lib/project/rows.ts";
import { bytes, json, time, words } from "./columns.ts";
import type { NewCommit } from "./types.ts";

/** What a project has beside its columns; each part is changed without the others. */
export type ProjectSettings = { network?: Network | null; plan?: StoredPlan | null };

export const projects = pgTable(
  "project",
  {
    id: text("id").$type<ProjectId>().primaryKey(),
    title: words("title").notNull(),
    ownerId: text("owner_id").notNull(),
    createdAt: time("created_at").notNull(),
    settings: json<ProjectSettings>("settings").notNull().default(sql`'{}'::jsonb`),
    /** Hidden since then: it can be taken back until the next sweep that is a day younger. */
    deletedAt: time("deleted_at"),
  },
  (table) => [
    index("project_owner_created").on(table.ownerId, table.createdAt),
    uniqueIndex("project_network_token").on(sql`(${table.settings} -> 'network' ->> 'token')`),
  ],
);

/** SHA-256 of the content → the content: files, manifests and raw model outputs. `size` is the content's bytes. */
export const blobs = pgTable("blob", {
  hash: text("hash").primaryKey(),
  size: integer("size").notNull(),
  encoding: text("encoding").$type<"raw" | "deflate">().notNull(),
  data: bytes("data").notNull(),
  /** When it was first stored; what was stored before this column came is old. */
  storedAt: time("stored_at").notNull().default(0),
});

export const commits = pgTable(
  "commit",
  {
    id: text("id").$type<CommitId>().primaryKey(),
    projectId: text("project_id")
      .$type<ProjectId>()
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    parentId: text("parent_id").$type<CommitId>(),
    turnId: text("turn_id").$type<TurnId>(),
    manifestHash: text("manifest_hash")
      .notNull()
      .references(() => blobs.hash),
    authorKind: text("author_kind").$type<NewCommit["authorKind"]>().notNull(),
    createdAt: time("created_at").notNull(),
  },
  (table) => [index("commit_project_created").on(table.projectId, table.createdAt)],
);

export const variants = pgTable(
  "variant",
  {
    id: text("id").$type<VariantId>().primaryKey(),
    projectId: text("project_id")
      .$type<ProjectId>()
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    letter: text("letter").notNull(),
    name: words("name").notNull(),
    setNumber: integer("set_number").notNull(),
    position: integer("position").notNull(),
    parentId: text("parent_id").$type<VariantId>(),
    baseCommitId: text("base_commit_id")
      .$type<CommitId>()
      .notNull()
      .references(() => commits.id),
    headCommitId: text("head_commit_id")
      .$type<CommitId>()
      .notNull()
      .references(() => commits.id),
    keptAt: time("kept_at"),
    deletedAt: time("deleted_at"),
    createdAt: time("created_at").notNull(),
    /** The number of the newest row of this variant's log; taking the next one locks the row, so writers queue up. */
    docSeq: bigint("doc_seq", { mode: "number" }).notNull().default(0),
  },
  (table) => [index("variant_project_place").on(table.projectId, table.setNumber, table.position)],
);

/** The log: raw update bytes exactly as they arrived (live.md §3.1). */
export const docUpdates = pgTable(
  "doc_update",
  {
    variantId: text("variant_id")
      .$type<VariantId>()
      .notNull()
      .references(() => variants.id, { onDelete: "cascade" }),
    seq: bigint("seq", { mode: "number" }).notNull(),
    author: words("author").notNull(),
    data: bytes("data").notNull(),
  },
  (table) => [primaryKey({ columns: [table.variantId, table.seq] })],
);

/** Everything of the log up to `uptoSeq` as one state. */
export const docStates = pgTable("doc_state", {
  variantId: text("variant_id")
    .$type<VariantId>()
    .primaryKey()
    .references(() => variants.id, { onDelete: "cascade" }),
  uptoSeq: bigint("upto_seq", { mode: "number" }).notNull(),
  state: bytes("state").notNull(),
});

/** Which process runs a variant's turns, until when by the database's clock. `epoch` counts the holders. */
export const leases = pgTable("stream_lease", {
  variantId: text("variant_id")
    .$type<VariantId>()
    .primaryKey()
    .references(() => variants.id, { onDelete: "cascade" }),
  owner: text("owner").notNull(),
  epoch: bigint("epoch", { mode: "number" }).notNull(),
  until: timestamp("until", { withTimezone: true }).notNull(),
});

export const turns = pgTable(
  "turn",
  {
    id: text("id").$type<TurnId>().primaryKey(),
    promptId: text("prompt_id").$type<PromptId>().notNull(),
    variantId: text("variant_id")
      .$type<VariantId>()
      .notNull()
      .references(() => variants.id, { onDelete: "cascade" }),
    kind: text("kind").$type<Turn["kind"]>().notNull(),
    prompt: words("prompt").notNull(),
    lane: text("lane").$type<Turn["lane"]>().notNull(),
    model: words("model").notNull(),
    state: text("state").$type<TurnState>().notNull(),
    message: words("message"),
    answer: words("answer").notNull(),
    appliedEdits: integer("applied_edits").notNull(),
    changes: json<AppliedEdit[]>("changes").notNull().default(sql`'[]'::jsonb`),
    warnings: json<string[]>("warnings").notNull().default(sql`'[]'::jsonb`),
    failedEdits: json<FailedEdit[]>("failed_edits").notNull(),
    repair: json<RepairNote>("repair"),
    usage: json<Usage>("usage"),
    timings: json<Timings>("timings"),
    commitId: text("commit_id").$type<CommitId>(),
    outputHash: text("output_hash").references(() => blobs.hash),
    startedAt: time("started_at").notNull(),
    endedAt: time("ended_at"),
  },
  (table) => [
    index("turn_variant_started").on(table.variantId, table.startedAt),
    index("turn_running").on(table.id).where(sql`${table.state} = 'running'`),
  ],
);

export const shares = pgTable(
  "share",
  {
    id: text("id").$type<ShareId>().primaryKey(),
    tokenHash: text("token_hash").notNull().unique(),
    projectId: text("project_id")
      .$type<ProjectId>()
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    commitId: text("commit_id")
      .$type<CommitId>()
      .references(() => commits.id, { onDelete: "cascade" }),
    variantId: text("variant_id")
      .$type<VariantId>()
      .references(() => variants.id, { onDelete: "cascade" }),
    set: json<SharedVersion[]>("versions"),
    variantLetter: text("variant_letter"),
    name: words("name").notNull().default(""),
    role: text("role").$type<Share["role"]>().notNull(),
    indexed: boolean("indexed").notNull().default(false),
    /** Salt and scrypt of a password, or null. */
    passwordHash: text("password_hash"),
    createdAt: time("created_at").notNull(),
    expiresAt: time("expires_at"),
    revokedAt: time("revoked_at"),
  },
  (table) => [index("share_project_created").on(table.projectId, table.createdAt)],
);

/** Names that people gave to moments of a variant. */
export const checkpoints = pgTable(
  "checkpoint",
  {
    id: text("id").$type<CheckpointId>().primaryKey(),
    variantId: text("variant_id")
      .$type<VariantId>()
      .notNull()
      .references(() => variants.id, { onDelete: "cascade" }),
    commitId: text("commit_id")
      .$type<CommitId>()
      .notNull()
      .references(() => commits.id, { onDelete: "cascade" }),
    name: words("name").notNull(),
    createdAt: time("created_at").notNull(),
  },
  (table) => [index("checkpoint_variant_created").on(table.variantId, table.createdAt)],
);
