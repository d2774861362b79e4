/** The page's side of a room: replicas of the documents, the drafts, and the facts as one snapshot for React. */
import { io, type Socket } from "socket.io-client";
import { createDraftBook, type DraftBook, draftId } from "#lib/document/draft-book.ts";
import { VariantDocument } from "#lib/document/variant-document.ts";
import type { ProjectId, VariantId } from "#lib/project/ids.ts";
import type { Network } from "#lib/project/network.ts";
import type { Checkpoint, Person, Role, Turn, Variant } from "#lib/project/rows.ts";
import { type Drawn, redraw } from "#lib/wire/drawn.ts";
import {
  type Ack,
  type Answers,
  type ByeCode,
  type ClientToServer,
  type CommandName,
  type Commands,
  type Credentials,
  type Joined,
  type JoinedVariant,
  type LaneInfo,
  type LiveProgress,
  type Place,
  type Plan,
  type Presence,
  type Sameness,
  type ServerToClient,
  SOCKET_PATH,
  type TurnWait,
} from "#lib/wire/events.ts";
import { decodeFrame, factOfPart } from "#lib/wire/frame.ts";
import { isAhead } from "./ahead.ts";
import { createKeeper, type Keeper } from "./keeper.ts";
import { emptyRoom } from "./no-room.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { followPage } from "./page-life.ts";
import { createStore } from "./store.ts";
import { createTrace, type Trace } from "./trace.ts";

export type Progress = Omit<LiveProgress, "turnId">;

export type RoomSnapshot = {
  status: "connecting" | "live" | "reconnecting" | "ended";
  ended: ByeCode | null;
  role: Role | null;
  personId: string | null;
  project: { id: ProjectId | null; title: string; network: Network | null } | null;
  variants: Variant[];
  turns: Turn[];
  people: Person[];
  /** Where the pages of other people are; this page's own place is not in it. */
  presence: Presence[];
  checkpoints: Checkpoint[];
  lanes: LaneInfo[];
  /** Why turns that were taken do not write yet, by their ids. */
  waits: Record<string, TurnWait>;
  plan: Plan | null;
  sameness: Sameness | null;
  /** How many packages were added while this page is open: previews that wait for one try again. */
  addedPackages: number;
  progress: Record<string, Progress>;
  /** Updates of this page that are not stored yet. */
  pendingUpdates: number;
  /** Why edits are not stored just now: they wait in this page, and are sent again. */
  storing: "storage-failed" | "storage-full" | null;
  /** How long the last one took to be stored. */
  savedMs: number | null;
};

export type RoomClient = {
  /** Where the time of a token goes, measured in this page. */
  readonly trace: Trace;
  getSnapshot(): RoomSnapshot;
  subscribe(listener: () => void): () => void;
  document(variantId: VariantId): VariantDocument | null;
  drafts(variantId: VariantId): DraftBook | null;
  command<Name extends CommandName>(name: Name, body: Commands[Name]): Promise<Ack<Answers[Name]>>;
  /** Tells the others where this page is; said again after each join. */
  place(place: Place): void;
  close(): void;
};

type Replica = {
  document: VariantDocument;
  drafts: DraftBook;
  slot: number;
  turnIds: Map<number, string>;
  behind: number;
};

const ACK_MS = 15_000;
/** After a join that was not answered well. */
const JOIN_AGAIN_MS = 1_000;
const CLOCK_QUESTIONS = 3;
/** npm has a minute on the server, and others may be before us. */
const SLOW_ACK_MS: Partial<Record<CommandName, number>> = { "add-package": 180_000 };
/** A short loss is not worth a word. */
const SAY_RECONNECTING_MS = 1_000;
const FINAL: ReadonlySet<string> = new Set<ByeCode>([
  "unauthorized",
  "gone",
  "expired",
  "password",
  "full",
  "old-client",
  "unknown-project",
]);

/** Connects at once and keeps connected until `close`. `url` defaults to the page's own origin. */
export function connectRoom({ credentials, url }: { credentials: Credentials; url?: string }): RoomClient {
  return new Connection(credentials, url);
}

