/**
 * One room, several processes: what happened here is told to the same room elsewhere, and what happened there is heard.
 * Frames are numbered per sender; a gap means that a message was lost, and the sender is asked for its drafts anew (the
 * documents themselves come from the log).
 */
import type { ProjectId, TurnId, VariantId } from "#lib/project/ids.ts";
import type { Person } from "#lib/project/rows.ts";
import type { DraftState, FramePart, Presence, ServerToClient } from "#lib/wire/events.ts";
import { decodeFrame, factOfPart } from "#lib/wire/frame.ts";
import { type Broadcast, createBroadcast } from "./broadcast.ts";
import type { Bus, BusMessage } from "./bus.ts";
import { DraftStates } from "./draft-states.ts";

export type RoomLinkOptions = {
  bus: Bus;
  projectId: ProjectId;
  now: () => number;
  slots(): [slot: number, VariantId][];
  /** What this process knows by itself: its people and the drafts of its turns. */
  state(): { people: Person[]; drafts: [VariantId, DraftState[]][] };
  /** Parts of another process, in its order; each is applied before the next message is read. */
  onParts(parts: { variantId: VariantId; part: FramePart }[]): Promise<void>;
  onFact(event: keyof ServerToClient, body: unknown): Promise<void>;
  /** Drafts of another process were replaced, not continued. */
  onDraftsReplaced(): void;
  onPeople(): void;
  onPresence(): void;
  onError(what: string, error: unknown): void;
};

type Peer = {
  heardAt: number;
  number: number | null;
  people: Person[];
  places: Presence[];
  drafts: Map<VariantId, DraftStates>;
  turnIds: Map<string, TurnId>;
};

/** Who says nothing for so long is gone, and its people with it. */
const PEER_GONE_MS = 10_000;

export class RoomLink {
  private readonly options: RoomLinkOptions;
  private readonly outgoing: Broadcast;
  private readonly peers = new Map<string, Peer>();
  private number = 0;
  private hearing: Promise<void> = Promise.resolve();
  private muted = false;

  constructor(options: RoomLinkOptions) {
    this.options = options;
    const { projectId } = options;
    this.outgoing = createBroadcast((bytes) => {
      this.tell({ type: "frame", projectId, number: this.number++, slots: options.slots(), bytes });
    }, options.now);
    this.tell({ type: "hello", projectId });
  }

  parts(...parts: FramePart[]): void {
    this.outgoing.add(...parts);
  }

  fact(event: keyof ServerToClient, body: unknown): void {
    this.outgoing.flush();
    this.tell({ type: "fact", projectId: this.options.projectId, event, body });
  }

  /** Said now and then too, so that others know this process lives. */
  tellState(): void {
    this.outgoing.flush();
    this.tell({ type: "state", projectId: this.options.projectId, ...this.options.state() });
  }

  hear(message: BusMessage, from: string): void {
    const take = () => this.take(message, from);
    this.hearing = this.hearing
      .then(take)
      .catch((error: unknown) => this.options.onError("a message of another process", error));
  }

  people(): Person[] {
    return [...this.peers.values()].flatMap((peer) => peer.people);
  }

  presence(): Presence[] {
    return [...this.peers.values()].flatMap((peer) => peer.places);
  }

  tellPresence(places: Presence[]): void {
    this.tell({ type: "presence", projectId: this.options.projectId, places });
  }

  draftsOf(variantId: VariantId): DraftState[] {
    return [...this.peers.values()].flatMap((peer) => peer.drafts.get(variantId)?.list() ?? []);
  }

  /** The turn has ended: none of its drafts is open, whatever was heard of them. Gives those that were. */
  closeDrafts(variantId: VariantId): DraftState[] {
    const open = this.draftsOf(variantId);
    for (const peer of this.peers.values()) peer.drafts.delete(variantId);
    return open;
  }

  forgetSilent(): void {
    const before = this.peers.size;
    for (const [from, peer] of this.peers)
      if (this.options.now() - peer.heardAt > PEER_GONE_MS) this.peers.delete(from);
    if (this.peers.size < before) this.options.onPeople();
  }

  /** Nothing more is told from here: another process has taken the room's turns over. */
  mute(): void {
    this.muted = true;
  }

  close(): void {
    this.outgoing.flush();
    this.outgoing.close();
    this.tell({ type: "state", projectId: this.options.projectId, people: [], drafts: [] });
    this.muted = true;
  }

  private tell(message: BusMessage): void {
    if (!this.muted) this.options.bus.publish(message);
  }

  private async take(message: BusMessage, from: string): Promise<void> {
    const peer = this.peer(from);
    if (message.type === "hello") this.tellState();
    else if (message.type === "state") this.takeState(peer, message);
    else if (message.type === "presence") {
      peer.places = message.places;
      this.options.onPresence();
    } else if (message.type === "fact") await this.options.onFact(message.event, message.body);
    else if (message.type === "frame") await this.takeFrame(peer, message);
  }

  private takeState(peer: Peer, { people, drafts }: BusMessage & { type: "state" }): void {
    const isOther = JSON.stringify(peer.people) !== JSON.stringify(people);
    peer.people = people;
    if (isOther) this.options.onPeople();
    const before = [...peer.drafts].flatMap(([, states]) => states.list());
    peer.drafts = new Map(drafts.map(([variantId, states]) => [variantId, new DraftStates(states)]));
    peer.turnIds = new Map(
      drafts.flatMap(([variantId, states]) =>
        states.map(({ editId, turnId }) => [`${variantId}:${editId}`, turnId] as const),
      ),
    );
    const after = drafts.flatMap(([, states]) => states);
    if (JSON.stringify(before) !== JSON.stringify(after)) this.options.onDraftsReplaced();
  }

  private async takeFrame(peer: Peer, message: BusMessage & { type: "frame" }): Promise<void> {
    const frame = decodeFrame(new Uint8Array(message.bytes));
    if (!frame) return;
    const isGap = peer.number !== null && message.number !== peer.number + 1;
    peer.number = message.number;
    const variants = new Map(message.slots);
    const parts = frame.parts.flatMap((part) => {
      const variantId = variants.get(part.slot);
      return variantId ? [{ variantId, part }] : [];
    });
    for (const { variantId, part } of parts) this.follow(peer, variantId, part);
    await this.options.onParts(parts);
    if (isGap) this.tell({ type: "hello", projectId: this.options.projectId });
  }

  private follow(peer: Peer, variantId: VariantId, part: FramePart): void {
    if (part.kind === "update" || part.kind === "update-drawn") return;
    const fact = factOfPart(part);
    const key = `${variantId}:${fact.editId}`;
    if (part.kind === "draft-start") peer.turnIds.set(key, part.draft.turnId);
    const drafts = peer.drafts.get(variantId) ?? new DraftStates();
    drafts.apply(fact, peer.turnIds.get(key) ?? ("" as TurnId));
    peer.drafts.set(variantId, drafts);
  }

  private peer(from: string): Peer {
    const peer = this.peers.get(from) ?? {
      heardAt: 0,
      number: null,
      people: [],
      places: [],
      drafts: new Map<VariantId, DraftStates>(),
      turnIds: new Map<string, TurnId>(),
    };
    peer.heardAt = this.options.now();
    this.peers.set(from, peer);
    return peer;
  }
}
