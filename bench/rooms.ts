/**
 * Rooms under load, over real sockets: the server is a process of its own (its processor time and memory are read from /proc), the
 * viewers are in another, those that are measured in a third; the model is scripted and writes at a given pace. All clocks are this
 * machine's.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { io, type Socket } from "socket.io-client";
import { PROTOCOL, SOCKET_PATH } from "../lib/wire/events.ts";
import { decodeFrame } from "../lib/wire/frame.ts";
import { type FaultProxy, startFaultProxy } from "../tests/fixtures/fault-proxy.ts";
import { percent, quantile, type Row, round } from "./figures.ts";
import { askAll } from "./rooms/asking.ts";
import type { Audience } from "./rooms/audience.ts";

const SERVER = fileURLToPath(new URL("./rooms/server.ts", import.meta.url));
const AUDIENCE = fileURLToPath(new URL("./rooms/audience.ts", import.meta.url));
const SECONDS = Number(process.env.TRIPTYCH_BENCH_SECONDS ?? 8);
const TICKS_PER_SECOND = 100;
const SLOW_PAIRS = 3;
/** So much waits for the slow viewer when a round begins; what is written in it then goes over a viewer's limit of 1 MB. */
const BACKLOG_BYTES = 800 * 1024;

/** By name, so that one can be run alone. */
export const parts: Record<string, () => Promise<Row[]>> = {
  fifty: () => stream({ what: "1 room × 3 × 3,000 tok/s × 50 viewers", rooms: 1, viewers: 50, rate: 3_000 }),
  /** What the text costs without its viewers: the difference is theirs. */
  one: () => stream({ what: "1 room × 3 × 3,000 tok/s × 1 viewer", rooms: 1, viewers: 1, rate: 3_000 }),
  ten: () => stream({ what: "10 rooms × 3 × 1,000 tok/s × 10 viewers", rooms: 10, viewers: 10, rate: 1_000 }),
  many: () => stream({ what: "1 room × 3 × 1,000 tok/s × 200 viewers", rooms: 1, viewers: 200, rate: 1_000 }),
  /** Bytes alone, which do not depend on how busy the machine is. */
  bytes: () => stream({ what: "1 room × 3 × 500 tok/s × 1 viewer", rooms: 1, viewers: 1, rate: 500 }),
  slow: slowViewer,
  overload,
  idle: () => idle(1_000),
  acks,
  relay,
  heal,
  open: openTime,
};

export async function bench(): Promise<{ name: string; rows: Row[] }> {
  const rows: Row[] = [];
  for (const part of Object.values(parts)) rows.push(...(await part()));
  return { name: "rooms", rows };
}

type Server = {
  url: string;
  port: number;
  pid: number;
  create(): Promise<string>;
  end(): Promise<void>;
};

