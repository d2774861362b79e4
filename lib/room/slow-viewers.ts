/**
 * Who cannot keep up is left out of frames until what is queued for it has drained; then it joins again, by state vector, and has
 * everything (live.md §4). Nobody else waits, and the queue stays bounded.
 */
import type { RoomSocket } from "./channels.ts";

export type SlowViewers = {
  /** The ids to leave out of the next frame. Those that have caught up are told to join again. */
  leaveOut(sockets: Iterable<RoomSocket>, limitBytes: number): ReadonlySet<string>;
  forget(id: string): void;
};

export function createSlowViewers(onStale: () => void): SlowViewers {
  const stale = new Set<string>();
  return {
    leaveOut(sockets, limitBytes) {
      for (const socket of sockets) {
        const queued = queuedBytes(socket);
        if (queued > limitBytes && !stale.has(socket.id)) {
          stale.add(socket.id);
          onStale();
        } else if (queued < limitBytes / 8 && stale.delete(socket.id)) socket.emit("resync");
      }
      return stale;
    },
    forget: (id) => void stale.delete(id),
  };
}

type Packet = { data?: string | ArrayBufferView };
type Wire = { writeBuffer: Packet[]; transport?: { socket?: { bufferedAmount?: number } } };

/** What waits in this process for one socket: packets of the engine, and bytes of the WebSocket that the network did not take. */
export function queuedBytes(socket: RoomSocket): number {
  const wire = socket.conn as unknown as Wire;
  let bytes = wire.transport?.socket?.bufferedAmount ?? 0;
  for (const { data } of wire.writeBuffer)
    bytes += typeof data === "string" ? data.length : (data?.byteLength ?? 0);
  return bytes;
}
