/** The live meeting place of one project: its documents, its people, its running turns. Loaded when the first one comes. */
import type { CommitId, ProjectId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { StoredPlan } from "#lib/project/plan.ts";
import type { Checkpoint, Lane, Person, Project, Turn, Variant } from "#lib/project/rows.ts";
import { instructionsFor } from "#lib/prompt/instructions.ts";
import { drawFrom } from "#lib/wire/drawn.ts";
import type {
  DraftState,
  FramePart,
  Joined,
  JoinedVariant,
  Place,
  Presence,
  ServerToClient,
} from "#lib/wire/events.ts";
import type { BusMessage } from "./bus.ts";
import { Channels, type RoomSocket } from "./channels.ts";
import { Documents } from "./documents.ts";
import { Elsewhere } from "./elsewhere.ts";
import { createFixes } from "./fixes.ts";
import { type Described, describeDocuments, join, type KnownVectors, withoutProject } from "./join.ts";
import { watchLanes } from "./lane-infos.ts";
import type { LiveDocument } from "./live-document.ts";
import { Looks } from "./looks.ts";
import { createPeople } from "./people.ts";
import { Plans } from "./plans.ts";
import { createPresence, type PresenceBoard } from "./presence.ts";
import type { RoomOptions } from "./room-options.ts";
import { lookOptions, planOptions, turnOptions } from "./room-parts.ts";
import { TurnRunner } from "./turns.ts";

const BEACON_MS = 1_000;

/** What storage has of a project when its room opens. */
type Rows = {
  variants: Variant[];
  turns: Turn[];
  checkpoints: Checkpoint[];
  scopes: VariantId[];
  plan: StoredPlan | null;
};

export class Room {
  project: Project;
  variants: Variant[];
  checkpoints: Checkpoint[];
  readonly options: RoomOptions;
  readonly people = createPeople();
  readonly fixes = createFixes();
  readonly documents: Documents;
  readonly channels: Channels;
  readonly turns: TurnRunner;
  readonly plans: Plans;
  readonly looks: Looks;
  readonly elsewhere: Elsewhere;
  /** Of this run's copies of the documents. */
  readonly epoch: string;
  private readonly presence: PresenceBoard;

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

  private constructor(options: RoomOptions, project: Project, rows: Rows) {
    const { answering, now, id, io, load, figures } = options;
    this.options = options;
    this.project = project;
    this.variants = rows.variants;
    this.checkpoints = rows.checkpoints;
    this.epoch = id();
    this.lastUsedAt = now();
    this.documents = new Documents({
      ...{ ...options, newId: id },
      variant: (variantId) => this.variant(variantId),
      onLocalUpdate: (variantId, slot, bytes) => this.relay(slot, bytes, this.turns.draftsOf(variantId)),
      onCommit: (variantId, commitId) => this.committed(variantId, commitId),
    });
    this.channels = new Channels({
      ...{ io, load, figures, projectId: project.id, scopes: rows.scopes, turns: this },
      slotOf: (variantId) => this.documents.slotOf(variantId),
    });
    this.presence = createPresence((places) => {
      this.elsewhere.link.tellPresence(places);
      return this.sendPresence(places);
    });
    this.turns = new TurnRunner(turnOptions(this), rows.turns);
    this.plans = new Plans(planOptions(this), rows.plan);
    this.looks = new Looks(lookOptions(this));
    this.unwatchLanes = watchLanes(answering, (lanes) => this.channels.emit("lanes", lanes));
    this.elsewhere = new Elsewhere(this);
    this.beacon = setInterval(
      () => void this.channels.sendBeacon(this.epoch, this.documents.all()),
      BEACON_MS,
    );
  }

  variant(id: VariantId): Variant | null {
    return this.variants.find((variant) => variant.id === id) ?? null;
  }

  live(id: VariantId): Promise<LiveDocument> {
    return this.documents.live(id);
  }

  /** `drafts` are those that our pages have: what stands in one is not sent again. */
  relay(slot: number, bytes: Uint8Array, drafts: DraftState[] = []): void {
    const drawn = drawFrom(bytes, drafts);
    this.channels.add(drawn ? { kind: "update-drawn", slot, ...drawn } : { kind: "update", slot, bytes });
    this.elsewhere.link.parts({ kind: "update", slot, bytes });
  }

  send(...parts: FramePart[]): void {
    this.channels.add(...parts);
    this.elsewhere.link.parts(...parts);
  }

  /** To everyone in the room, on every process. */
  emit<Event extends keyof ServerToClient>(event: Event, ...body: Parameters<ServerToClient[Event]>): void {
    this.channels.emit(event, ...body);
    this.elsewhere.link.fact(event, body[0]);
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

  async join(socket: RoomSocket, known: KnownVectors): Promise<Joined> {
    this.lastUsedAt = this.options.now();
    return join(this, socket, known);
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
    this.channels.leave(socket);
    this.presence.leave(socket.id);
    this.lastUsedAt = this.options.now();
    this.peopleChanged();
  }

  /** People of all processes; one who has tabs on two is one. */
  everyone(): Person[] {
    const people = new Map<string, Person>();
    for (const person of [...this.people.list(), ...this.elsewhere.link.people()]) {
      const known = people.get(person.id);
      people.set(person.id, {
        ...person,
        ...known,
        connections: person.connections + (known?.connections ?? 0),
      });
    }
    return [...people.values()];
  }

  sendPresence(own?: Presence[]): boolean {
    return this.channels.sendPresence(this.places(own));
  }

  /** With those of other processes. */
  places(own = this.presence.list()): Presence[] {
    return [...own, ...this.elsewhere.link.presence()];
  }

  peopleChanged(): void {
    this.channels.emit("people", this.everyone());
    this.elsewhere.link.tellState();
  }

  describeDocuments(variants: Variant[], known: KnownVectors): Promise<Described> {
    return describeDocuments(this, variants, known);
  }

  addVariants(variants: Variant[], documents: JoinedVariant[]): void {
    this.channels.emit("variant-add", { variants: variants.map(withoutProject), documents });
    this.elsewhere.link.fact("variant-add", variants);
  }

  /** To the pages of this process. */
  async showVariants(variants: Variant[]): Promise<void> {
    const { documents } = await this.describeDocuments(variants, new Map());
    this.channels.emit("variant-add", { variants: variants.map(withoutProject), documents });
  }

  changeProject(change: Partial<Pick<Project, "title" | "network">>): void {
    this.project = { ...this.project, ...change };
    const { title, network } = this.project;
    this.emit("project-change", { title, network });
  }

  changeVariant(variant: Variant): void {
    this.putVariant(variant);
    this.showVariant(variant);
    this.elsewhere.link.fact("variant-change", variant);
  }

  putVariant(variant: Variant): void {
    this.variants = this.variants.map((each) => (each.id === variant.id ? variant : each));
  }

  /** To the pages of this process alone. */
  showVariant(variant: Variant): void {
    this.channels.emit("variant-change", withoutProject(variant));
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
    this.elsewhere.link.close();
    await this.documents.settle();
    this.channels.close();
    await this.documents.close();
  }

  /** A message of the same room on another process, or of another room. */
  hear(message: BusMessage, from: string): void {
    if ("projectId" in message && message.projectId === this.project.id)
      this.elsewhere.link.hear(message, from);
  }

  /** This process was away so long that another has taken a variant over: its copies are not the truth any more. */
  async abandon(): Promise<void> {
    this.elsewhere.link.mute();
    await this.documents.abandon();
    this.channels.disconnectAll();
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

  letGo(variantId: VariantId): void {
    setImmediate(() => this.options.leases.release(variantId, () => !this.turns.isRunning(variantId)));
  }
}
