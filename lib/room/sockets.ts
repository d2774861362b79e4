import type { IncomingMessage } from "node:http";
import { Server as Engine } from "engine.io";
import { Server } from "socket.io";
import { limits } from "#lib/project/limits.ts";
import { addressOf, isLoopback } from "./address.ts";
import type { RoomServer } from "./channels.ts";

function keyOf({ socket, headers }: IncomingMessage): string {
  return addressOf({ address: socket.remoteAddress ?? "", headers });
}

/** Own engine: Next must not see our upgrades, nor we Next's. Who may connect is asked here; Socket.IO's `cors` does not. */
export function createSockets(isAllowed: (request: IncomingMessage) => boolean): {
  engine: Engine;
  io: RoomServer;
} {
  const engine = new Engine({
    maxHttpBufferSize: limits.socketFrameBytes,
    perMessageDeflate: false,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    allowRequest: (request, callback) => {
      const refused = isAllowed(request) ? (isFull(request) ? "busy" : null) : "origin";
      callback(refused, refused === null);
    },
  });
  const perAddress = new Map<string, number>();
  engine.on(
    "connection",
    (socket: { request: IncomingMessage; once(event: "close", done: () => void): void }) => {
      const key = keyOf(socket.request);
      perAddress.set(key, (perAddress.get(key) ?? 0) + 1);
      socket.once("close", () => {
        const left = (perAddress.get(key) ?? 1) - 1;
        if (left > 0) perAddress.set(key, left);
        else perAddress.delete(key);
      });
    },
  );
  /** This machine is not limited: what runs here can do worse. */
  function isFull(request: IncomingMessage): boolean {
    const key = keyOf(request);
    return !isLoopback(key) && (perAddress.get(key) ?? 0) >= limits.socketsPerAddress;
  }
  const io: RoomServer = new Server({ serveClient: false });
  io.bind(engine);
  return { engine, io };
}
