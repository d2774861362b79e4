/**
 * The bus over one Redis stream: XADD by everyone, a blocking XREAD by everyone. Ours and not Socket.IO's adapter, because rooms
 * tell rooms here: each process numbers the frames for its own sockets (docs/decisions/2026-11-25-several-processes.md).
 */
import { deserialize, serialize } from "node:v8";
import { Redis } from "ioredis";
import type { Bus, BusMessage } from "./bus.ts";

const STREAM = "triptych";
/** About a minute of six rooms that stream; who falls further behind is repaired from the log. */
const KEEP_ENTRIES = 20_000;
const READ_COUNT = 200;
const BLOCK_MS = 2_000;

export type RedisBusOptions = { url: string; self: string; onError(what: string, error: unknown): void };

/** Throws with a sentence when Redis cannot be reached now; later losses are waited out. */
export async function redisBus({ url, self, onError }: RedisBusOptions): Promise<Bus> {
  const settings = { lazyConnect: true, maxRetriesPerRequest: 1, connectTimeout: 3_000 };
  const writer = new Redis(url, settings);
  const reader = new Redis(url, { ...settings, maxRetriesPerRequest: null });
  let isLost = false;
  const lost = (error: unknown) => {
    if (!isLost) onError("Redis", error);
    isLost = true;
  };
  for (const client of [writer, reader])
    client.on("error", lost).on("ready", () => {
      isLost = false;
    });
  const last = await newestEntry(writer, reader, url);
  const listeners = new Set<(message: BusMessage, from: string) => void>();
  let closed = false;
  const reading = read(last);

  async function read(from: string): Promise<void> {
    let after = from;
    while (!closed) {
      try {
        const answer = await reader.xreadBuffer(
          "COUNT",
          READ_COUNT,
          "BLOCK",
          BLOCK_MS,
          "STREAMS",
          STREAM,
          after,
        );
        for (const [id, fields] of entriesOf(answer)) {
          after = id;
          hear(fields);
        }
      } catch (error) {
        if (closed) return;
        lost(error);
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  }

  function hear(fields: Buffer[]): void {
    const sender = fields[1]?.toString() ?? "";
    if (sender === self || !fields[3]) return;
    try {
      const message = deserialize(fields[3]) as BusMessage;
      for (const listener of listeners) listener(message, sender);
    } catch (error) {
      onError("a message of another process", error);
    }
  }

  return {
    self,
    isShared: true,
    publish(message) {
      if (closed) return;
      writer
        .xadd(STREAM, "MAXLEN", "~", KEEP_ENTRIES, "*", "from", self, "body", serialize(message))
        .catch(lost);
    },
    listen: (listener) => void listeners.add(listener),
    async close() {
      closed = true;
      await writer.quit().catch(() => {});
      reader.disconnect();
      await reading;
    },
  };
}

async function newestEntry(writer: Redis, reader: Redis, url: string): Promise<string> {
  try {
    await Promise.all([writer.connect(), reader.connect()]);
    const [newest] = await writer.xrevrange(STREAM, "+", "-", "COUNT", 1);
    return newest?.[0] ?? "0";
  } catch (error) {
    writer.disconnect();
    reader.disconnect();
    // The address may hold a password: only its host is said.
    const host = URL.canParse(url) ? new URL(url).host : "?";
    const reason = error instanceof Error ? error.message : String(error);
    throw Object.assign(
      new Error(
        `Redis at ${host} cannot be used (${reason}). Check REDIS_URL, or unset it to run one process.`,
        {
          cause: error,
        },
      ),
      { code: "redis" },
    );
  }
}

function entriesOf(answer: unknown): [id: string, fields: Buffer[]][] {
  const streams = (answer ?? []) as [Buffer, [Buffer, Buffer[]][]][];
  return (streams[0]?.[1] ?? []).map(([id, fields]) => [id.toString(), fields]);
}
