/**
 * A server process of its own: rooms on real sockets; a real Postgres and Redis, or the embedded database. The model is scripted:
 * its prompt says what it writes. `server-child.ts <databaseUrl or folder> <redisUrl or ""> <share of messages to lose> <port>`,
 * with "early" behind it: the planted mistake, an acknowledgement before the write. With "standby" it is ready to start, and waits
 * for a line: the folder's owner may still live.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { nanoid } from "nanoid";
import type { Model } from "#lib/model/types.ts";
import { accepts } from "#lib/room/accepts.ts";
import { type Bus, noBus } from "#lib/room/bus.ts";
import { redisBus } from "#lib/room/redis-bus.ts";
import { openRooms } from "#lib/room/rooms.ts";
import { createSockets } from "#lib/room/sockets.ts";
import { openStorage } from "#lib/storage/open.ts";
import type { Storage } from "#lib/storage/types.ts";
import { SOCKET_PATH } from "#lib/wire/events.ts";
import { scriptedDriver } from "../fixtures/scripted-driver.ts";
import { MIGRATIONS, openEmbedded } from "../storage/support.ts";

const [, , database = "", redisUrl = "", lossShare = "0", port = "0", mistake = "", standby = ""] =
  process.argv;
const say = (line: string) => process.stdout.write(`${line}\n`);
const onError = (what: string, error: unknown) => say(`error ${what}: ${error}`);

const model: Model = async function* ({ request }, signal) {
  if (request.text.includes("endless")) {
    yield "/src/App.tsx\n```tsx\nexport default function App() {\n  return (\n    <main>\n";
    for (let line = 0; !signal.aborted; line++) {
      yield `      <p>line ${line} ${process.pid}</p>\n`;
      await sleep(10);
    }
  }
  yield `/src/App.tsx\n\`\`\`tsx\nexport default function App() {\n  return <p>${request.text}</p>;\n}\n\`\`\`\n`;
};
const scripted = scriptedDriver(model);

if (standby) await once(process.stdin, "data");
const isPostgres = database.startsWith("postgres:");
const opened = isPostgres
  ? await openStorage({ databaseUrl: database, folder: "", migrationsFolder: MIGRATIONS })
  : await openEmbedded(database);
const storage: Storage = mistake === "early" ? { ...opened, appendUpdates: lying(opened) } : opened;
const self = nanoid();
const rooms = openRooms({
  storage,
  lanes: { fast: scripted, deep: scripted },
  packages: { add: async () => ({ ok: false, code: "packages-off" }) },
  accepts,
  bus: redisUrl ? losing(await redisBus({ url: redisUrl, self, onError }), Number(lossShare)) : noBus(self),
  log: (line) => say(`log ${line}`),
});
const { engine, io } = createSockets(() => true);
rooms.attach(io);
const server = createServer((request, response) => {
  if (request.url?.startsWith(SOCKET_PATH)) return engine.handleRequest(request as never, response as never);
  void rooms
    .createProject({ text: "first", count: Number(request.headers["x-count"] ?? 1), ownerId: "owner-0001" })
    .then((made) => response.end(JSON.stringify(made)));
});
server.on("upgrade", (request, socket, head) =>
  engine.handleUpgrade(request as never, socket as never, head),
);
server.listen(Number(port), "127.0.0.1", () => say(`listening ${(server.address() as AddressInfo).port}`));

/** Says that rows are durable and writes them a moment later. */
function lying({ appendUpdates }: Storage): Storage["appendUpdates"] {
  let last = 1_000_000;
  return async (updates) => {
    setTimeout(() => void appendUpdates(updates).catch(() => {}), 300);
    return updates.map(() => ++last);
  };
}

/** What this process says reaches no other one for a share of its messages. */
function losing(bus: Bus, share: number): Bus {
  return {
    ...bus,
    publish: (message) => {
      if (message.type === "ask" || message.type === "answer" || Math.random() >= share) bus.publish(message);
    },
  };
}
