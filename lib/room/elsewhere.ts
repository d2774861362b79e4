/**
 * The same room on other processes: what they tell is taken in here and passed on to our pages, and what was lost on the way is read
 * from the log and the rows, which are the truth.
 */
import type { TurnId, VariantId } from "#lib/project/ids.ts";
import type { Plan } from "#lib/project/plan.ts";
import type { Checkpoint, Project, Turn, Variant } from "#lib/project/rows.ts";
import type { DraftState, FramePart, ServerToClient } from "#lib/wire/events.ts";
import { preciseNow } from "./precise-now.ts";
import type { Room } from "./room.ts";
import { RoomLink } from "./room-link.ts";

/** Turns of another process that ended while its message was lost are looked for so far back. */
const POLL_TURNS_MS = 60_000;

export class Elsewhere {
  readonly link: RoomLink;
  private readonly room: Room;

  constructor(room: Room) {
    this.room = room;
    const { bus, onError } = room.options;
    this.link = new RoomLink({
      bus,
      projectId: room.project.id,
      now: preciseNow,
      slots: () => room.documents.slots(),
      state: () => ({ people: room.people.list(), drafts: this.ownDrafts() }),
      onParts: (parts) => this.takeParts(parts),
      onFact: (event, body) => this.takeFact(event, body),
      onDraftsReplaced: () => room.channels.emit("resync"),
      onPresence: () => void room.sendPresence(),
      onPeople: () => room.channels.emit("people", room.everyone()),
      onError,
    });
  }

  /** What messages of other processes should have told: the log and the rows are the truth. */
  async poll(): Promise<void> {
    const { room } = this;
    const { storage, now } = room.options;
    this.link.tellState();
    this.link.forgetSilent();
    for (const live of await Promise.all(room.documents.all())) {
      const fresh = await live.catchUp(now());
      for (const bytes of fresh) room.channels.add({ kind: "update", slot: live.slot, bytes });
    }
    const [variants, turns, project] = await Promise.all([
      storage.listVariants(room.project.id),
      storage.listTurns(room.project.id, now() - POLL_TURNS_MS),
      storage.getProject(room.project.id),
    ]);
    await this.takeVariants(variants);
    for (const variant of variants)
      if (isOther(room.variant(variant.id), variant)) await this.takeVariant(variant);
    for (const turn of turns) this.pollTurn(turn);
    if (project && (project.title !== room.project.title || isOther(project.network, room.project.network)))
      this.takeProject(project);
  }

  /** Turns of a process that is gone were cut in storage; so are those that waited behind them and were never stored. */
  async cutTurns(turnIds: readonly string[], variantId: VariantId, message: string): Promise<void> {
    const { turns, options } = this.room;
    if (turns.isRunning(variantId)) return;
    const open = turns.turns.filter(
      (turn) => turn.variantId === variantId && (turn.endedAt === null || turnIds.includes(turn.id)),
    );
    for (const turn of open) {
      const cut: Turn = { ...turn, state: "cut", message, endedAt: options.now() };
      if (!turnIds.includes(turn.id)) await options.storage.endTurn(cut, "");
      this.takeTurn(cut);
      this.link.fact("turn-end", cut);
    }
  }

  /** A prompt sent again may have begun in another process, whose message was lost: then its turns are known from storage. */
  async learnTurns(ids: readonly TurnId[]): Promise<void> {
    const { turns, options, project } = this.room;
    const { bus, storage, now } = options;
    if (!bus.isShared || ids.every((id) => turns.turns.some((turn) => turn.id === id))) return;
    const recent = await storage.listTurns(project.id, now() - POLL_TURNS_MS);
    for (const turn of recent) if (ids.includes(turn.id)) this.pollTurn(turn);
  }

  private ownDrafts(): [VariantId, DraftState[]][] {
    return this.room.variants.flatMap(({ id }): [VariantId, DraftState[]][] => {
      const drafts = this.room.turns.draftsOf(id);
      return drafts.length > 0 ? [[id, drafts]] : [];
    });
  }

  /** What another process relayed: into our copy if it is open, and on to our own sockets. */
  private async takeParts(parts: { variantId: VariantId; part: FramePart }[]): Promise<void> {
    const { documents, channels, options } = this.room;
    for (const { variantId, part } of parts) {
      const live = await documents.opened(variantId);
      if (part.kind === "update") live?.hear(part.bytes, options.now());
      if (live) channels.add({ ...part, slot: live.slot });
    }
  }

  private async takeFact(event: keyof ServerToClient, body: unknown): Promise<void> {
    const { room } = this;
    // Our own processes say what they mean: the bodies are those of `emit`, but for whole rows of variants.
    if (event === "turn-start" || event === "turn-change" || event === "turn-end")
      this.takeTurn(body as Turn);
    else if (event === "variant-add") await this.takeVariants(body as Variant[]);
    else if (event === "variant-change") await this.takeVariant(body as Variant);
    else if (event === "project-change") this.takeProject(body as Pick<Project, "title" | "network">);
    else if (event === "checkpoints") {
      room.checkpoints = body as Checkpoint[];
      room.channels.emit("checkpoints", room.checkpoints);
    } else if (event === "plan") {
      await room.plans.heard(body as Plan, () => room.options.storage.getPlan(room.project.id));
      room.channels.emit(event, body as Plan);
    } else if (event === "turn-wait" || event === "sameness") room.channels.emit(event, body as never);
    else if (event === "turn-progress" || event === "package-add")
      room.channels.emit(event, body as Parameters<ServerToClient[typeof event]>[0] as never);
  }

  private takeTurn(turn: Turn): void {
    const { turns, documents, channels } = this.room;
    const at = turns.turns.findIndex((each) => each.id === turn.id);
    if (at === -1) turns.turns.push(turn);
    else turns.turns[at] = turn;
    const slot = documents.slotOf(turn.variantId);
    for (const { editId } of turn.endedAt === null ? [] : this.link.closeDrafts(turn.variantId))
      channels.add({ kind: "draft-end", slot, editId, result: "cut" });
    channels.emit(turn.endedAt === null ? "turn-start" : "turn-end", turn);
  }

  private pollTurn(turn: Turn): void {
    const { turns } = this.room;
    const known = turns.turns.find(({ id }) => id === turn.id);
    if (!known || (known.endedAt === null && turn.endedAt !== null && !turns.isRunning(turn.variantId)))
      this.takeTurn(turn);
  }

  private async takeVariants(variants: Variant[]): Promise<void> {
    const { room } = this;
    const fresh = variants.filter(({ id }) => !room.variant(id));
    if (fresh.length === 0) return;
    room.variants = [...room.variants, ...fresh].sort(byPlace);
    await room.showVariants(fresh);
  }

  private async takeVariant(variant: Variant): Promise<void> {
    this.room.putVariant(variant);
    (await this.room.documents.opened(variant.id))?.headMoved(variant.headCommitId);
    this.room.showVariant(variant);
  }

  private takeProject({ title, network }: Pick<Project, "title" | "network">): void {
    this.room.project = { ...this.room.project, title, network };
    this.room.channels.emit("project-change", { title, network });
  }
}

function byPlace(one: Variant, other: Variant): number {
  return one.setNumber - other.setNumber || one.position - other.position || one.createdAt - other.createdAt;
}

function isOther(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}