class Connection implements RoomClient {
  readonly trace = createTrace(now);
  private readonly store = createStore<RoomSnapshot>(emptyRoom);
  private readonly replicas = new Map<VariantId, Replica>();
  private readonly socket: Socket<ServerToClient, ClientToServer>;
  private readonly keeper: Keeper;
  private readonly outbox: Outbox;
  private readonly unfollowPage: () => void;
  private hasRecalled = false;
  private epoch: string | null = null;
  /** Facts that come while a join is under way wait for its answer. */
  private held: (() => void)[] | null = null;
  /** Frames before this one are part of what the join brought. */
  private firstFrame = 0;
  private lastPlace: Place | null = null;
  private sayTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(credentials: Credentials, url: string | undefined) {
    this.keeper = createKeeper("projectId" in credentials ? credentials.projectId : credentials.shareId);
    this.outbox = createOutbox(
      (variantId, bytes) => this.sendUpdate(variantId, bytes),
      (pendingUpdates, savedMs) =>
        this.store.set(savedMs === null ? { pendingUpdates } : { pendingUpdates, savedMs }),
      this.keeper,
    );
    const options = {
      path: SOCKET_PATH,
      auth: credentials,
      transports: ["websocket", "polling"],
      reconnectionDelay: 250,
      // Whoever returns, or whose server returns, sees the present within a second.
      reconnectionDelayMax: 750,
      randomizationFactor: 0.3,
    };
    this.socket = url === undefined ? io(options) : io(url, { ...options, forceNew: true });
    this.listen();
    this.unfollowPage = followPage({
      leave: () => this.socket.disconnect(),
      comeBack: () => this.comeBack(),
    });
  }

  readonly getSnapshot = (): RoomSnapshot => this.store.get();
  readonly subscribe = (listener: () => void): (() => void) => this.store.subscribe(listener);

  document(variantId: VariantId): VariantDocument | null {
    return this.replicas.get(variantId)?.document ?? null;
  }

  drafts(variantId: VariantId): DraftBook | null {
    return this.replicas.get(variantId)?.drafts ?? null;
  }

  async command<Name extends CommandName>(name: Name, body: Commands[Name]): Promise<Ack<Answers[Name]>> {
    if (!this.socket.connected) return { ok: false, code: "not-joined" };
    if (name === "stop") return this.stop(name, body);
    return this.ask(name, body);
  }

  /** What is being written vanishes at once: the way to the server and back may be long (interactions.md §4). */
  private async stop<Name extends CommandName>(
    name: Name,
    body: Commands[Name],
  ): Promise<Ack<Answers[Name]>> {
    const { turnId } = body as Commands["stop"];
    const hide = (isHidden: boolean) => {
      for (const { drafts } of this.replicas.values()) drafts.hide(turnId, isHidden);
    };
    hide(true);
    const answer = await this.ask(name, body);
    if (!answer.ok) hide(false);
    return answer;
  }

  private async ask<Name extends CommandName>(name: Name, body: Commands[Name]): Promise<Ack<Answers[Name]>> {
    try {
      const socket = this.socket.timeout(SLOW_ACK_MS[name] ?? ACK_MS) as unknown as {
        emitWithAck(name: string, body: unknown): Promise<Ack<Answers[Name]>>;
      };
      return await socket.emitWithAck(name, body);
    } catch {
      // No answer in time, or the connection was lost under way; ids make sending it again harmless.
      return { ok: false, code: "not-joined" };
    }
  }

  place(place: Place): void {
    this.lastPlace = place;
    if (this.store.get().status === "live") this.socket.emit("presence", place);
  }

  close(): void {
    if (this.sayTimer) clearTimeout(this.sayTimer);
    this.unfollowPage();
    this.outbox.reset();
    this.socket.disconnect();
    this.dropReplicas();
  }

  /** Whoever still asks finds none: what would be written into one would go nowhere. */
  private dropReplicas(): void {
    for (const { document } of this.replicas.values()) document.destroy();
    this.replicas.clear();
  }

