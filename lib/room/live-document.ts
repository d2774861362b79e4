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
  /** The lease that a model's turn writes under. */
  epoch(): number | null;
  /** Bytes that viewers have not seen: made here, by a model's turn or a restore. */
  onLocalUpdate(bytes: Uint8Array): void;
  onStorageError(error: unknown): void;
};

/** After so many log rows the state is written once and the rows are dropped. */
const COMPACT_AFTER_ROWS = 500;
const STORE_AGAIN_MS = 1_000;
/** Long enough for a slow database, and for a few looks at the log. */
const ORPHAN_MS = 10_000;
const REMOTE = { kind: "remote" } as const;

export class LiveDocument {
  readonly document: VariantDocument;
  readonly slot: number;
  private readonly options: LiveDocumentOptions;
  /** Null when another process has moved the head: read at the next commit. */
  private headFiles: Files | null;
  private headCommitId: CommitId;
  /** All rows up to here are part of this document: a compaction may replace these and no others. */
  private knownSeq: number;
  /** Numbers of our own rows above a gap: the rows between were written by another process and are not here yet. */
  private readonly ahead = new Set<number>();
  private abandoned = false;
  private readonly relayed = new Map<string, { bytes: Uint8Array; at: number }>();
  private now = 0;
  private readonly unstored: { bytes: Uint8Array; author: string }[] = [];
  private storing: NodeJS.Timeout | null = null;
  private rows: number;
  private compacting = false;

  static async load(options: LiveDocumentOptions): Promise<LiveDocument> {
    const { storage, variant } = options;
    const [stored, head] = await Promise.all([
      storage.loadDocument(variant.id),
      storage.readCommit(variant.headCommitId),
    ]);
    const files = head ?? new Map();
    if (stored.state === null && stored.updates.length === 0) return LiveDocument.seed(options, files);
    const document = new VariantDocument();
    if (stored.state) document.applyAtRest(stored.state, REMOTE);
    for (const bytes of stored.updates) document.applyUpdate(bytes, REMOTE);
    return new LiveDocument(options, document, files, stored.seq, stored.updates.length);
  }

  /**
   * The seed is the log's first row, so that every later reader starts from the same bytes. Of two processes that open a new
   * document at once one writes it; the other reads that one.
   */
  private static async seed(options: LiveDocumentOptions, files: Files): Promise<LiveDocument> {
    const { storage, variant } = options;
    const document = VariantDocument.seed(files, `${variant.id}:${variant.baseCommitId}`);
    if (await storage.seedDocument(variant.id, document.encodeState()))
      return new LiveDocument(options, document, files, 1, 1);
    document.destroy();
    return LiveDocument.load(options);
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
    this.knownSeq = seq;
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
    if (this.abandoned) throw new Error("another process has taken this variant over");
    const { storage, variant } = this.options;
    this.headFiles ??= (await storage.readCommit(this.headCommitId)) ?? new Map();
    const files = this.document.files();
    if (sameFiles(files, this.headFiles)) return this.headCommitId;
    const commit = {
      id,
      projectId: variant.projectId,
      parentId: this.headCommitId,
      turnId,
      authorKind,
      files,
      createdAt: now,
    };
    // A commit never has what the log lacks: after a crash the document would stand behind its own head.
    await this.options.log.flush();
    await storage.writeCommit(commit, variant.id);
    this.headFiles = files;
    this.headCommitId = id;
    return id;
  }

  /** Drops the log rows that one state replaces. */
  async compact(): Promise<void> {
    if (this.rows < 2 || this.compacting || this.abandoned) return;
    this.compacting = true;
    try {
      await this.options.log.flush();
      const seq = this.knownSeq;
      await this.options.storage.compact(this.options.variant.id, seq, this.document.encodeAtRest());
      this.rows = 0;
    } finally {
      this.compacting = false;
    }
  }

  /** Another process has written a commit. */
  headMoved(commitId: CommitId): void {
    if (commitId === this.headCommitId) return;
    this.headCommitId = commitId;
    this.headFiles = null;
  }

  /** Bytes that another process has relayed before it stored them. */
  hear(bytes: Uint8Array, now: number): void {
    this.document.applyUpdate(bytes, REMOTE);
    this.relayed.set(keyOf(bytes), { bytes, at: now });
    this.now = now;
  }

  /** What was relayed and never turned up in the log: its process died in between. People have seen it: it is stored from here. */
  private storeOrphans(): void {
    for (const [key, { bytes, at }] of this.relayed) {
      if (this.now - at < ORPHAN_MS) continue;
      this.relayed.delete(key);
      this.store(bytes, "relayed");
    }
  }

  /** Takes what other processes have logged; gives the bytes that were new here. */
  async catchUp(now = this.now): Promise<Uint8Array[]> {
    this.now = now;
    const stored = await this.options.storage.loadDocument(this.options.variant.id, this.knownSeq);
    const fresh: Uint8Array[] = [];
    const before = this.document.stateVector();
    if (stored.state) {
      this.document.applyAtRest(stored.state, REMOTE);
      fresh.push(this.document.encodeState(before));
    }
    for (const bytes of stored.updates) {
      this.relayed.delete(keyOf(bytes));
      if (this.document.takes(bytes, REMOTE)) fresh.push(bytes);
    }
    this.storeOrphans();
    this.rows += stored.updates.length;
    this.sawRows(stored.seq);
    return fresh;
  }

  /** The last try to store what could not be stored before. */
  async close(): Promise<void> {
    if (this.storing) clearTimeout(this.storing);
    if (!this.abandoned) this.storeAgain();
    await this.options.log.flush();
    if (this.storing) clearTimeout(this.storing);
    this.document.destroy();
  }

  /** Nothing is committed from here any more: another process goes on from the log. */
  abandon(): void {
    this.abandoned = true;
  }

  private sawRows(seq: number): void {
    this.knownSeq = Math.max(this.knownSeq, seq);
    while (this.ahead.delete(this.knownSeq + 1)) this.knownSeq++;
    for (const each of this.ahead) if (each <= this.knownSeq) this.ahead.delete(each);
  }

  /** What was made here has nobody who would send it again: it waits here until it can be stored. */
  private store(bytes: Uint8Array, author: string): void {
    this.append(bytes, author).catch((error: unknown) => {
      this.options.onStorageError(error);
      if (this.abandoned || isFenced(error)) return;
      this.unstored.push({ bytes, author });
      this.storing ??= setTimeout(() => this.storeAgain(), STORE_AGAIN_MS);
    });
  }

  private storeAgain(): void {
    this.storing = null;
    for (const { bytes, author } of this.unstored.splice(0)) this.store(bytes, author);
  }

  private async append(data: Uint8Array, author: string): Promise<number> {
    const epoch = author === "model" ? this.options.epoch() : null;
    const seq = await this.options.log.append({ variantId: this.options.variant.id, author, data, epoch });
    this.ahead.add(seq);
    this.sawRows(this.knownSeq);
    if (++this.rows > COMPACT_AFTER_ROWS) this.compact().catch(this.options.onStorageError);
    return seq;
  }
}

function keyOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

function isFenced(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "fenced";
}

export function sameFiles(one: Files, other: Files): boolean {
  return one.size === other.size && [...one].every(([path, text]) => other.get(path) === text);
}
