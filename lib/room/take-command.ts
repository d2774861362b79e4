/** A command of a socket: checked, counted against its limits, run here or where its variant is held; answered in any case. */
import { limits } from "#lib/project/limits.ts";
import type { Ack, CommandName } from "#lib/wire/events.ts";
import { parseCommand } from "#lib/wire/schemas.ts";
import { isOver, mayCommand } from "./access.ts";
import { addressOf } from "./address.ts";
import { createBuckets } from "./buckets.ts";
import type { Call } from "./call.ts";
import type { RoomSocket } from "./channels.ts";
import { handlers } from "./commands.ts";
import type { PassedOn } from "./passed-on.ts";
import type { Room } from "./room.ts";
import { route } from "./route.ts";
import { isWithin } from "./scope.ts";
import { createTokenBucket } from "./token-bucket.ts";

/** For one socket; never rejects. */
export type TakeCommand = (
  socket: RoomSocket,
  loading: Promise<Room | null>,
) => (name: CommandName, body: unknown) => Promise<Ack>;

export type TakeCommandOptions = {
  now(): number;
  ask: PassedOn["ask"];
  dismiss: Call["dismiss"];
  onError(what: string, error: unknown): void;
};

export function createTakeCommand({ now, ask, dismiss, onError }: TakeCommandOptions): TakeCommand {
  const roomBuckets = createBuckets(limits.roomUpdatesPerSecond, limits.roomUpdatesBurst, now);
  const addressBuckets = createBuckets(limits.addressCommandsPerSecond, limits.addressCommandsBurst, now);

  return (socket, loading) => {
    const strikes = { count: 0 };
    const bucket = createTokenBucket(limits.updatesPerSecond, limits.updatesBurst, now);
    const { access } = socket.data;
    const isCalm = (name: CommandName) =>
      bucket() &&
      addressBuckets(addressOf(socket.handshake)) &&
      (name !== "update" || roomBuckets(access.projectId));

    async function answer(name: CommandName, body: unknown): Promise<Ack> {
      const parsed = parseCommand(name, body);
      if (!parsed) return { ok: false, code: "bad-event" };
      if (isOver(access, now())) return { ok: false, code: "expired" };
      if (!mayCommand(access.role, name)) return { ok: false, code: "read-only" };
      if (!isCalm(name)) return { ok: false, code: "rate-limited", retryAfterMs: 1_000 };
      const room = await loading;
      if (!room) return { ok: false, code: "not-joined" };
      if (access.variantId !== null && !isWithin(room, access.variantId, name, parsed))
        return { ok: false, code: "unknown-variant" };
      const here = (each: unknown) => runCommand(name, { room, socket, dismiss, strikes }, each);
      const there = (to: string | null, each: unknown) => ask(room.project.id, to, name, each);
      // Another process that runs it has no socket to tell who it was.
      const signed = name === "prompt" ? { ...parsed, person: access.guestId ?? socket.id } : parsed;
      return await route(name, signed, { room, here, there });
    }

    return (name, body) =>
      answer(name, body).catch((error: unknown) => {
        onError(`command ${name}`, error);
        return { ok: false, code: isFull(error) ? "storage-full" : "storage-failed" };
      });
  };
}

export function runCommand(name: CommandName, call: Call, body: unknown): Promise<Ack> {
  return (handlers[name] as (call: Call, body: unknown) => Promise<Ack>)(call, body);
}

/** By code, not by class (house style, §3.7). */
function isFull(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "read-only";
}
