/** The live meeting place of one project: its documents, its people, its running turns. Loaded when the first one comes. */
import type { Server, Socket } from "socket.io";
import type { EditTarget } from "#lib/edit/types.ts";
import type { Packages } from "#lib/packages/types.ts";
import type { CommitId, ProjectId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Plan, StoredPlan } from "#lib/project/plan.ts";
import type { Checkpoint, Lane, Person, Project, Turn, Variant } from "#lib/project/rows.ts";
import { instructionsFor } from "#lib/prompt/instructions.ts";
import type { GroupCommit } from "#lib/storage/group-commit.ts";
import type { Storage } from "#lib/storage/types.ts";
import type { Answering } from "#lib/turn/answering.ts";
import { drawFrom } from "#lib/wire/drawn.ts";
import type {
  ClientToServer,
  DraftState,
  FramePart,
  FrameTimes,
  Joined,
  JoinedVariant,
  Place,
  Presence,
  ServerToClient,
} from "#lib/wire/events.ts";
import { partOfFact } from "#lib/wire/frame.ts";
import { type Access, mayCommand } from "./access.ts";
import { firstRequestOf } from "./ask.ts";
import { type Broadcast, createBroadcast } from "./broadcast.ts";
import type { Bus, BusMessage } from "./bus.ts";
import type { Figures } from "./figures.ts";
import { createFixes } from "./fixes.ts";
import { describeLanes, watchLanes } from "./lane-infos.ts";
import type { Leases } from "./leases.ts";
import { LiveDocument } from "./live-document.ts";
import type { Load } from "./load.ts";
import { Looks } from "./looks.ts";
import { createPeople } from "./people.ts";
import { Plans } from "./plans.ts";
import { createPresence, type PresenceBoard } from "./presence.ts";
import { RoomLink, type RoomLinkOptions } from "./room-link.ts";
import { cutFact, cutFrame } from "./scope.ts";
import { createSlowViewers, type SlowViewers } from "./slow-viewers.ts";
import { TurnRunner } from "./turns.ts";

export type RoomServer = Server<ClientToServer, ServerToClient>;
export type RoomSocket = Socket<ClientToServer, ServerToClient> & { data: { access: Access } };

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

/** Hand edits become a commit after this long without one. */
const QUIET_COMMIT_MS = 5_000;
const BEACON_MS = 1_000;
/** Turns of another process that ended while its message was lost are looked for so far back. */
const POLL_TURNS_MS = 60_000;

export class Room {
  project: Project;
  readonly people = createPeople();
  readonly turns: TurnRunner;
  readonly plans: Plans;
  readonly looks: Looks;
  readonly fixes = createFixes();
  readonly options: RoomOptions;
  variants: Variant[];
  checkpoints: Checkpoint[];
  private readonly presence: PresenceBoard;
  /** Variants that have a link of their own: its pages are on a channel of their own. */
  private readonly scopes: Set<VariantId>;
  private readonly channel: string;
  private readonly epoch: string;
  private readonly broadcast: Broadcast;
  private readonly link: RoomLink;
  private readonly slow: SlowViewers;
  private readonly documents = new Map<VariantId, Promise<LiveDocument>>();
  private readonly slots = new Map<VariantId, number>();
  private readonly quiet = new Map<VariantId, NodeJS.Timeout>();
  private readonly beacon: NodeJS.Timeout;
  private readonly unwatchLanes: () => void;
  private lastUsedAt: number;

  static async load(options: RoomOptions, projectId: ProjectId): Promise<Room | null> {
    const { storage } = options;
    const project = await storage.getProject(projectId);
    if (!project) return null;
    const [variants, turns, checkpoints, shares, plan] = await Promise.all([
      storage.listVariants(projectId),
      storage.listTurns(projectId),
      storage.listCheckpoints(projectId),
      storage.listShares(projectId),
      storage.getPlan(projectId),
    ]);
    const scopes = shares.flatMap(({ variantId, revokedAt }) =>
      revokedAt === null && variantId !== null ? variantId : [],
    );
    return new Room(options, project, { variants, turns, checkpoints, scopes, plan });
  }

