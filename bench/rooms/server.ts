/** The server of bench/rooms.ts: rooms on the embedded database; the scripted model writes at the pace that is asked for. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { nanoid } from "nanoid";
import { connectRoom } from "../../lib/client/room-client.ts";
import type { Model } from "../../lib/model/types.ts";
import type { ProjectId, PromptId, TurnId, VariantId } from "../../lib/project/ids.ts";
import { accepts } from "../../lib/room/accepts.ts";
import type { RoomSocket } from "../../lib/room/channels.ts";
import { createLoad, levels } from "../../lib/room/load.ts";
import { openRooms } from "../../lib/room/rooms.ts";
import { queuedBytes } from "../../lib/room/slow-viewers.ts";
import { createSockets } from "../../lib/room/sockets.ts";
import { openStorage } from "../../lib/storage/open.ts";
import { PROTOCOL, SOCKET_PATH } from "../../lib/wire/events.ts";
import { scriptedDriver } from "../../tests/fixtures/scripted-driver.ts";

const CHARS_PER_TOKEN = 4;
/** A provider sends small pieces: here every 10 ms. */
const PIECE_MS = 10;
const LINES_PER_FILE = 400;

const storage = await openStorage({ databaseUrl: null, folder: process.argv[2] ?? "" });
let written = 0;
let highest = 0;
// Never late: nothing is given up.
const calm = process.argv[3] === "off" ? { sample: () => ({ lateMs: 0, busyShare: 0, ownShare: 0 }) } : {};

/** "rate 3000 seconds 8": files of components, one after another, each written anew when it is full. */
const model: Model = async function* ({ request }, signal) {
  const asked = /rate (\d+) seconds (\d+)/.exec(request.text);
  const turn = /turn (\d+)/.exec(request.text)?.[1];
  if (!asked) {
    yield small(turn ?? "0");
    return;
  }
  const [rate, seconds] = [Number(asked[1]), Number(asked[2])];
  const started = performance.now();
  const text = pages();
  let sent = 0;
  while (!signal.aborted && performance.now() - started < seconds * 1_000) {
    const due = Math.floor(((performance.now() - started) / 1_000) * rate * CHARS_PER_TOKEN);
    while (sent < due) {
      const { value = "" } = text.next();
      sent += value.length;
      written += value.length;
      yield value;
    }
    await sleep(PIECE_MS);
  }
};

function* pages(): Generator<string, void> {
  for (let page = 0; ; page++) {
    yield `/src/part-${page % 6}.tsx\n\`\`\`tsx\nexport const rows${page} = [\n`;
    for (let line = 0; line < LINES_PER_FILE; line++)
      yield `  { id: ${line}, title: "Row ${line} of ${page}", note: "written at a steady pace" },\n`;
    yield "];\n```\n";
  }
}

function small(turn: string): string {
  return `/src/App.tsx\n\`\`\`tsx\nexport default function App() {\n  return <p>turn ${turn}</p>;\n}\n\`\`\`\n`;
}

const scripted = scriptedDriver(model, { builtIn: true });
const options = {
  storage,
  lanes: { fast: scripted, deep: scripted },
  // Ten rooms write at once: nobody waits in a queue.
  answers: { atOnce: { fast: 30, deep: 30 } },
  packages: { add: async () => ({ ok: false as const, code: "packages-off" as const }) },
  accepts,
  log: () => {},
};
/** Each time anew: rooms that close end theirs. */
const load = () =>
  createLoad({ ...calm, onChange: (level) => (highest = Math.max(highest, levels.indexOf(level))) });
let rooms = openRooms({ ...options, load: load() });
const { engine, io } = createSockets(() => true);
rooms.attach(io);

const server = createServer((request, response) => {
  if (request.url?.startsWith(SOCKET_PATH)) return engine.handleRequest(request as never, response as never);
  void answer(request).then((body) => response.end(JSON.stringify(body)));
});
server.on("upgrade", (request, socket, head) =>
  engine.handleUpgrade(request as never, socket as never, head),
);
server.listen(0, "127.0.0.1", () => console.log(`listening ${(server.address() as AddressInfo).port}`));

async function answer(request: IncomingMessage): Promise<object> {
  const header = (name: string) => String(request.headers[`x-${name}`] ?? "");
  switch (request.url) {
    case "/create":
      return rooms.createProject({ text: "turn 0", count: 3, ownerId: "owner-0001" });
    // What starting and coming in took is not asked for.
    case "/begin":
      [written, highest] = [0, 0];
      return {};
    case "/turns":
      for (let turn = 1; turn <= Number(header("turns")); turn++)
        await prompt(header("project") as ProjectId, `turn ${turn}`, 1);
      return {};
    case "/queued":
      return {
        queued: Math.max(
          0,
          ...[...io.sockets.sockets.values()].map((each) => queuedBytes(each as RoomSocket)),
        ),
      };
    case "/stuff":
      return stuff(header("socket"), Number(header("bytes")));
    case "/so-far":
      return { level: highest, chars: written, stale: await staleTotal() };
    case "/unload":
      await rooms.close();
      rooms = openRooms({ ...options, load: load() });
      io.removeAllListeners("connection");
      rooms.attach(io);
      return {};
    default:
      globalThis.gc?.();
      return {};
  }
}

/** Until so much waits in this process for one socket: the network, which takes megabytes on loopback, then takes no more. */
async function stuff(id: string, bytes: number): Promise<object> {
  const socket = io.sockets.sockets.get(id) as RoomSocket;
  const wire = socket as { emit(event: string, bytes: Buffer): void };
  for (let fullTimes = 0; fullTimes < 10; ) {
    if (queuedBytes(socket) < bytes) {
      fullTimes = 0;
      wire.emit("padding", Buffer.alloc(16 * 1024));
    } else fullTimes++;
    await sleep(fullTimes > 0 ? 50 : 1);
  }
  return { queued: queuedBytes(socket) };
}

async function staleTotal(): Promise<number> {
  const figures = await rooms.figures();
  return figures.find(({ name }) => name === "triptych_stale_total")?.values[0]?.value ?? 0;
}

/** Through a page's own connection, and until all its turns have ended. */
async function prompt(projectId: ProjectId, text: string, variants = 3): Promise<void> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = connectRoom({ url, credentials: { protocol: PROTOCOL, projectId, guestId: nanoid() } });
  await until(() => client.getSnapshot().status === "live");
  await until(() => client.getSnapshot().turns.every((turn) => turn.state !== "running"));
  const ids = client
    .getSnapshot()
    .variants.slice(0, variants)
    .map(({ id }) => id);
  const turnIds = Object.fromEntries(ids.map((id) => [id, nanoid()])) as Record<VariantId, TurnId>;
  await client.command("prompt", { promptId: nanoid() as PromptId, turnIds, lane: "fast", text });
  const mine = new Set<string>(Object.values(turnIds));
  await until(
    () =>
      client.getSnapshot().turns.filter((turn) => mine.has(turn.id) && turn.endedAt !== null).length ===
      ids.length,
  );
  client.close();
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(5);
}
