/** The live meeting place of one project: its documents, its people, its running turns. Loaded when the first one comes. */
import type { Server, Socket } from "socket.io";
import type { EditTarget } from "#lib/edit/types.ts";
import type { Lanes } from "#lib/model/types.ts";
import type { Packages } from "#lib/packages/types.ts";
import type { CommitId, ProjectId, VariantId } from "#lib/project/ids.ts";
import type { Lane, Project, Variant } from "#lib/project/rows.ts";
import type { GroupCommit } from "#lib/storage/group-commit.ts";
import type { Storage } from "#lib/storage/types.ts";
import type {
  ClientToServer,
  DraftState,
  Joined,
  JoinedVariant,
  LaneInfo,
  ServerToClient,
} from "#lib/wire/events.ts";
import { partOfFact } from "#lib/wire/frame.ts";
import { type Access, mayCommand } from "./access.ts";
import { type Broadcast, createBroadcast } from "./broadcast.ts";
import { LiveDocument } from "./live-document.ts";
import { createPeople } from "./people.ts";
import { TurnRunner } from "./turns.ts";

export type RoomServer = Server<ClientToServer, ServerToClient>;
export type RoomSocket = Socket<ClientToServer, ServerToClient> & { data: { access: Access } };

export type RoomOptions = {
  io: RoomServer;
  storage: Storage;
  log: GroupCommit;
  lanes: Lanes;
  /** Opens a lane's connections before they are needed. */
  warm(lane: Lane): void;
  packages: Pick<Packages, "add">;
  accepts: NonNullable<EditTarget["accepts"]>;
  now: () => number;
  id: () => string;
  onError(what: string, error: unknown): void;
};

/** Hand edits become a commit after this long without one. */
const QUIET_COMMIT_MS = 5_000;
const BEACON_MS = 1_000;

export class Room {
  project: Project;
  readonly people = createPeople();
  readonly turns: TurnRunner;
  readonly options: RoomOptions;
  variants: Variant[];
  private readonly channel: string;
  private readonly epoch: string;
  private readonly broadcast: Broadcast;
  private readonly documents = new Map<VariantId, Promise<LiveDocument>>();
  private readonly slots = new Map<VariantId, number>();
  private readonly quiet = new Map<VariantId, NodeJS.Timeout>();
  private readonly beacon: NodeJS.Timeout;
  private lastUsedAt: number;

  static async load(options: RoomOptions, projectId: ProjectId): Promise<Room | null> {
    const { storage } = options;
    const project = await storage.getProject(projectId);
    if (!project) return null;
    const [variants, turns] = await Promise.all([
      storage.listVariants(projectId),
      storage.listTurns(projectId),
    ]);
    return new Room(options, project, variants, turns);
  }

  private constructor(
    options: RoomOptions,
    project: Project,
    variants: Variant[],
    turns: ConstructorParameters<typeof TurnRunner>[1],
  ) {
    this.options = options;
    this.project = project;
    this.variants = variants;
    this.channel = `room:${project.id}`;
    this.epoch = options.id();
    this.lastUsedAt = options.now();
    this.broadcast = createBroadcast((bytes) => options.io.to(this.channel).emit("frame", bytes), preciseNow);
    this.turns = new TurnRunner(this.turnOptions(), turns);
    this.beacon = setInterval(() => this.sendBeacon(), BEACON_MS);
  }

  variant(id: VariantId): Variant | null {
    return this.variants.find((variant) => variant.id === id) ?? null;
  }

  /** One promise per document: two sockets must not make two copies. */
  live(id: VariantId): Promise<LiveDocument> {
    const known = this.documents.get(id);
    if (known) return known;
    const variant = this.variant(id);
    if (!variant) return Promise.reject(new Error(`variant ${id} is not part of this project`));
    const { storage, log, onError } = this.options;
    const slot = this.slotOf(id);
    const live = LiveDocument.load({
      storage,
      log,
      variant,
      slot,
      onLocalUpdate: (bytes) => this.broadcast.add({ kind: "update", slot, bytes }),
      onStorageError: (error) => onError("storing an edit", error),
    });
    this.documents.set(id, live);
    live.catch(() => this.documents.delete(id));
    return live;
  }

  relay(slot: number, bytes: Uint8Array): void {
    this.broadcast.add({ kind: "update", slot, bytes });
  }

  emit<Event extends keyof ServerToClient>(event: Event, ...body: Parameters<ServerToClient[Event]>): void {
    // What was written before a fact must be seen before it.
    this.broadcast.flush();
    this.options.io.to(this.channel).emit(event, ...body);
  }

  /** The socket joins the fan-out before the state is read, so that nothing falls between. */
  async join(socket: RoomSocket, known: ReadonlyMap<string, Uint8Array>): Promise<Joined> {
    await socket.join(this.channel);
    this.lastUsedAt = this.options.now();
    const { access } = socket.data;
    if (mayCommand(access.role, "warm"))
      for (const lane of ["fast", "deep"] as const) this.options.warm(lane);
    const person = this.people.join(socket.id, access.guestId ?? socket.id, access.name, access.role);
    const { documents, sequence } = await this.describeDocuments(this.variants, known);
    this.emit("people", this.people.list());
    return {
      epoch: this.epoch,
      role: access.role,
      personId: person.id,
      project: { ...this.project, id: access.shareId === null ? this.project.id : null },
      variants: this.variants.map((variant) => forViewer(variant, access)),
      documents,
      sequence,
      turns: this.turns.turns,
      people: this.people.list(),
      lanes: describeLanes(this.options.lanes),
    };
  }

  leave(socket: RoomSocket): void {
    this.people.leave(socket.id);
    this.lastUsedAt = this.options.now();
    this.emit("people", this.people.list());
  }

