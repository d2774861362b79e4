import type { IncomingMessage } from "node:http";
import { Server as Engine } from "engine.io";
import { Server } from "socket.io";
import { limits } from "#lib/project/limits.ts";
import type { RoomServer } from "./room.ts";

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
      const allowed = isAllowed(request);
      callback(allowed ? null : "origin", allowed);
    },
  });
  const io: RoomServer = new Server({ serveClient: false });
  io.bind(engine);
  return { engine, io };
}
