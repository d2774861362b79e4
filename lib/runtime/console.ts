/**
 * What the page logs, batched per frame: 20 messages a second reach the host, 64 KB a second, each line at most 10 KB. Of more
 * the last 500 lines are kept, and one line says how many are missing.
 */
type Level = "log" | "info" | "warn" | "error";
export type ConsoleLine = { level: Level; text: string };

const LEVELS: Level[] = ["log", "info", "warn", "error"];
const MAX_LINES_PER_BATCH = 100;
const MAX_WAITING = 500;
const MAX_CHARS = 10_000;
const MAX_CHARS_PER_SECOND = 64 * 1024;
const BATCH_MS = 50;

export function watchConsole(send: (lines: ConsoleLine[]) => void): void {
  const add = createBatches(send);
  for (const level of LEVELS) {
    const original = console[level].bind(console);
    console[level] = (...values: unknown[]) => {
      original(...values);
      add({ level, text: values.map(show).join(" ").slice(0, MAX_CHARS) });
    };
  }
}

/** The returned function takes a line; `send` gets them in order, as many as the limits allow. */
export function createBatches(send: (lines: ConsoleLine[]) => void): (line: ConsoleLine) => void {
  let waiting: ConsoleLine[] = [];
  let dropped = 0;
  let isDue = false;
  /** The batches of the last second. */
  let sent: { at: number; chars: number }[] = [];

  function flush(): void {
    isDue = false;
    const lines = waiting.slice(0, countThatFits());
    waiting = waiting.slice(lines.length);
    if (waiting.length > 0) flushLater();
    else if (dropped > 0) {
      const text = `${dropped.toLocaleString("en")} lines are missing here: the page logs more than can be shown.`;
      lines.push({ level: "warn", text });
      dropped = 0;
    }
    if (lines.length > 0) send(lines);
  }

  function countThatFits(): number {
    const now = performance.now();
    sent = sent.filter(({ at }) => now - at < 1_000);
    const used = sent.reduce((sum, { chars }) => sum + chars, 0);
    let count = 0;
    let chars = 0;
    for (const { text } of waiting.slice(0, MAX_LINES_PER_BATCH)) {
      if (used + chars + text.length > MAX_CHARS_PER_SECOND) break;
      chars += text.length;
      count++;
    }
    sent.push({ at: now, chars });
    return count;
  }

  function flushLater(): void {
    if (isDue) return;
    isDue = true;
    setTimeout(flush, BATCH_MS);
  }

  return (line) => {
    waiting.push(line);
    if (waiting.length > MAX_WAITING) {
      waiting.shift();
      dropped++;
    }
    flushLater();
  };
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