  private constructor(
    options: RoomOptions,
    project: Project,
    {
      variants,
      turns,
      checkpoints,
      scopes,
      plan,
    }: {
      variants: Variant[];
      turns: Turn[];
      checkpoints: Checkpoint[];
      scopes: VariantId[];
      plan: StoredPlan | null;
    },
  ) {
    this.options = options;
    this.project = project;
    this.variants = variants;
    this.checkpoints = checkpoints;
    this.scopes = new Set(scopes);
    this.channel = `room:${project.id}`;
    this.epoch = options.id();
    this.lastUsedAt = options.now();
    this.broadcast = createBroadcast(
      (bytes, times) => this.sendFrame(bytes, times),
      preciseNow,
      options.load.frameMs,
    );
    this.slow = createSlowViewers(options.figures.stale);
    this.presence = createPresence((places) => {
      this.link.tellPresence(places);
      return this.sendPresence(this.places(places));
    });
    this.turns = new TurnRunner(this.turnOptions(), turns);
    this.plans = new Plans(this.planOptions(), plan);
    this.looks = new Looks(this.lookOptions());
    this.unwatchLanes = watchLanes(options.answering, (lanes) => this.emitHere("lanes", lanes));
    this.link = new RoomLink(this.linkOptions());
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
      epoch: () => this.options.leases.epochOf(id),
      onLocalUpdate: (bytes) => this.relay(slot, bytes, this.turns.draftsOf(id)),
      onStorageError: (error) => onError("storing an edit", error),
    });
    this.documents.set(id, live);
    live.catch(() => this.documents.delete(id));
    return live;
  }

  /** `drafts` are those that our pages have: what stands in one is not sent again. */
  relay(slot: number, bytes: Uint8Array, drafts: DraftState[] = []): void {
    const drawn = drawFrom(bytes, drafts);
    this.broadcast.add(drawn ? { kind: "update-drawn", slot, ...drawn } : { kind: "update", slot, bytes });
    this.link.parts({ kind: "update", slot, bytes });
  }

  /** To everyone in the room, on every process. */
  emit<Event extends keyof ServerToClient>(event: Event, ...body: Parameters<ServerToClient[Event]>): void {
    this.emitHere(event, ...body);
    this.link.fact(event, body[0]);
  }

  private emitHere<Event extends keyof ServerToClient>(
    event: Event,
    ...body: Parameters<ServerToClient[Event]>
  ): void {
    // What was written before a fact must be seen before it.
    this.broadcast.flush();
    this.options.io.to(this.channel).emit(event, ...body);
    for (const variantId of this.scopes) {
      const cut = cutFact(this, variantId, event, body);
      if (cut) this.options.io.to(this.channelOf(variantId)).emit(event, ...cut);
    }
  }

  /** From now on there are frames and facts of this variant alone. */
  openScope(variantId: VariantId): void {
    this.scopes.add(variantId);
  }

  turnVariant(turnId: TurnId): VariantId | null {
    return this.turns.turns.find(({ id }) => id === turnId)?.variantId ?? null;
  }

  /** Where a variant began, what its turns ended with, and what got a name. */
  isInHistory(variantId: VariantId, commitId: CommitId): boolean {
    const variant = this.variant(variantId);
    return (
      variant?.baseCommitId === commitId ||
      variant?.headCommitId === commitId ||
      [...this.turns.turns, ...this.checkpoints].some(
        (each) => each.variantId === variantId && each.commitId === commitId,
      )
    );
  }

  changeCheckpoints(checkpoints: Checkpoint[]): void {
    this.checkpoints = checkpoints;
    this.emit("checkpoints", checkpoints);
  }

  /** Where a page is now; who it is was settled when it joined. */
  place(socket: RoomSocket, place: Place): void {
    const person = this.people.of(socket.id);
    if (person) this.presence.put(socket.id, person.id, place);
  }

  renamePerson(socket: RoomSocket, name: string): void {
    this.people.rename(socket.id, name);
    this.peopleChanged();
  }

  private send(...parts: FramePart[]): void {
    this.broadcast.add(...parts);
    this.link.parts(...parts);
  }

  /** The socket joins the fan-out before the state is read, so that nothing falls between. */
  async join(socket: RoomSocket, known: ReadonlyMap<string, Uint8Array>): Promise<Joined> {
    const { access } = socket.data;
    const { variantId } = access;
    if (variantId !== null) this.openScope(variantId);
    await socket.join(variantId === null ? this.channel : this.channelOf(variantId));
    this.lastUsedAt = this.options.now();
    if (mayCommand(access.role, "warm")) for (const lane of ["fast", "deep"] as const) this.warm(lane);
    const person = this.people.join(socket.id, access.guestId ?? socket.id, access.name, access.role);
    const isSeen = (id: VariantId | null) => variantId === null || id === variantId;
    const variants = this.variants.filter(({ id }) => isSeen(id));
    const { documents, sequence } = await this.describeDocuments(variants, known);
    this.peopleChanged();
    return {
      epoch: this.epoch,
      role: access.role,
      personId: person.id,
      project: { ...this.project, id: access.shareId === null ? this.project.id : null },
      variants: variants.map((variant) => forViewer(variant, access)),
      documents,
      sequence,
      lanes: describeLanes(this.options.answering),
      waits: this.turns.waits().filter(([turnId]) => isSeen(this.turnVariant(turnId))),
      plan: variantId === null ? this.plans.current : null,
      sameness: variantId === null ? this.looks.current : null,
      turns: this.turns.turns.filter((turn) => isSeen(turn.variantId)),
      people: this.everyone(),
      presence: this.places(this.presence.list()).filter((place) => isSeen(place.variantId)),
      checkpoints: this.checkpoints.filter((each) => isSeen(each.variantId)),
    };
  }

  /** Opens a lane's connections before they are needed, and hands over what every prompt begins with. */
  warm(lane: Lane): void {
    const { answering } = this.options;
    const { driver } = answering.of(lane);
    const content = instructionsFor(answering.record.formatOf(driver.name));
    void driver.warm([{ role: "system", content }]);
  }

  leave(socket: RoomSocket): void {
    this.people.leave(socket.id);
    this.slow.forget(socket.id);
    this.presence.leave(socket.id);
    this.lastUsedAt = this.options.now();
    this.peopleChanged();
  }

  /** People of all processes; one who has tabs on two is one. */
  everyone(): Person[] {
    const people = new Map<string, Person>();
    for (const person of [...this.people.list(), ...this.link.people()]) {
      const known = people.get(person.id);
      people.set(person.id, {
        ...person,
        ...known,
        connections: person.connections + (known?.connections ?? 0),
      });
    }
    return [...people.values()];
  }

  /** With those of other processes. */
  private places(own: Presence[]): Presence[] {
    return [...own, ...this.link.presence()];
  }

  private peopleChanged(): void {
    this.emitHere("people", this.everyone());
    this.link.tellState();
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
    this.emitHere("variant-add", { variants: variants.map(withoutProject), documents });
    this.link.fact("variant-add", variants);
  }

  changeProject(change: Partial<Pick<Project, "title" | "network">>): void {
    this.project = { ...this.project, ...change };
    const { title, network } = this.project;
    this.emit("project-change", { title, network });
  }

  changeVariant(variant: Variant): void {
    this.variants = this.variants.map((each) => (each.id === variant.id ? variant : each));
    this.emitHere("variant-change", withoutProject(variant));
    this.link.fact("variant-change", variant);
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
    const isEmpty =
      this.people.list().length === 0 && this.turns.runningCount === 0 && !this.plans.isPlanning;
    return isEmpty && this.options.now() - this.lastUsedAt > ms;
  }

  async close(): Promise<void> {
    clearInterval(this.beacon);
    this.unwatchLanes();
    const planStored = this.plans.close();
    this.presence.close();
    await Promise.all([this.turns.close(), planStored]);
    this.link.close();
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
      await live?.close();
    }
  }

  private channelOf(variantId: VariantId): string {
    return `${this.channel}:${variantId}`;
  }

  /** Volatile: who is slow gets the next one. What people write does not wait for it, nor it for them. */
  private sendPresence(places: Presence[]): boolean {
    const { io, load } = this.options;
    if (!load.tellsPresence()) return false;
    io.to(this.channel).volatile.emit("presence", places);
    for (const variantId of this.scopes) {
      const own = places.filter((place) => place.variantId === variantId);
      io.to(this.channelOf(variantId)).volatile.emit("presence", own);
    }
    return true;
  }

  private sendFrame(bytes: Uint8Array, { oldestTokenMs, sentMs }: FrameTimes): void {
    const { io, load, figures } = this.options;
    figures.frame(bytes.byteLength, sentMs - oldestTokenMs);
    const slow = this.slow.leaveOut(this.sockets(), load.staleBytes());
    io.to(this.channel).except(slow).emit("frame", bytes);
    for (const variantId of this.scopes) {
      const cut = cutFrame(bytes, this.slotOf(variantId));
      if (cut) io.to(this.channelOf(variantId)).except(slow).emit("frame", cut);
    }
  }

  /** The sockets of this process that are in the room. */
  *sockets(): Generator<RoomSocket> {
    const { sockets, adapter } = this.options.io.sockets;
    for (const channel of [this.channel, ...[...this.scopes].map((id) => this.channelOf(id))])
      for (const id of adapter.rooms.get(channel) ?? []) {
        const socket = sockets.get(id);
        if (socket) yield socket as RoomSocket;
      }
  }

  private slotOf(id: VariantId): number {
    const slot = this.slots.get(id) ?? this.slots.size;
    this.slots.set(id, slot);
    return slot;
  }

  private describe(variant: Variant, live: LiveDocument, known: Uint8Array | undefined): JoinedVariant {
    const drafts: DraftState[] = [...this.turns.draftsOf(variant.id), ...this.link.draftsOf(variant.id)];
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
    const here = [...this.sockets()];
    if (here.length === 0) return;
    // Also when nothing is sent any more, who was left out must hear that it may join again.
    this.slow.leaveOut(here, this.options.load.staleBytes());
    void Promise.all(this.documents.values()).then((documents) => {
      const vectors = documents.map(({ slot, document }): [number, Uint8Array] => [
        slot,
        document.stateVector(),
      ]);
      const { local } = this.options.io;
      local.to(this.channel).volatile.emit("beacon", { epoch: this.epoch, vectors });
      for (const variantId of this.scopes) {
        const own = vectors.filter(([slot]) => slot === this.slotOf(variantId));
        local.to(this.channelOf(variantId)).volatile.emit("beacon", { epoch: this.epoch, vectors: own });
      }
    });
  }

  private turnOptions(): ConstructorParameters<typeof TurnRunner>[0] {
    const { storage, answering, accepts, now, id, onError } = this.options;
    return {
      projectId: this.project.id,
      answering,
      storage: {
        ...storage,
        // Text, then the turn's end, then the lease: another process would refuse the one and cut the other.
        endTurn: async (turn, rawOutput) => {
          await this.options.log.flush();
          await storage.endTurn(turn, rawOutput).finally(() => this.letGo(turn.variantId));
        },
      },
      hold: async (variantId) => (await this.hold([variantId])).length === 0,
      accepts,
      now,
      onError,
      newId: id,
      variant: (variantId) => this.variant(variantId) as Variant,
      variantsOfSet: (setNumber) => this.variants.filter((variant) => variant.setNumber === setNumber),
      plansSpent: () => this.plans.spentTokens,
      live: (variantId) => this.live(variantId),
      emit: {
        start: (turn) => this.emit("turn-start", turn),
        change: (turn) => this.emit("turn-change", turn),
        wait: (turnId, wait) => this.emit("turn-wait", { turnId, wait }),
        text: () => this.broadcast.textCame(),
        progress: (progress) => this.emit("turn-progress", progress),
        end: (turn) => this.emit("turn-end", turn),
        drafts: (slot, turnId, facts) => this.send(...facts.map((fact) => partOfFact(fact, slot, turnId))),
        committed: (variantId, commitId) => this.committed(variantId, commitId),
        named: (variantId, name) => this.nameVariant(variantId, name),
      },
    };
  }

  private planOptions(): ConstructorParameters<typeof Plans>[0] {
    const { answering, onError } = this.options;
    return {
      answering,
      turns: this.turns,
      variant: (variantId) => this.variant(variantId) as Variant,
      request: (text, variantIds) => firstRequestOf(text, this.project.id, variantIds.length),
      usedNames: () => this.namesSoFar(),
      emit: (plan) => this.emit("plan", plan),
      store: (plan) => this.options.storage.setPlan(this.project.id, plan),
      named: (variantId, name, instead) => this.nameVariant(variantId, name, instead),
      onError,
    };
  }

  /** A message of the same room on another process, or of another room. */
  hear(message: BusMessage, from: string): void {
    if ("projectId" in message && message.projectId === this.project.id) this.link.hear(message, from);
  }

  private linkOptions(): RoomLinkOptions {
    const { bus, onError } = this.options;
    return {
      bus,
      projectId: this.project.id,
      now: preciseNow,
      slots: () => [...this.slots].map(([variantId, slot]) => [slot, variantId]),
      state: () => ({
        people: this.people.list(),
        drafts: this.variants.flatMap(({ id }): [VariantId, DraftState[]][] => {
          const drafts = this.turns.draftsOf(id);
          return drafts.length > 0 ? [[id, drafts]] : [];
        }),
      }),
      onParts: (parts) => this.takeParts(parts),
      onFact: (event, body) => this.takeFact(event, body),
      onDraftsReplaced: () => this.emitHere("resync"),
      onPresence: () => void this.sendPresence(this.places(this.presence.list())),
      onPeople: () => this.emitHere("people", this.everyone()),
      onError,
    };
  }

  private lookOptions(): ConstructorParameters<typeof Looks>[0] {
    const { answering, id, onError } = this.options;
    return {
      turns: this.turns,
      isDesigner: (lane) => answering.of(lane).driver.builtIn,
      variants: () => this.variants,
      live: (variantId) => this.live(variantId),
      otherDirection: ({ prompt }) => {
        const used = this.directionNames();
        const request = firstRequestOf(prompt, this.project.id, this.variants.length);
        const more = answering.pickDirections(request, used.size + 3);
        return more.find(({ name }) => !used.has(name)) ?? null;
      },
      redirect: (variantId, direction) => {
        this.nameVariant(variantId, direction.name, this.plans.directionOf(variantId)?.name ?? "");
        this.plans.redirect(variantId, direction);
      },
      newId: id,
      emit: (sameness) => this.emit("sameness", sameness),
      onError,
    };
  }

  /** What another process relayed: into our copy if it is open, and on to our own sockets. */
  private async takeParts(parts: { variantId: VariantId; part: FramePart }[]): Promise<void> {
    for (const { variantId, part } of parts) {
      const live = await this.documents.get(variantId)?.catch(() => null);
      if (part.kind === "update") live?.hear(part.bytes, this.options.now());
      if (live) this.broadcast.add({ ...part, slot: live.slot });
    }
  }

  private async takeFact(event: keyof ServerToClient, body: unknown): Promise<void> {
    // Our own processes say what they mean: the bodies are those of `emit`, but for whole rows of variants.
    if (event === "turn-start" || event === "turn-change" || event === "turn-end")
      this.takeTurn(body as Turn);
    else if (event === "variant-add") await this.takeVariants(body as Variant[]);
    else if (event === "variant-change") await this.takeVariant(body as Variant);
    else if (event === "project-change") this.takeProject(body as Pick<Project, "title" | "network">);
    else if (event === "checkpoints") {
      this.checkpoints = body as Checkpoint[];
      this.emitHere("checkpoints", this.checkpoints);
    } else if (event === "plan") {
      await this.plans.heard(body as Plan, () => this.options.storage.getPlan(this.project.id));
      this.emitHere(event, body as Plan);
    } else if (event === "turn-wait" || event === "sameness") this.emitHere(event, body as never);
    else if (event === "turn-progress" || event === "package-add")
      this.emitHere(event, body as Parameters<ServerToClient[typeof event]>[0] as never);
  }

  private takeTurn(turn: Turn): void {
    const at = this.turns.turns.findIndex((each) => each.id === turn.id);
    if (at === -1) this.turns.turns.push(turn);
    else this.turns.turns[at] = turn;
    const slot = this.slotOf(turn.variantId);
    for (const { editId } of turn.endedAt === null ? [] : this.link.closeDrafts(turn.variantId))
      this.broadcast.add({ kind: "draft-end", slot, editId, result: "cut" });
    this.emitHere(turn.endedAt === null ? "turn-start" : "turn-end", turn);
  }

  private async takeVariants(variants: Variant[]): Promise<void> {
    const fresh = variants.filter(({ id }) => !this.variant(id));
    if (fresh.length === 0) return;
    this.variants = [...this.variants, ...fresh].sort(byPlace);
    const { documents } = await this.describeDocuments(fresh, new Map());
    this.emitHere("variant-add", { variants: fresh.map(withoutProject), documents });
  }

  private async takeVariant(variant: Variant): Promise<void> {
    this.variants = this.variants.map((each) => (each.id === variant.id ? variant : each));
    (await this.documents.get(variant.id)?.catch(() => null))?.headMoved(variant.headCommitId);
    this.emitHere("variant-change", withoutProject(variant));
  }

  private takeProject({ title, network }: Pick<Project, "title" | "network">): void {
    this.project = { ...this.project, title, network };
    this.emitHere("project-change", { title, network });
  }

  /** What messages of other processes should have told: the log and the rows are the truth. */
  async poll(): Promise<void> {
    const { storage, now } = this.options;
    this.link.tellState();
    this.link.forgetSilent();
    for (const live of await Promise.all(this.documents.values())) {
      const fresh = await live.catchUp(now());
      for (const bytes of fresh) this.broadcast.add({ kind: "update", slot: live.slot, bytes });
    }
    const [variants, turns, project] = await Promise.all([
      storage.listVariants(this.project.id),
      storage.listTurns(this.project.id, now() - POLL_TURNS_MS),
      storage.getProject(this.project.id),
    ]);
    await this.takeVariants(variants);
    for (const variant of variants)
      if (isOther(this.variant(variant.id), variant)) await this.takeVariant(variant);
    for (const turn of turns) this.pollTurn(turn);
    if (project && (project.title !== this.project.title || isOther(project.network, this.project.network)))
      this.takeProject(project);
  }

  private pollTurn(turn: Turn): void {
    const known = this.turns.turns.find(({ id }) => id === turn.id);
    if (!known || (known.endedAt === null && turn.endedAt !== null && !this.turns.isRunning(turn.variantId)))
      this.takeTurn(turn);
  }

  /** Turns of a process that is gone were cut in storage; so are those that waited behind them and were never stored. */
  async cutTurns(turnIds: readonly string[], variantId: VariantId, message: string): Promise<void> {
    const { storage, now } = this.options;
    if (this.turns.isRunning(variantId)) return;
    const open = this.turns.turns.filter(
      (turn) => turn.variantId === variantId && (turn.endedAt === null || turnIds.includes(turn.id)),
    );
    for (const turn of open) {
      const cut: Turn = { ...turn, state: "cut", message, endedAt: now() };
      if (!turnIds.includes(turn.id)) await storage.endTurn(cut, "");
      this.takeTurn(cut);
      this.link.fact("turn-end", cut);
    }
  }

  /** This process was away so long that another has taken a variant over: its copies are not the truth any more. */
  async abandon(): Promise<void> {
    this.link.mute();
    for (const loading of this.documents.values()) (await loading.catch(() => null))?.abandon();
    this.options.io.in(this.channel).disconnectSockets(true);
    await this.close();
  }

  /** Holds variants, so that their turns may run here; gives those that another process holds. */
  async hold(variantIds: readonly VariantId[]): Promise<VariantId[]> {
    const { leases } = this.options;
    const held = await Promise.all(variantIds.map(async (id) => ((await leases.hold(id)) ? [] : [id])));
    return held.flat();
  }

  /** The process that holds the variant now. */
  holderOf(variantId: VariantId): Promise<string | null> {
    return this.options.storage.leaseOwner(variantId);
  }

  /** A prompt sent again may have begun in another process, whose message was lost: then its turns are known from storage. */
  async learnTurns(ids: readonly TurnId[]): Promise<void> {
    const { bus, storage, now } = this.options;
    if (!bus.isShared || ids.every((id) => this.turns.turns.some((turn) => turn.id === id))) return;
    const recent = await storage.listTurns(this.project.id, now() - POLL_TURNS_MS);
    for (const turn of recent) if (ids.includes(turn.id)) this.pollTurn(turn);
  }

  letGo(variantId: VariantId): void {
    setImmediate(() => this.options.leases.release(variantId, () => !this.turns.isRunning(variantId)));
  }

  private directionNames(): Set<string> {
    const planned = this.plans.current?.variants.flatMap(({ direction }) => direction?.name ?? []) ?? [];
    return new Set([...this.namesSoFar(), ...planned]);
  }

  /** Of directions, as far as they are remembered: variants are called after theirs. */
  private namesSoFar(): Set<string> {
    const said = this.turns.turns.flatMap(
      ({ answer }) => /^Direction: ([^\n.]{1,40})/.exec(answer)?.[1] ?? [],
    );
    return new Set([...this.variants.map(({ name }) => name), ...said].filter((name) => name !== ""));
  }

  /** Only where it is still called so: a name that a person gave stays. */
  private nameVariant(variantId: VariantId, name: string, instead = ""): void {
    const variant = this.variant(variantId);
    if (variant?.name !== instead) return;
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

function byPlace(one: Variant, other: Variant): number {
  return one.setNumber - other.setNumber || one.position - other.position || one.createdAt - other.createdAt;
}

function isOther(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

/** A project's id is what lets one edit: viewers never learn it. */
function forViewer(variant: Variant, access: Access): Variant {
  return access.shareId === null ? variant : withoutProject(variant);
}

function withoutProject(variant: Variant): Variant {
  return { ...variant, projectId: "" as ProjectId };
}
