/**
 * Half an hour (TRIPTYCH_SOAK_MINUTES) of a busy room: models write at ten times a normal rate; people, in another process, come, type and
 * go. Prints heap, handles and the sizes of tables every half minute; fails when the heap climbs after a warm-up of a fifth of
 * the time, handles grow, or the log is not compacted.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Model } from "../lib/model/types.ts";
import { accepts } from "../lib/room/accepts.ts";
import { openRooms } from "../lib/room/rooms.ts";
import { createSockets } from "../lib/room/sockets.ts";
import { openStorage } from "../lib/storage/open.ts";
import { SOCKET_PATH } from "../lib/wire/events.ts";
import { scriptedDriver } from "../tests/fixtures/scripted-driver.ts";

const MINUTES = Number(process.env.TRIPTYCH_SOAK_MINUTES ?? 30);
/** A hosted model writes about 100 tokens a second. */
const TOKENS_PER_SECOND = 1_000;
const CHARS_PER_TOKEN = 4;
const TURN_MS = 5_000;
const SAMPLE_MS = Math.min(30_000, (MINUTES * 60_000) / 20);
const MAX_SLOPE_MB = 1;
const PEOPLE = fileURLToPath(new URL("./soak/people.ts", import.meta.url));

const model: Model = async function* (_prompt, signal) {
  const started = performance.now();
  let sent = 0;
  for (let page = 0; performance.now() - started < TURN_MS && !signal.aborted; page++) {
    yield `/src/part-${page % 4}.tsx\n\`\`\`tsx\nexport const rows = [\n`;
    for (let line = 0; line < 100 && !signal.aborted; line++) {
      const text = `  { id: ${line}, title: "Row ${line} of ${page} at ${Math.round(started)}" },\n`;
      sent += text.length;
      yield text;
      const due = ((performance.now() - started) / 1_000) * TOKENS_PER_SECOND * CHARS_PER_TOKEN;
      if (sent > due) await sleep(10);
    }
    yield "];\n```\n";
  }
};
const scripted = scriptedDriver(model, { builtIn: true });

const folder = await mkdtemp(join(tmpdir(), "triptych-soak-"));
const storage = await openStorage({ databaseUrl: null, folder });
const rooms = openRooms({
  storage,
  lanes: { fast: scripted, deep: scripted },
  packages: { add: async () => ({ ok: false, code: "packages-off" }) },
  accepts,
});
const { engine, io } = createSockets(() => true);
rooms.attach(io);
const server = createServer((request, response) => {
  if (request.url?.startsWith(SOCKET_PATH)) engine.handleRequest(request as never, response as never);
});
server.on("upgrade", (request, socket, head) =>
  engine.handleUpgrade(request as never, socket as never, head),
);
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

type Sample = { minute: number; heapMb: number; handles: number; logRows: number };
const samples: Sample[] = [];
const ends = performance.now() + MINUTES * 60_000;
process.on("warning", (warning) => {
  console.error(`warning: ${warning.message}`);
  process.exitCode = 1;
});

const { projectId } = await rooms.createProject({ text: "soak", count: 3, ownerId: "owner-0001" });
const people = spawn(
  process.execPath,
  ["--import", "tsx", PEOPLE, url, projectId, String(MINUTES), String(TURN_MS)],
  { stdio: "inherit" },
);
const gone = once(people, "exit");
await sampling();
const [code] = await gone;
if (code !== 0) throw new Error(`the people ended with ${code}`);
await rooms.close();
await io.close();
server.close();
const { rows: leftRows } = await storage.logSize();
await storage.close();
await rm(folder, { recursive: true, force: true });
report(leftRows);

async function sampling(): Promise<void> {
  for (let at = SAMPLE_MS; performance.now() < ends; at += SAMPLE_MS) {
    await sleep(SAMPLE_MS);
    globalThis.gc?.();
    const { rows: logRows } = await storage.logSize();
    const handles = process.getActiveResourcesInfo().filter((name) => /TCP|Pipe|FS/.test(name)).length;
    const sample = {
      minute: at / 60_000,
      heapMb: process.memoryUsage().heapUsed / 1024 / 1024,
      handles,
      logRows,
    };
    samples.push(sample);
    console.log(
      `${sample.minute.toFixed(1)} min: heap ${sample.heapMb.toFixed(1)} MB, ${handles} handles, ${logRows} log rows`,
    );
  }
}

function report(left: number): void {
  const warm = samples.filter(({ minute }) => minute > MINUTES / 5);
  const slope = slopeOf(warm.map(({ minute, heapMb }) => [minute, heapMb]));
  const handles = slopeOf(warm.map((each) => [each.minute, each.handles]));
  console.log(
    `heap ${slope.toFixed(2)} MB/min after warm-up, handles ${handles.toFixed(2)}/min, at most ${Math.max(...samples.map((each) => each.logRows))} log rows, ${left} left after closing`,
  );
  if (MINUTES >= 10 && (slope > MAX_SLOPE_MB || handles > 0.5)) process.exitCode = 1;
}

/** Least squares. */
function slopeOf(points: [number, number][]): number {
  const mean = (of: (point: [number, number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / Math.max(1, points.length);
  const [mx, my] = [mean(([x]) => x), mean(([, y]) => y)];
  const up = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  const across = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return across === 0 ? 0 : up / across;
}