async function startServer(control: "on" | "off" = "on"): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), "triptych-bench-"));
  const child: ChildProcess = spawn(
    process.execPath,
    ["--import", "tsx", "--expose-gc", SERVER, folder, control],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const port = await new Promise<number>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
    if (!child.stdout) return reject(new Error("the server has no output"));
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith("listening ")) resolve(Number(line.split(" ")[1]));
    });
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    port,
    pid: child.pid ?? 0,
    create: async () => (await (await fetch(`${url}/create`)).json()).projectId,
    async end() {
      child.removeAllListeners("exit");
      child.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Viewer = {
  socket: Socket;
  bytes: number;
  /** From text that came to the frame that left: what waited in the server. */
  serverMs: number[];
  /** From text that came to the decoded frame. */
  lags: number[];
  disconnects: number;
  resyncs: number;
};

/** A page without documents: it decodes frames and notes how old their oldest text is. */
function view(url: string, projectId: string): Promise<Viewer> {
  const socket = io(url, {
    path: SOCKET_PATH,
    auth: { protocol: PROTOCOL, projectId },
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
  });
  const viewer: Viewer = { socket, bytes: 0, serverMs: [], lags: [], disconnects: 0, resyncs: 0 };
  socket.on("frame", (bytes: Uint8Array) => {
    viewer.bytes += bytes.byteLength;
    const frame = decodeFrame(new Uint8Array(bytes));
    if (!frame) return;
    viewer.serverMs.push(frame.sentMs - frame.oldestTokenMs);
    viewer.lags.push(performance.timeOrigin + performance.now() - frame.oldestTokenMs);
  });
  socket.on("disconnect", () => viewer.disconnects++);
  socket.on("resync", () => {
    viewer.resyncs++;
    socket.emit("join", { known: [] }, () => {});
  });
  return new Promise((resolve, reject) => {
    socket.once("connect_error", reject);
    socket.once("connect", () => socket.emit("join", { known: [] }, () => resolve(viewer)));
  });
}

type Load = { what: string; rooms: number; viewers: number; rate: number; control?: "off" };
type Streamed = {
  core: number;
  tokensPerSecond: number;
  serverMs: number[];
  lags: number[];
  bytesShare: number;
  disconnects: number;
  resyncs: number;
  /** The highest that load.ts reached. */
  level: number;
};

async function stream(load: Load): Promise<Row[]> {
  const { what } = load;
  const { core, serverMs, lags, tokensPerSecond, disconnects, resyncs, bytesShare } = await streamed(load);
  return [
    { what: `${what}: server`, figure: round(core * 100), unit: "% of a core" },
    { what: `${what}: text came → frame left, p95`, figure: round(quantile(serverMs, 0.95)), unit: "ms" },
    { what: `${what}: text came → frame decoded, p50`, figure: round(quantile(lags, 0.5)), unit: "ms" },
    { what: `${what}: text came → frame decoded, p95`, figure: round(quantile(lags, 0.95)), unit: "ms" },
    { what: `${what}: written`, figure: tokensPerSecond, unit: "tok/s in all" },
    { what: `${what}: disconnects`, figure: disconnects, unit: "" },
    { what: `${what}: resyncs`, figure: resyncs, unit: "" },
    { what: `${what}: bytes ÷ the models' own text`, figure: round(bytesShare, 2), unit: "×" },
  ];
}

/**
 * One viewer of each room is measured here: the last one that came, to whom a frame goes last. The others take what comes in a process
 * of their own, for what all of them decode would be measured too.
 */
async function streamed({ rooms, viewers, rate, control }: Load): Promise<Streamed> {
  const server = await startServer(control);
  try {
    const projects = await sequence(rooms, () => server.create());
    const audience = viewers > 1 ? await startAudience(server.url, viewers - 1, projects) : null;
    const probes = await sequence(rooms, (each) => view(server.url, projects[each] ?? ""));
    // Once unmeasured: in the first seconds two thirds of the processor time are other threads', where V8 makes fast code.
    await write(server, projects, rate);
    for (const probe of probes) Object.assign(probe, { bytes: 0, lags: [], serverMs: [] });
    const cpu = cpuSeconds(server.pid);
    const started = performance.now();
    const chars = await write(server, projects, rate);
    const seconds = (performance.now() - started) / 1_000;
    const core = (cpuSeconds(server.pid) - cpu) / seconds;
    const { level } = await (await fetch(`${server.url}/so-far`)).json();
    const others = await audience?.();
    const bytes = probes.reduce((sum, { bytes }) => sum + bytes, 0);
    const lost = probes.reduce((sum, { disconnects }) => sum + disconnects, 0);
    for (const { socket } of probes) socket.disconnect();
    return {
      core,
      tokensPerSecond: Math.round(chars / 4 / seconds),
      serverMs: probes.flatMap((probe) => probe.serverMs),
      lags: probes.flatMap((probe) => probe.lags),
      bytesShare: bytes / chars,
      disconnects: lost + (others?.disconnects ?? 0),
      resyncs: others?.resyncs ?? 0,
      level,
    };
  } finally {
    await server.end();
  }
}

/** Resolves when all are in; what it gives ends them, and tells what they got. */
async function startAudience(
  url: string,
  count: number,
  projects: string[],
): Promise<() => Promise<Audience>> {
  const child = spawn(process.execPath, ["--import", "tsx", AUDIENCE, url, String(count), ...projects], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  if ((await lines.next()).value !== "in") throw new Error("the viewers could not come in");
  return async () => {
    child.kill("SIGTERM");
    return JSON.parse((await lines.next()).value ?? "{}");
  };
}

/** All variants of all projects write for SECONDS; gives the characters that the models wrote. */
async function write({ url }: Server, projects: string[], rate: number): Promise<number> {
  await fetch(`${url}/begin`);
  await Promise.all(projects.map((project) => askAll(url, project, `rate ${rate} seconds ${SECONDS}`)));
  return (await (await fetch(`${url}/so-far`)).json()).chars;
}

/**
 * One reads 1 KB/s: what it costs the others, and what waits for it in the server. The buffers of the system between the two, which
 * take megabytes, are filled before a round with bytes that it alone gets. Turn by turn without and with it: the machine drifts.
 */
async function slowViewer(): Promise<Row[]> {
  const server = await startServer();
  const proxy: FaultProxy = await startFaultProxy(() => server.port);
  try {
    const project = await server.create();
    const audience = await startAudience(server.url, 9, [project]);
    const probe = await view(server.url, project);
    const p95 = async () => {
      probe.lags = [];
      await write(server, [project], 3_000);
      return quantile(probe.lags, 0.95);
    };
    await p95();
    const alone: number[] = [];
    const beside: { p95: number; most: number; resynced: boolean }[] = [];
    for (let pair = 0; pair < SLOW_PAIRS; pair++) {
      alone.push(await p95());
      beside.push(await besideSlow(server, proxy, project, p95));
    }
    const { stale } = await (await fetch(`${server.url}/so-far`)).json();
    probe.socket.disconnect();
    await audience();
    const [quiet, with1] = [
      quantile(alone, 0.5),
      quantile(
        beside.map((each) => each.p95),
        0.5,
      ),
    ];
    const most = Math.max(...beside.map((each) => each.most));
    return [
      { what: "p95 of one of 10 viewers, alone (median of 3)", figure: round(quiet), unit: "ms" },
      { what: "p95 beside one that reads 1 KB/s (median of 3)", figure: round(with1), unit: "ms" },
      { what: "change", figure: percent(with1 - quiet, quiet), unit: "%" },
      { what: "most that waited for the slow one", figure: round(most / 1024 / 1024, 2), unit: "MB" },
      { what: "times it was left out", figure: stale, unit: `of ${SLOW_PAIRS}` },
      {
        what: "times it had drained and came back",
        figure: beside.filter((each) => each.resynced).length,
        unit: `of ${SLOW_PAIRS}`,
      },
    ];
  } finally {
    await proxy.close();
    await server.end();
  }
}

async function besideSlow(server: Server, proxy: FaultProxy, project: string, p95: () => Promise<number>) {
  const slow = await view(`http://127.0.0.1:${proxy.port}`, project);
  proxy.throttle(1_024);
  await fetch(`${server.url}/stuff`, {
    headers: { "x-socket": slow.socket.id ?? "", "x-bytes": String(BACKLOG_BYTES) },
  });
  const queue = watchQueue(server);
  const round = await p95();
  const most = await queue();
  proxy.throttle(null);
  for (let waits = 0; slow.resyncs === 0 && waits < 100; waits++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  slow.socket.disconnect();
  return { p95: round, most, resynced: slow.resyncs > 0 };
}

/**
 * More text than one core can read, with and without what load.ts gives up (500 viewers are none: 39 % of a core); then the ordinary
 * room beside processes that take the processor from it: no level may be entered for them.
 */
async function overload(): Promise<Row[]> {
  const what = "10 rooms × 3 × 6,000 tok/s × 5 viewers";
  const flood = { what, rooms: 10, viewers: 5, rate: 6_000 };
  const without = await streamed({ ...flood, control: "off" });
  const held = await streamed(flood);
  const noisy = await besideOthers(() => streamed({ what, rooms: 1, viewers: 5, rate: 1_000 }));
  const rows = (how: string, { core, lags, disconnects, level, tokensPerSecond }: Streamed): Row[] => [
    { what: `${how}: written`, figure: tokensPerSecond, unit: "tok/s in all" },
    { what: `${how}: text came → frame decoded, p95`, figure: round(quantile(lags, 0.95)), unit: "ms" },
    { what: `${how}: server`, figure: round(core * 100), unit: "% of a core" },
    { what: `${how}: disconnects`, figure: disconnects, unit: "" },
    { what: `${how}: highest level of load`, figure: level, unit: "of 6" },
  ];
  return [
    ...rows(`${what}, nothing given up`, without),
    ...rows(what, held),
    ...rows("1 room × 3 × 1,000 tok/s × 5 viewers beside 4 processes that only compute", noisy),
  ];
}

async function besideOthers<Value>(work: () => Promise<Value>): Promise<Value> {
  const others = Array.from({ length: 4 }, () => spawn(process.execPath, ["-e", "for (;;);"]));
  try {
    return await work();
  } finally {
    for (const other of others) other.kill("SIGKILL");
  }
}

function watchQueue(server: Server): () => Promise<number> {
  let most = 0;
  let running = true;
  const watching = (async () => {
    while (running) {
      const { queued } = await (await fetch(`${server.url}/queued`)).json();
      most = Math.max(most, queued);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return async () => {
    running = false;
    await watching;
    return most;
  };
}

async function idle(count: number): Promise<Row[]> {
  const server = await startServer();
  try {
    const projects = await sequence(20, () => server.create());
    await fetch(`${server.url}/gc`);
    const before = memoryBytes(server.pid);
    const all: Viewer[] = [];
    for (let each = 0; each < count; each++)
      all.push(await view(server.url, projects[each % projects.length] ?? ""));
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await fetch(`${server.url}/gc`);
    const more = memoryBytes(server.pid) - before;
    for (const { socket } of all) socket.disconnect();
    return [
      {
        what: `${count} idle sockets over the server with its 20 rooms open`,
        figure: round(more / 1024 / 1024),
        unit: "MB",
      },
    ];
  } finally {
    await server.end();
  }
}

/** Ten people type at 10 edits a second each. */
async function acks(): Promise<Row[]> {
  const server = await startServer();
  try {
    const project = await server.create();
    const { typing } = await import("./rooms/typing.ts");
    const times = await typing(server.url, project, 10, SECONDS);
    return [
      {
        what: "edit → acknowledged as stored, 10 people × 10 edits/s, p50",
        figure: round(quantile(times, 0.5)),
        unit: "ms",
      },
      {
        what: "edit → acknowledged as stored, 10 people × 10 edits/s, p95",
        figure: round(quantile(times, 0.95)),
        unit: "ms",
      },
    ];
  } finally {
    await server.end();
  }
}

/** The server's part of "text edit → all viewers": relayed at once, before it is stored. */
async function relay(): Promise<Row[]> {
  const server = await startServer();
  try {
    const { relaying } = await import("./rooms/relay.ts");
    const times = await relaying(server.url, await server.create(), 100);
    return [0.5, 0.95].map((share) => ({
      what: `edit of a person → another's document, without a browser, p${share * 100}`,
      figure: round(quantile(times, share)),
      unit: "ms",
    }));
  } finally {
    await server.end();
  }
}

/** The network is gone for so many seconds while both sides write. */
async function heal(): Promise<Row[]> {
  const server = await startServer();
  const proxy = await startFaultProxy(() => server.port);
  try {
    const { healing } = await import("./rooms/healing.ts");
    const cuts = [1, 5, 20, 60];
    const times = await healing(server.url, proxy, await server.create(), cuts);
    return cuts.map((seconds, at) => ({
      what: `${seconds} s without network, both sides writing: back → equal and stored`,
      figure: round(times[at] ?? Number.NaN),
      unit: "ms",
    }));
  } finally {
    await proxy.close();
    await server.end();
  }
}

/** A room that nobody has open: the join of the first page, after 5 turns and after 200. */
async function openTime(): Promise<Row[]> {
  const server = await startServer();
  try {
    const medians: number[] = [];
    for (const turns of [5, 200]) {
      const project = await server.create();
      await fetch(`${server.url}/turns`, { headers: { "x-project": project, "x-turns": String(turns) } });
      const times: number[] = [];
      for (let run = 0; run < 9; run++) {
        await fetch(`${server.url}/unload`);
        const started = performance.now();
        const viewer = await view(server.url, project);
        times.push(performance.now() - started);
        viewer.socket.disconnect();
      }
      medians.push(quantile(times, 0.5));
    }
    const [few = 0, many = 0] = medians;
    return [
      { what: "open a project of 5 turns, median of 9", figure: round(few), unit: "ms" },
      { what: "open a project of 200 turns, median of 9", figure: round(many), unit: "ms" },
      { what: "200 turns ÷ 5 turns", figure: round(many / few, 2), unit: "×" },
    ];
  } finally {
    await server.end();
  }
}

async function sequence<Value>(count: number, make: (each: number) => Promise<Value>): Promise<Value[]> {
  const made: Value[] = [];
  for (let each = 0; each < count; each++) made.push(await make(each));
  return made;
}

/** User and system time of a process; Linux. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

function memoryBytes(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(line?.[1] ?? 0) * 1024;
}
