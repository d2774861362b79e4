/** The open documents of a room: loaded once, each with its number in frames, committed when hands come to rest. */
import type { CommitId, VariantId } from "#lib/project/ids.ts";
import type { Variant } from "#lib/project/rows.ts";
import type { GroupCommit } from "#lib/storage/group-commit.ts";
import type { Storage } from "#lib/storage/types.ts";
import type { Leases } from "./leases.ts";
import { LiveDocument } from "./live-document.ts";

export type DocumentsOptions = {
  storage: Storage;
  log: GroupCommit;
  leases: Leases;
  now: () => number;
  newId: () => string;
  variant(id: VariantId): Variant | null;
  /** Bytes that viewers have not seen: made here, by a model's turn or a restore. */
  onLocalUpdate(variantId: VariantId, slot: number, bytes: Uint8Array): void;
  onCommit(variantId: VariantId, commitId: CommitId): void;
  onError(what: string, error: unknown): void;
};

/** Hand edits become a commit after this long without one. */
const QUIET_COMMIT_MS = 5_000;

export class Documents {
  private readonly options: DocumentsOptions;
  private readonly loading = new Map<VariantId, Promise<LiveDocument>>();
  private readonly numbers = new Map<VariantId, number>();
  private readonly quiet = new Map<VariantId, NodeJS.Timeout>();

  constructor(options: DocumentsOptions) {
    this.options = options;
  }

  /** One promise per document: two sockets must not make two copies. */
  live(id: VariantId): Promise<LiveDocument> {
    const known = this.loading.get(id);
    if (known) return known;
    const variant = this.options.variant(id);
    if (!variant) return Promise.reject(new Error(`variant ${id} is not part of this project`));
    const { storage, log, leases, onLocalUpdate, onError } = this.options;
    const slot = this.slotOf(id);
    const live = LiveDocument.load({
      storage,
      log,
      variant,
      slot,
      epoch: () => leases.epochOf(id),
      onLocalUpdate: (bytes) => onLocalUpdate(id, slot, bytes),
      onStorageError: (error) => onError("storing an edit", error),
    });
    this.loading.set(id, live);
    live.catch(() => this.loading.delete(id));
    return live;
  }

  /** Null while nobody has asked for it here. */
  async opened(id: VariantId): Promise<LiveDocument | null> {
    return (await this.loading.get(id)?.catch(() => null)) ?? null;
  }

  all(): Iterable<Promise<LiveDocument>> {
    return this.loading.values();
  }

  /** The number of a variant in binary frames. */
  slotOf(id: VariantId): number {
    const slot = this.numbers.get(id) ?? this.numbers.size;
    this.numbers.set(id, slot);
    return slot;
  }

  slots(): [slot: number, VariantId][] {
    return [...this.numbers].map(([variantId, slot]) => [slot, variantId]);
  }

  /** Commits hand edits once nobody has typed for a while. */
  commitWhenQuiet(variantId: VariantId): void {
    clearTimeout(this.quiet.get(variantId));
    const commit = () => {
      this.quiet.delete(variantId);
      void this.commitOrTell(variantId);
    };
    this.quiet.set(variantId, setTimeout(commit, QUIET_COMMIT_MS));
  }

  async commit(variantId: VariantId, author: "person" | "system"): Promise<CommitId> {
    const { newId, now, onCommit } = this.options;
    const live = await this.live(variantId);
    const commitId = await live.commit(newId() as CommitId, author, null, now());
    onCommit(variantId, commitId);
    return commitId;
  }

  /** Nothing is committed from here any more. */
  async abandon(): Promise<void> {
    for (const id of this.loading.keys()) (await this.opened(id))?.abandon();
  }

  /** What hands have written becomes a commit. */
  async settle(): Promise<void> {
    for (const [variantId, timer] of this.quiet) {
      clearTimeout(timer);
      await this.commitOrTell(variantId);
    }
  }

  async close(): Promise<void> {
    for (const id of this.loading.keys()) {
      const live = await this.opened(id);
      await live?.compact().catch((error: unknown) => this.options.onError("compacting", error));
      await live?.close();
    }
  }

  private async commitOrTell(variantId: VariantId): Promise<void> {
    await this.commit(variantId, "person").catch((error: unknown) => this.options.onError("a commit", error));
  }
}
