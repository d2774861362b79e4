/** What the page logs, batched per frame: at most 60 messages a second reach the host, each line at most 10 KB. */
type Level = "log" | "info" | "warn" | "error";
export type ConsoleLine = { level: Level; text: string };

const LEVELS: Level[] = ["log", "info", "warn", "error"];
const MAX_LINES = 100;
const MAX_CHARS = 10_000;
const BATCH_MS = 50;

export function watchConsole(send: (lines: ConsoleLine[]) => void): void {
  let lines: ConsoleLine[] = [];
  const flush = () => {
    send(lines);
    lines = [];
  };
  for (const level of LEVELS) {
    const original = console[level].bind(console);
    console[level] = (...values: unknown[]) => {
      original(...values);
      if (lines.length >= MAX_LINES) return;
      if (lines.length === 0) setTimeout(flush, BATCH_MS);
      lines.push({ level, text: values.map(show).join(" ").slice(0, MAX_CHARS) });
    };
  }
}

function show(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Error) return value.stack ?? value.message;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // Cycles, getters that throw, BigInt: the name of its kind must do.
    return Object.prototype.toString.call(value);
  }
}
