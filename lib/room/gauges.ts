/** What is so at this moment, for `/api/metrics`; what has happened is counted in figures.ts. */
import type { Metric } from "./figures.ts";
import { type Load, levels } from "./load.ts";
import type { Room } from "./room.ts";

export function gaugesOf({
  rooms,
  rows,
  bytes,
  load,
}: {
  rooms: Room[];
  rows: number;
  bytes: number;
  load: Load;
}): Metric[] {
  const sum = (of: (room: Room) => number) => rooms.reduce((total, room) => total + of(room), 0);
  const values: [name: string, help: string, value: number][] = [
    ["rooms", "Rooms that are open in this process.", rooms.length],
    ["viewers", "Sockets in them.", sum((room) => [...room.channels.sockets()].length)],
    ["people", "People in them, on all processes.", sum((room) => room.everyone().length)],
    ["turns_running", "Turns that run in this process.", sum((room) => room.turns.runningCount)],
    ["log_rows", "Rows in the log of all documents.", rows],
    ["log_bytes", "Their bytes.", bytes],
    ["load_level", `0 to ${levels.length - 1}: ${levels.join(", ")}.`, levels.indexOf(load.level())],
    ["memory_bytes", "Resident memory of this process.", process.memoryUsage.rss()],
  ];
  return values.map(([name, help, value]) => ({
    name: `triptych_${name}`,
    help,
    type: "gauge",
    values: [{ value }],
  }));
}
