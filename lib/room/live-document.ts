/**
 * A variant's document while its room is open: loaded from state and log (or seeded from its base commit), every change
 * logged as the bytes it came in, commits when asked. Raw bytes, because re-encoding lost edits (live.md §3.1).
 */
import { VariantDocument } from "#lib/document/variant-document.ts";
import type { Files } from "#lib/project/files.ts";
import type { CommitId, TurnId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";
import type { GroupCommit } from "#lib/storage/group-commit.ts";
import type { NewCommit, Storage } from "#lib/storage/types.ts";

export type LiveDocumentOptions = {
  storage: Storage;
  log: GroupCommit;
  variant: Variant;
  slot: number;
  /** Bytes that viewers have not seen: made here, by a model's turn or a restore. */
  onLocalUpdate(bytes: Uint8Array): void;
  onStorageError(error: unknown): void;
};

/** After so many log rows the state is written once and the rows are dropped. */
const COMPACT_AFTER_ROWS = 500;
const REMOTE = { kind: "remote" } as const;

export class LiveDocument {
  readonly document: VariantDocument;
  readonly slot: number;
  private readonly options: LiveDocumentOptions;
  private headFiles: Files;
  private headCommitId: CommitId;
  private lastSeq: number;
  private rows: number;
  private compacting = false;

  static async load(options: LiveDocumentOptions): Promise<LiveDocument> {
    const { storage, variant } = options;
    const [stored, head] = await Promise.all([
      storage.loadDocument(variant.id),
      storage.readCommit(variant.headCommitId),
    ]);
    const isNew = stored.state === null && stored.updates.length === 0;
    const files = head ?? new Map();
    const document = isNew
      ? VariantDocument.seed(files, `${variant.id}:${variant.baseCommitId}`)
      : new VariantDocument();
    if (stored.state) document.applyAtRest(stored.state, REMOTE);
    for (const bytes of stored.updates) document.applyUpdate(bytes, REMOTE);
    const live = new LiveDocument(options, document, files, stored.seq, stored.updates.length);
    // The seed is the log's first row, so that every later reader starts from the same bytes.
    if (isNew) live.store(document.encodeState(), "seed");
    return live;
  }

  private constructor(
    options: LiveDocumentOptions,
    document: VariantDocument,
    files: Files,
    seq: number,
    rows: number,
  ) {
    this.options = options;
    this.slot = options.slot;
    this.document = document;
    this.headFiles = files;
    this.headCommitId = options.variant.headCommitId;
    this.lastSeq = seq;
    this.rows = rows;
    document.onUpdate((bytes, origin) => {
      if (origin.kind === "remote") return;
      this.store(bytes, origin.kind);
      options.onLocalUpdate(bytes);
    });
  }

  /** A person's bytes: applied, then logged as they came. Resolves with their number when they are durable. */
  receive(
    bytes: Uint8Array,
    author: string,
  ): { ok: true; stored: Promise<number> } | { ok: false; reason: string } {
    const applied = this.document.applyUpdate(bytes, REMOTE);
    return applied.ok ? { ok: true, stored: this.append(bytes, author) } : applied;
  }

  /** Writes a commit when the files differ from the last one; returns the head. */
  async commit(
    id: CommitId,
    authorKind: NewCommit["authorKind"],
    turnId: TurnId | null,
    now: number,
  ): Promise<CommitId> {
    const files = this.document.files();
    if (sameFiles(files, this.headFiles)) return this.headCommitId;
    const { storage, variant } = this.options;
    const commit = {
      id,
      projectId: variant.projectId,
      parentId: this.headCommitId,
      turnId,
      authorKind,
      files,
      createdAt: now,
    };
    await storage.writeCommit(commit, variant.id);
    this.headFiles = files;
    this.headCommitId = id;
    return id;
  }

  /** Drops the log rows that one state replaces. */
  async compact(): Promise<void> {
    if (this.rows < 2 || this.compacting) return;
    this.compacting = true;
    try {
      await this.options.log.flush();
      const seq = this.lastSeq;
      await this.options.storage.compact(this.options.variant.id, seq, this.document.encodeAtRest());
      this.rows = 0;
    } finally {
      this.compacting = false;
    }
  }

  private store(bytes: Uint8Array, author: string): void {
    this.append(bytes, author).catch(this.options.onStorageError);
  }

  private async append(data: Uint8Array, author: string): Promise<number> {
    const seq = await this.options.log.append({ variantId: this.options.variant.id, author, data });
    this.lastSeq = Math.max(this.lastSeq, seq);
    if (++this.rows > COMPACT_AFTER_ROWS) this.compact().catch(this.options.onStorageError);
    return seq;
  }
}

export function sameFiles(one: Files, other: Files): boolean {
  return one.size === other.size && [...one].every(([path, text]) => other.get(path) === text);
}
