/**
 * What a room sends to the sockets of this process: one combined frame a window, facts in their order with it, places and beacons
 * now and then. Whoever came by a link to one variant is on a channel of its own, and hears that one alone (scope.ts).
 */
import type { Server, Socket } from "socket.io";
import type { ProjectId, VariantId } from "#lib/project/ids.ts";
import {
  type ClientToServer,
  FRAME_MS,
  type FramePart,
  type FrameTimes,
  type Presence,
  type ServerToClient,
} from "#lib/wire/events.ts";
import type { Access } from "./access.ts";
import { type Broadcast, createBroadcast } from "./broadcast.ts";
import type { Figures } from "./figures.ts";
import type { LiveDocument } from "./live-document.ts";
import type { Load } from "./load.ts";
import { oneBuffer, sendFrame } from "./one-buffer.ts";
import { preciseNow } from "./precise-now.ts";
import { cutFact, cutFrame, type Scoped } from "./scope.ts";
import { createSlowViewers, type SlowViewers } from "./slow-viewers.ts";

export type RoomServer = Server<ClientToServer, ServerToClient>;
export type RoomSocket = Socket<ClientToServer, ServerToClient> & { data: { access: Access } };

/** A frame is a write to each viewer: before that many cost a third of a core, it is sent half as often (bench/rooms.ts `fifty`). */
const CROWD = 25;
const CROWD_FRAME_MS = 2 * FRAME_MS;

export type ChannelsOptions = {
  io: RoomServer;
  projectId: ProjectId;
  load: Load;
  figures: Figures;
  /** Variants that have a link of their own. */
  scopes: VariantId[];
  slotOf(variantId: VariantId): number;
  turns: Scoped;
};

export class Channels {
  private readonly options: ChannelsOptions;
  private readonly channel: string;
  private readonly scopes: Set<VariantId>;
  private readonly broadcast: Broadcast;
  private readonly slow: SlowViewers;

  constructor(options: ChannelsOptions) {
    this.options = options;
    this.channel = `room:${options.projectId}`;
    this.scopes = new Set(options.scopes);
    this.broadcast = createBroadcast(
      (bytes, times) => this.sendFrame(bytes, times),
      preciseNow,
      () => Math.max(options.load.frameMs(), this.isCrowded() ? CROWD_FRAME_MS : 0),
    );
    this.slow = createSlowViewers(options.figures.stale);
  }

  /** Joins the fan-out; `variantId` null hears all variants. */
  async join(socket: RoomSocket, variantId: VariantId | null): Promise<void> {
    if (variantId !== null) this.openScope(variantId);
    await socket.join(variantId === null ? this.channel : this.channelOf(variantId));
  }

  leave(socket: RoomSocket): void {
    this.slow.forget(socket.id);
  }

  /** From now on there are frames and facts of this variant alone. */
  openScope(variantId: VariantId): void {
    this.scopes.add(variantId);
  }

  add(...parts: FramePart[]): void {
    this.broadcast.add(...parts);
  }

  /** Text of a model has come: what is added in this task stems from it. */
  textCame(): void {
    this.broadcast.textCame();
  }

  flush(): void {
    this.broadcast.flush();
  }

  /** Number of the next frame. */
  sequence(): number {
    return this.broadcast.sequence();
  }

  emit<Event extends keyof ServerToClient>(event: Event, ...body: Parameters<ServerToClient[Event]>): void {
    // What was written before a fact must be seen before it.
    this.broadcast.flush();
    const { io, turns } = this.options;
    io.to(this.channel).emit(event, ...body);
    for (const variantId of this.scopes) {
      const cut = cutFact(turns, variantId, event, body);
      if (cut) io.to(this.channelOf(variantId)).emit(event, ...cut);
    }
  }

  /** Volatile: who is slow gets the next one. What people write does not wait for it, nor it for them. */
  sendPresence(places: Presence[]): boolean {
    const { io, load } = this.options;
    if (!load.tellsPresence()) return false;
    io.to(this.channel).volatile.emit("presence", places);
    for (const variantId of this.scopes) {
      const own = places.filter((place) => place.variantId === variantId);
      io.to(this.channelOf(variantId)).volatile.emit("presence", own);
    }
    return true;
  }

  async sendBeacon(epoch: string, documents: Iterable<Promise<LiveDocument>>): Promise<void> {
    const here = [...this.sockets()];
    if (here.length === 0) return;
    const { io, load, slotOf } = this.options;
    // Also when nothing is sent any more, who was left out must hear that it may join again.
    this.slow.leaveOut(here, load.staleBytes());
    const open = await Promise.all(documents);
    const vectors = open.map(({ slot, document }): [number, Uint8Array] => [slot, document.stateVector()]);
    io.local.to(this.channel).volatile.emit("beacon", { epoch, vectors });
    for (const variantId of this.scopes) {
      const own = vectors.filter(([slot]) => slot === slotOf(variantId));
      io.local.to(this.channelOf(variantId)).volatile.emit("beacon", { epoch, vectors: own });
    }
  }

  /** The sockets of this process that are in the room. */
  *sockets(): Generator<RoomSocket> {
    yield* this.socketsOn(this.channel);
    for (const variantId of this.scopes) yield* this.socketsOn(this.channelOf(variantId));
  }

  private *socketsOn(channel: string): Generator<RoomSocket> {
    const { sockets, adapter } = this.options.io.sockets;
    for (const id of adapter.rooms.get(channel) ?? []) {
      const socket = sockets.get(id);
      if (socket) yield socket as RoomSocket;
    }
  }

  disconnectAll(): void {
    for (const socket of [...this.sockets()]) socket.disconnect(true);
  }

  close(): void {
    this.broadcast.flush();
    this.broadcast.close();
  }

  private channelOf(variantId: VariantId): string {
    return `${this.channel}:${variantId}`;
  }

  private sendFrame(bytes: Uint8Array, { oldestTokenMs, sentMs }: FrameTimes): void {
    const { load, figures, slotOf } = this.options;
    figures.frame(bytes.byteLength, sentMs - oldestTokenMs);
    const slow = this.slow.leaveOut(this.sockets(), load.staleBytes());
    this.sendTo(this.channel, bytes, slow);
    for (const variantId of this.scopes) {
      const cut = cutFrame(bytes, slotOf(variantId));
      if (cut) this.sendTo(this.channelOf(variantId), cut, slow);
    }
  }

  private isCrowded(): boolean {
    const { rooms } = this.options.io.sockets.adapter;
    return (rooms.get(this.channel)?.size ?? 0) >= CROWD;
  }

  private sendTo(channel: string, bytes: Uint8Array, except: ReadonlySet<string>): void {
    const frame = oneBuffer(bytes);
    for (const socket of this.socketsOn(channel)) if (!except.has(socket.id)) sendFrame(socket, frame);
  }
}
