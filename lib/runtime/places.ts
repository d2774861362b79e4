/**
 * Which line of which file an error comes from. Chromium and Firefox name our file in the stack. WebKit does not, but an error
 * knows the line it was made on: there each file's lines begin at a number of its own, behind those of the runtime.
 */
type Room = { path: string; start: number; lines: number };

/** No script of ours is that long: a smaller line is none of a project. */
const FIRST_LINE = 5_000;
const SMALLEST_ROOM = 500;

const stackNamesFiles = String(
  new Function("return new Error().stack\n//# sourceURL=triptych:///probe")(),
).includes("triptych:///probe");
const rooms: Room[] = [];

/** Empty lines to put before the source of a file. */
export function leadingLines(path: string, source: string): string {
  if (stackNamesFiles) return "";
  const lines = source.split("\n").length;
  const room = rooms.find((each) => each.path === path && each.lines >= lines) ?? addRoom(path, lines);
  return "\n".repeat(room.start);
}

/** Line 1 is the first of the file; null when the line is not of a project's file. */
export function placeOfLine(line: number): { path: string; line: number } | null {
  const room = rooms.find(({ start, lines }) => line > start && line <= start + lines);
  return room ? { path: room.path, line: line - room.start } : null;
}

/** Twice its lines: a file that grows need not move often. */
function addRoom(path: string, lines: number): Room {
  const last = rooms.at(-1);
  const start = last ? last.start + last.lines : FIRST_LINE;
  const room = { path, start, lines: Math.max(SMALLEST_ROOM, 2 * lines) };
  rooms.push(room);
  return room;
}
