/** A frame that is built once for all viewers arrives as the event that it is, in its place among others: by WebSocket and by polling. */
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { io as connect } from "socket.io-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RoomSocket } from "../../lib/room/channels.ts";
import { oneBuffer, sendFrame } from "../../lib/room/one-buffer.ts";
import { createSockets } from "../../lib/room/sockets.ts";
import { SOCKET_PATH } from "../../lib/wire/events.ts";

/** A WebSocket message says its length in one, three or nine bytes. */
const SIZES = [0, 1, 125, 126, 65_535, 65_536, 200_000];

const bytesOf = (size: number) => new Uint8Array(size).fill(size % 251);
const hash = (bytes: Uint8Array) =>
  `${bytes.byteLength} bytes ${createHash("sha1").update(bytes).digest("hex")}`;

let server: Server;
const { engine, io } = createSockets(() => true);

beforeAll(async () => {
  server = createServer((each, response) => engine.handleRequest(each as never, response as never));
  server.on("upgrade", (each, socket, head) => engine.handleUpgrade(each as never, socket as never, head));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await io.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

for (const transport of ["websocket", "polling"])
  test(`[W23] frames of any size keep their bytes and their place among facts by ${transport}`, async () => {
    io.once("connection", (socket) => {
      for (const size of SIZES) {
        socket.emit("bye", { code: `before ${size}` } as never);
        sendFrame(socket as RoomSocket, oneBuffer(bytesOf(size)));
      }
      socket.emit("bye", { code: "end" } as never);
    });
    const heard: unknown[] = [];
    const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
      path: SOCKET_PATH,
      transports: [transport],
      forceNew: true,
    });
    client.onAny((event, body) => heard.push(event === "bye" ? body.code : hash(body)));
    await expect.poll(() => heard.at(-1), { timeout: 10_000 }).toBe("end");
    const sent = SIZES.flatMap((size) => [`before ${size}`, hash(bytesOf(size))]);
    expect(heard).toEqual([...sent, "end"]);
    client.disconnect();
  });