  /** Everything is flushed before the state is read: a late joiner gets the drafts as they are, then only what follows. */
  async describeDocuments(
    variants: Variant[],
    known: ReadonlyMap<string, Uint8Array>,
  ): Promise<{ documents: JoinedVariant[]; sequence: number }> {
    const live = await Promise.all(variants.map((variant) => this.live(variant.id)));
    this.broadcast.flush();
    const documents = variants.map((variant, index) =>
      this.describe(variant, live[index] as LiveDocument, known.get(variant.id)),
    );
    return { documents, sequence: this.broadcast.sequence() };
  }

  addVariants(variants: Variant[], documents: JoinedVariant[]): void {
    this.emit("variant-add", { variants: variants.map(withoutProject), documents });
  }

  changeProject(change: Partial<Pick<Project, "title" | "network">>): void {
    this.project = { ...this.project, ...change };
    const { title, network } = this.project;
    this.emit("project-change", { title, network });
  }

  changeVariant(variant: Variant): void {
    this.variants = this.variants.map((each) => (each.id === variant.id ? variant : each));
    this.emit("variant-change", withoutProject(variant));
  }

  /** Commits hand edits once nobody has typed for a while. */
  commitWhenQuiet(variantId: VariantId): void {
    clearTimeout(this.quiet.get(variantId));
    const commit = () => {
      this.quiet.delete(variantId);
      this.commit(variantId, "person").catch((error: unknown) => this.options.onError("a commit", error));
    };
    this.quiet.set(variantId, setTimeout(commit, QUIET_COMMIT_MS));
  }

  async commit(variantId: VariantId, author: "person" | "system"): Promise<CommitId> {
    const live = await this.live(variantId);
    const commitId = await live.commit(this.options.id() as CommitId, author, null, this.options.now());
    this.committed(variantId, commitId);
    return commitId;
  }

  committed(variantId: VariantId, headCommitId: CommitId): void {
    const variant = this.variant(variantId);
    if (variant && variant.headCommitId !== headCommitId) this.changeVariant({ ...variant, headCommitId });
  }

  /** Nobody here and nothing running since `ms`. */
  isIdleFor(ms: number): boolean {
    const isEmpty = this.people.list().length === 0 && this.turns.runningCount === 0;
    return isEmpty && this.options.now() - this.lastUsedAt > ms;
  }

  async close(): Promise<void> {
    clearInterval(this.beacon);
    await this.turns.close();
    for (const [variantId, timer] of this.quiet) {
      clearTimeout(timer);
      await this.commit(variantId, "person").catch((error: unknown) =>
        this.options.onError("a commit", error),
      );
    }
    this.broadcast.flush();
    this.broadcast.close();
    for (const loading of this.documents.values()) {
      const live = await loading.catch(() => null);
      await live?.compact().catch((error: unknown) => this.options.onError("compacting", error));
      live?.document.destroy();
    }
  }

  private slotOf(id: VariantId): number {
    const slot = this.slots.get(id) ?? this.slots.size;
    this.slots.set(id, slot);
    return slot;
  }

  private describe(variant: Variant, live: LiveDocument, known: Uint8Array | undefined): JoinedVariant {
    const drafts: DraftState[] = this.turns.draftsOf(variant.id);
    const update = live.document.encodeState(known && known.length > 0 ? known : undefined);
    return {
      variantId: variant.id,
      slot: live.slot,
      update,
      stateVector: live.document.stateVector(),
      drafts,
    };
  }

  private sendBeacon(): void {
    if (this.people.list().length === 0) return;
    void Promise.all(this.documents.values()).then((documents) => {
      const vectors = documents.map(({ slot, document }): [number, Uint8Array] => [
        slot,
        document.stateVector(),
      ]);
      this.options.io.local.to(this.channel).volatile.emit("beacon", { epoch: this.epoch, vectors });
    });
  }

  private turnOptions(): ConstructorParameters<typeof TurnRunner>[0] {
    const { storage, lanes, accepts, now, id, onError } = this.options;
    return {
      projectId: this.project.id,
      storage,
      lanes,
      accepts,
      now,
      onError,
      newCommitId: () => id() as CommitId,
      variant: (variantId) => this.variant(variantId) as Variant,
      variantsOfSet: (setNumber) => this.variants.filter((variant) => variant.setNumber === setNumber),
      live: (variantId) => this.live(variantId),
      emit: {
        start: (turn) => this.emit("turn-start", turn),
        text: () => this.broadcast.textCame(),
        progress: (progress) => this.emit("turn-progress", progress),
        end: (turn) => this.emit("turn-end", turn),
        drafts: (slot, turnId, facts) =>
          this.broadcast.add(...facts.map((fact) => partOfFact(fact, slot, turnId))),
        committed: (variantId, commitId) => this.committed(variantId, commitId),
        named: (variantId, name) => this.nameVariant(variantId, name),
      },
    };
  }

  private nameVariant(variantId: VariantId, name: string): void {
    const variant = this.variant(variantId);
    if (variant?.name !== "") return;
    this.changeVariant({ ...variant, name });
    this.options.storage
      .changeVariant(variantId, { name })
      .catch((error: unknown) => this.options.onError("naming", error));
  }
}

/** Parts of a millisecond matter in the times of a frame. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}

/** A project's id is what lets one edit: viewers never learn it. */
function forViewer(variant: Variant, access: Access): Variant {
  return access.shareId === null ? variant : withoutProject(variant);
}

function withoutProject(variant: Variant): Variant {
  return { ...variant, projectId: "" as ProjectId };
}

function describeLanes(lanes: Lanes): LaneInfo[] {
  return (["fast", "deep"] as const).map((lane) => ({
    lane,
    name: lanes[lane].name,
    builtIn: lanes[lane].builtIn,
  }));
}
