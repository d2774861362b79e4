/**
 * A frame as it goes over a WebSocket, built once for all viewers. Socket.IO's event with bytes is two messages, each written to each
 * socket as a head and a body: two `writev` per viewer and window, a quarter of the server's time with 50 viewers (bench/rooms.ts
 * `fifty`). Here both messages lie in one buffer, which is one `write`. What arrives is the same.
 */
import type { RoomSocket } from "./channels.ts";

const TEXT = 0x81;
const BINARY = 0x82;

/** "4" is Engine.IO's message, "51-" Socket.IO's event with one piece of bytes, which is the next message. */
const ANNOUNCED = message(TEXT, Buffer.from('451-["frame",{"_placeholder":true,"num":0}]'));

export type OneBuffer = { bytes: Uint8Array; wire: Buffer };

export function oneBuffer(bytes: Uint8Array): OneBuffer {
  return { bytes, wire: Buffer.concat([ANNOUNCED, message(BINARY, bytes)]) };
}

/** Keeps its place among the events that are emitted. Who still polls gets the ordinary event. */
export function sendFrame(socket: RoomSocket, { bytes, wire }: OneBuffer): void {
  if (socket.conn.transport.name !== "websocket") return void socket.emit("frame", bytes);
  // The option that Socket.IO's own broadcasts pass; Engine.IO writes it as it is. Its types do not name it.
  const options = { wsPreEncodedFrame: [wire] } as object;
  socket.conn.write(wire, options);
}

/** One unmasked WebSocket message that is whole. */
function message(kind: number, body: Uint8Array): Buffer {
  return Buffer.concat([head(kind, body.byteLength), body]);
}

function head(kind: number, length: number): Buffer {
  if (length < 126) return Buffer.from([kind, length]);
  const isShort = length < 2 ** 16;
  const bytes = Buffer.alloc(isShort ? 4 : 10);
  bytes[0] = kind;
  bytes[1] = isShort ? 126 : 127;
  if (isShort) bytes.writeUInt16BE(length, 2);
  else bytes.writeUIntBE(length, 4, 6);
  return bytes;
}
