/**
 * The open sockets of one lane: one per answer that is written, the others idle. A prompt gets the idle one whose server
 * remembers most of it (models.md §3.3).
 */
import type { Message } from "#lib/prompt/types.ts";
import { messagesAfter } from "./memory.ts";
import type { ModelSocket } from "./model-socket.ts";

/** One per variant, and one to spare. */
const MAX_IDLE = 4;

export type Taken = { socket: ModelSocket; connection: "new" | "warm" };

export class SocketPool {
  private readonly open: () => Promise<ModelSocket>;
  private readonly lifeMs: number;
  private idle: ModelSocket[] = [];
  /** Being opened for whoever comes first. */
  private opening: Promise<ModelSocket>[] = [];
  private readonly all = new Set<ModelSocket>();
  private isClosed = false;

  constructor(open: () => Promise<ModelSocket>, lifeMs: number) {
    this.open = open;
    this.lifeMs = lifeMs;
  }

  /** `isFresh`: one that nothing was asked on. A connection that comes after the stop serves the next prompt. */
  take(messages: readonly Message[], isFresh: boolean, signal: AbortSignal): Promise<Taken> {
    const taking = isFresh ? this.takeNew() : this.takeBest(messages);
    return new Promise((resolve, reject) => {
      const stop = () => {
        reject(signal.reason);
        taking.then(({ socket }) => this.release(socket)).catch(() => {});
      };
      signal.addEventListener("abort", stop, { once: true });
      const settled = () => signal.removeEventListener("abort", stop);
      taking.then(resolve, reject).finally(settled);
    });
  }

  private async takeBest(messages: readonly Message[]): Promise<Taken> {
    this.dropOld();
    const best = bestOf(this.idle, messages);
    if (!best) return this.takeNew();
    this.idle = this.idle.filter((each) => each !== best);
    return { socket: best, connection: "warm" };
  }

  private async takeNew(): Promise<Taken> {
    const opening = this.opening.shift();
    return { socket: await (opening ?? this.openOne()), connection: "new" };
  }

  /** Back among the idle ones, unless it is old or there are enough. */
  release(socket: ModelSocket): void {
    const isKept = !this.isClosed && !socket.isClosed && !this.isOld(socket) && this.idle.length < MAX_IDLE;
    if (isKept) this.idle.push(socket);
    else socket.close();
  }

  /** Opens until so many are idle or on their way; throws what went wrong with the first that could not be opened. */
  async fill(count: number): Promise<void> {
    this.dropOld();
    const missing = Math.min(count, MAX_IDLE) - this.idle.length - this.opening.length;
    await Promise.all(Array.from({ length: Math.max(0, missing) }, () => this.openIdle()));
  }

  takeIdle(): ModelSocket[] {
    return this.idle.splice(0);
  }

  close(): void {
    this.isClosed = true;
    for (const socket of this.all) socket.close();
  }

  private async openIdle(): Promise<void> {
    const opening = this.openOne();
    this.opening.push(opening);
    try {
      const socket = await opening;
      // Taken while it was opened?
      if (this.opening.includes(opening)) this.release(socket);
    } finally {
      this.opening = this.opening.filter((each) => each !== opening);
    }
  }

  private async openOne(): Promise<ModelSocket> {
    const socket = await this.open();
    this.all.add(socket);
    socket.onClose = () => {
      this.all.delete(socket);
      this.idle = this.idle.filter((each) => each !== socket);
    };
    if (this.isClosed) socket.close();
    return socket;
  }

  private dropOld(): void {
    for (const socket of this.idle.filter((each) => this.isOld(each))) socket.close();
  }

  /** Servers end a connection after an hour: ours is replaced between answers before that. */
  private isOld(socket: ModelSocket): boolean {
    return performance.now() - socket.openedAt > this.lifeMs;
  }
}

function bestOf(sockets: readonly ModelSocket[], messages: readonly Message[]): ModelSocket | null {
  const restOf = ({ memory }: ModelSocket) => memory && messagesAfter(memory, messages);
  const going = sockets.filter((socket) => restOf(socket) !== null);
  going.sort((one, other) => (restOf(one)?.length ?? 0) - (restOf(other)?.length ?? 0));
  // Else one that remembers nothing: the others may still go on with what they have.
  return going[0] ?? sockets.find(({ memory }) => memory === null) ?? sockets[0] ?? null;
}