  private listen(): void {
    const { socket } = this;
    socket.on("connect", () => void this.join());
    socket.on("disconnect", (reason) => this.lost(reason));
    socket.on("connect_error", (error) => this.refused(error));
    socket.on(
      "frame",
      this.afterJoin((bytes) => this.frame(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes))),
    );
    socket.on(
      "turn-start",
      this.afterJoin((turn) => {
        this.turn(turn);
        void this.askClock();
      }),
    );
    socket.on(
      "turn-end",
      this.afterJoin((turn) => this.turn(turn)),
    );
    socket.on(
      "turn-change",
      this.afterJoin((turn) => this.turn(turn)),
    );
    socket.on(
      "turn-wait",
      this.afterJoin(({ turnId, wait }) => this.waits(turnId, wait)),
    );
    socket.on(
      "lanes",
      this.afterJoin((lanes) => this.store.set({ lanes })),
    );
    socket.on(
      "plan",
      this.afterJoin((plan) => this.store.set({ plan })),
    );
    socket.on(
      "sameness",
      this.afterJoin((sameness) => this.store.set({ sameness })),
    );
    socket.on("turn-progress", ({ turnId, ...progress }) =>
      this.store.set({ progress: { ...this.store.get().progress, [turnId]: progress } }),
    );
    socket.on(
      "variant-add",
      this.afterJoin(({ variants, documents }) => this.addVariants(variants, documents)),
    );
    socket.on(
      "variant-change",
      this.afterJoin((variant) => this.changeVariant(variant)),
    );
    socket.on(
      "project-change",
      this.afterJoin((change) => this.changeProject(change)),
    );
    socket.on(
      "package-add",
      this.afterJoin(() => this.store.set({ addedPackages: this.store.get().addedPackages + 1 })),
    );
    socket.on(
      "people",
      this.afterJoin((people) => this.store.set({ people })),
    );
    socket.on("presence", (all) => this.store.set({ presence: this.others(all) }));
    socket.on(
      "checkpoints",
      this.afterJoin((checkpoints) => this.store.set({ checkpoints })),
    );
    socket.on("beacon", ({ epoch, vectors }) => this.compare(epoch, vectors));
    socket.on("resync", () => void (this.held || this.epoch === null || this.join()));
    socket.on("bye", ({ code }) => this.bye(code));
  }

  private afterJoin<Fact extends unknown[]>(take: (...fact: Fact) => void): (...fact: Fact) => void {
    return (...fact) => {
      if (this.held) this.held.push(() => take(...fact));
      else take(...fact);
    };
  }

  private others(presence: Presence[]): Presence[] {
    return presence.filter(({ connection }) => connection !== this.socket.id);
  }

  private changeProject(change: { title: string; network: Network | null }): void {
    const { project } = this.store.get();
    if (project) this.store.set({ project: { ...project, ...change } });
  }

  private async join(): Promise<void> {
    this.held = [];
    const known = [...this.replicas].map(([variantId, { document }]) => ({
      variantId,
      stateVector: document.stateVector(),
    }));
    const answer = await this.command("join", { known });
    if (!answer.ok) return this.joinLater();
    if (this.mustRebuild(answer)) return this.rebuild();
    this.joined(answer);
  }

  /** Asked too often, or no answer in time. After a loss of the connection the next one joins. */
  private joinLater(): void {
    setTimeout(() => void (this.socket.connected && this.held && this.join()), JOIN_AGAIN_MS);
  }

  /**
   * A viewer may have seen what the server lost in a crash, and can never bring it back: it starts anew. State vectors would not
   * tell, for deletions are not in them.
   */
  private mustRebuild({ epoch, role }: Joined): boolean {
    return this.epoch !== null && epoch !== this.epoch && role !== "edit" && role !== "owner";
  }

  private rebuild(): Promise<void> {
    this.dropReplicas();
    this.epoch = null;
    return this.join();
  }

  private joined(joined: Joined): void {
    if (this.sayTimer) clearTimeout(this.sayTimer);
    const mayEdit = joined.role === "edit" || joined.role === "owner";
    const isNewServer = this.epoch !== null && this.epoch !== joined.epoch;
    this.epoch = joined.epoch;
    this.firstFrame = joined.sequence;
    this.outbox.reset();
    for (const document of joined.documents) this.catchUp(document, mayEdit, isNewServer);
    const { role, personId, project, variants, turns, people, checkpoints, lanes, plan, sameness } = joined;
    const presence = this.others(joined.presence);
    const waits = Object.fromEntries(joined.waits);
    this.store.set({ status: "live", ended: null, role, personId, project, variants, turns, people });
    this.store.set({ presence, checkpoints, lanes, waits, plan, sameness });
    if (this.lastPlace) this.place(this.lastPlace);
    const held = this.held ?? [];
    this.held = null;
    for (const take of held) take();
    if (mayEdit) void this.recall();
    void this.askClock();
  }

  /** The times of frames are by the server's clock. The quickest of a few answers says most. */
  private async askClock(): Promise<void> {
    for (let asked = 0; asked < CLOCK_QUESTIONS; asked++) {
      const askedMs = now();
      const answer = await this.command("clock", {});
      if (!answer.ok) return;
      this.trace.clock(askedMs, answer.nowMs, now());
    }
  }

  private catchUp(
    { variantId, slot, update, stateVector, drafts }: JoinedVariant,
    mayEdit: boolean,
    isNewServer = false,
  ): void {
    const replica = this.replicas.get(variantId) ?? this.createReplica(variantId, slot);
    replica.slot = slot;
    replica.document.applyUpdate(new Uint8Array(update), { kind: "remote" });
    replica.turnIds = new Map(drafts.map(({ editId, turnId }) => [editId, turnId]));
    replica.drafts.reset(drafts);
    const vector = new Uint8Array(stateVector);
    if (!mayEdit) return;
    this.outbox.resend(variantId);
    // What this page has seen of models and others, and the server has lost in a crash: text, or (no vector tells) deletions.
    if (isNewServer || isAhead(replica.document.stateVector(), vector))
      this.outbox.add(variantId, replica.document.encodeState(vector));
  }

  /** Edits that an earlier page could not hand over: sent from here, also when the server has seen them; it may not have stored them. */
  private async recall(): Promise<void> {
    if (this.hasRecalled) return;
    this.hasRecalled = true;
    const kept = await this.keeper.recall();
    for (const { variantId, bytes } of kept) {
      const replica = this.replicas.get(variantId);
      if (replica?.document.applyUpdate(bytes, { kind: "remote" }).ok) this.outbox.add(variantId, bytes);
    }
    await this.keeper.forget(kept.map(({ key }) => key));
  }

  private createReplica(variantId: VariantId, slot: number): Replica {
    const document = new VariantDocument();
    const replica = {
      document,
      drafts: createDraftBook(document),
      slot,
      turnIds: new Map<number, string>(),
      behind: 0,
    };
    document.onUpdate((bytes, origin) => {
      if (origin.kind !== "remote") this.outbox.add(variantId, bytes);
    });
    this.replicas.set(variantId, replica);
    return replica;
  }

  /** A whole frame is applied before anything paints: a splice and its draft come together. */
  private frame(bytes: Uint8Array): void {
    const receivedMs = now();
    const frame = decodeFrame(bytes);
    if (!frame || frame.sequence < this.firstFrame) return;
    const bySlot = new Map([...this.replicas].map(([id, replica]) => [replica.slot, { id, replica }]));
    const written = new Map<VariantId, string>();
    let isMissing = false;
    for (const part of frame.parts) {
      const found = bySlot.get(part.slot);
      if (!found) continue;
      const { id, replica } = found;
      if (part.kind === "update") replica.document.applyUpdate(part.bytes, { kind: "remote" });
      else if (part.kind === "update-drawn") isMissing ||= !this.fill(replica, part);
      else {
        const fact = factOfPart(part);
        if (part.kind === "draft-start") replica.turnIds.set(fact.editId, part.draft.turnId);
        const turnId = replica.turnIds.get(fact.editId) ?? "";
        replica.drafts.apply(fact, turnId);
        written.set(id, turnId);
      }
    }
    if (isMissing && !this.held) void this.join();
    for (const [variantId, turnId] of written)
      this.trace.received(variantId, turnId, { ...frame, receivedMs });
  }

  /** Text that came as a draft enters the document. False when this page does not have that draft. */
  private fill({ document, drafts, turnIds }: Replica, part: Drawn): boolean {
    const bytes = redraw(part, drafts.text(draftId(turnIds.get(part.editId) ?? "", part.editId)));
    return bytes !== null && document.applyUpdate(bytes, { kind: "remote" }).ok;
  }

  private async sendUpdate(variantId: VariantId, bytes: Uint8Array): Promise<boolean> {
    const updateId = crypto.getRandomValues(new Uint32Array(3)).join("-");
    const answer = await this.command("update", { variantId, updateId, bytes });
    if (answer.ok) {
      this.setRefused(null);
      return true;
    }
    // Not stored: the next join compares vectors and sends what the server lacks.
    if (answer.code === "storage-failed" || answer.code === "storage-full") this.setRefused(answer.code);
    if (answer.code === "rate-limited" || this.store.get().storing !== null)
      setTimeout(() => void (this.held || this.join()), 1_000);
    return false;
  }

  private setRefused(storing: RoomSnapshot["storing"]): void {
    if (this.store.get().storing !== storing) this.store.set({ storing });
  }

  private turn(turn: Turn): void {
    const { turns } = this.store.get();
    const known = turns.some((each) => each.id === turn.id);
    this.store.set({
      turns: known ? turns.map((each) => (each.id === turn.id ? turn : each)) : [...turns, turn],
    });
  }

  private waits(turnId: string, wait: TurnWait | null): void {
    const { [turnId]: _before, ...others } = this.store.get().waits;
    this.store.set({ waits: wait === null ? others : { ...others, [turnId]: wait } });
  }

  private addVariants(variants: Variant[], documents: JoinedVariant[]): void {
    const mayEdit = false;
    for (const document of documents) this.catchUp(document, mayEdit);
    const known = new Set(this.store.get().variants.map((variant) => variant.id));
    this.store.set({
      variants: [...this.store.get().variants, ...variants.filter((variant) => !known.has(variant.id))],
    });
  }

  private changeVariant(variant: Variant): void {
    const variants = this.store.get().variants.map((each) => (each.id === variant.id ? variant : each));
    this.store.set({ variants });
  }

  /** Behind on two beacons in a row: something was dropped, ask for it. */
  private compare(epoch: string, vectors: [slot: number, stateVector: Uint8Array][]): void {
    if (this.held || this.epoch === null) return;
    let isStale = epoch !== this.epoch;
    for (const [slot, vector] of vectors) {
      const replica = [...this.replicas.values()].find((each) => each.slot === slot);
      if (!replica) continue;
      replica.behind = isAhead(new Uint8Array(vector), replica.document.stateVector())
        ? replica.behind + 1
        : 0;
      isStale ||= replica.behind >= 2;
    }
    if (isStale) void this.join();
  }

  private lost(reason: string): void {
    if (this.store.get().status === "ended" || reason === "io client disconnect") return;
    this.sayTimer ??= setTimeout(() => {
      this.sayTimer = null;
      if (!this.socket.connected) this.store.set({ status: "reconnecting" });
    }, SAY_RECONNECTING_MS);
    // The server ended the socket itself: Socket.IO does not come back by itself then.
    if (reason === "io server disconnect") setTimeout(() => this.socket.connect(), 500);
  }

  private comeBack(): void {
    if (this.store.get().status !== "ended") this.socket.disconnect().connect();
  }

  private refused(error: Error): void {
    const { code, retryAfterMs = 1_000 } =
      (error as Error & { data?: { code?: string; retryAfterMs?: number } }).data ?? {};
    if (code && FINAL.has(code)) this.bye(code as ByeCode);
    else if (code) setTimeout(() => this.socket.connect(), retryAfterMs);
    else this.lost("refused");
  }

  private bye(code: ByeCode): void {
    if (!FINAL.has(code)) return;
    this.store.set({ status: "ended", ended: code });
    this.socket.disconnect();
  }
}

/** Comparable between this page and its previews. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
