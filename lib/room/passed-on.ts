/** Commands that another process must run: asked over the bus, answered with what the command answers. */
import type { ProjectId, TurnId } from "#lib/project/ids.ts";
import type { Ack, CommandName } from "#lib/wire/events.ts";
import type { Bus, BusMessage } from "./bus.ts";
import type { Room } from "./room.ts";
import { route } from "./route.ts";

/** How long another process may take to answer; two leases' time. */
const ASK_MS = 8_000;

export type PassedOn = {
  /** Null when no process answered in time. `to` null: whoever runs the turn. */
  ask(projectId: ProjectId, to: string | null, name: CommandName, body: unknown): Promise<Ack | null>;
  /** True when the message was one of these. */
  hear(message: BusMessage): Promise<boolean>;
};

export type PassedOnOptions = {
  bus: Bus;
  id: () => string;
  /** The room if it is open here. */
  opened(projectId: ProjectId): Promise<Room | null> | undefined;
  open(projectId: ProjectId): Promise<Room | null>;
  run(name: CommandName, room: Room, body: unknown): Promise<Ack>;
};

export function createPassedOn({ bus, id, opened, open, run }: PassedOnOptions): PassedOn {
  const asked = new Map<string, (ack: Ack) => void>();

  /** Role and body were checked where the command came in. */
  async function answer({
    projectId,
    id: question,
    to,
    name,
    body,
  }: BusMessage & { type: "ask" }): Promise<void> {
    if (to !== null && to !== bus.self) return;
    const room = to === null ? await opened(projectId) : await open(projectId);
    if (!room || (to === null && !runsTurn(room, body))) return;
    const here = (each: unknown) => run(name, room, each);
    const ack = await route(name, body, { room, here, there: async () => null });
    bus.publish({ type: "answer", id: question, ack });
  }

  return {
    ask(projectId, to, name, body) {
      const question = id();
      return new Promise((resolve) => {
        const timer = setTimeout(() => done(null), ASK_MS);
        const done = (ack: Ack | null) => {
          clearTimeout(timer);
          asked.delete(question);
          resolve(ack);
        };
        asked.set(question, done);
        bus.publish({ type: "ask", projectId, id: question, to, name, body });
      });
    },
    async hear(message) {
      if (message.type === "answer") asked.get(message.id)?.(message.ack);
      else if (message.type === "ask") await answer(message);
      else return false;
      return true;
    },
  };
}

function runsTurn(room: Room, body: unknown): boolean {
  const { turnId } = body as { turnId?: TurnId };
  const turn = room.turns.turns.find(({ id }) => id === turnId);
  return turn !== undefined && room.turns.isRunning(turn.variantId);
}
