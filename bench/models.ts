/**
 * What our drivers add to a provider: time to the first character, CPU, and how soon a stop reaches it. The provider is
 * scripted, speaks the real protocols over real sockets, and runs in a process of its own; no language model is involved.
 */
import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createParser } from "eventsource-parser";
import { nanoid } from "nanoid";
import { Server as SocketServer } from "socket.io";
import { Agent, fetch } from "undici";
import { connectRoom, type RoomClient } from "../lib/client/room-client.ts";
import { createLanes, type LaneSetting } from "../lib/model/lanes.ts";
import type { Driver } from "../lib/model/types.ts";
import type { PromptId, TurnId, VariantId } from "../lib/project/ids.ts";
import { accepts } from "../lib/room/accepts.ts";
import { openRooms } from "../lib/room/rooms.ts";
import { openStorage } from "../lib/storage/open.ts";
import { type Credentials, PROTOCOL, SOCKET_PATH } from "../lib/wire/events.ts";
import { prompt } from "../tests/fixtures/providers/every-driver.ts";
import { now } from "../tests/fixtures/providers/script.ts";
import { quantile, type Row, round } from "./figures.ts";
import type { Ports, Seen } from "./models/provider.ts";

// The provider's certificate signs itself; nothing else is asked over TLS here.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";

const WIRES = ["chat", "responses", "responses-ws", "anthropic"] as const;
const never = new AbortController().signal;

type Provider = { ports: Ports; seen(): Promise<Seen[]>; close(): void };

export async function bench(): Promise<{ name: string; rows: Row[] }> {
  const provider = await startProvider();
  try {
    const rows = [
      ...(await cpuPerThousand(provider)),
      ...(await threeStreams(provider)),
      ...(await firstByteToText(provider)),
      ...(await toDraft(provider)),
      ...(await firstTokenOverDistance(provider)),
      ...(await stops(provider)),
    ];
    return { name: "models", rows };
  } finally {
    provider.close();
  }
}

async function startProvider(): Promise<Provider> {
  const child: ChildProcess = fork(join(import.meta.dirname, "models", "provider.ts"), {
    execArgv: ["--import", "tsx"],
  });
  const answer = <Kind>() =>
    new Promise<Kind>((resolve) => child.once("message", (value) => resolve(value as Kind)));
  const ports = await answer<Ports>();
  return {
    ports,
    async seen() {
      child.send("seen");
      return answer<Seen[]>();
    },
    close: () => void child.kill(),
  };
}

function open(wire: string, baseUrl: string, model: string): Driver {
  const setting: LaneSetting = { baseUrl, apiKey: "k", model, wire };
  return createLanes({ fast: setting, deep: null }).fast;
}

const plainUrl = ({ ports }: Provider) => `http://127.0.0.1:${ports.plain}/v1`;

async function readAll(driver: Driver): Promise<{ chars: number; firstAt: number }> {
  let [chars, firstAt] = [0, 0];
  for await (const text of driver.model(prompt, never)) {
    firstAt ||= now();
    chars += text.length;
  }
  return { chars, firstAt };
}

/** CPU of this process for 1,000 events of one token, as fast as they go; rounds of all clients in turn. */
async function cpuPerThousand(provider: Provider): Promise<Row[]> {
  const tokens = 20_000;
  const rounds = 7;
  const model = `tokens=${tokens}`;
  const drivers = WIRES.map((wire) => [wire, open(wire, plainUrl(provider), model)] as const);
  const clients: [name: string, read: () => Promise<unknown>][] = [
    ["raw fetch + eventsource-parser", () => readRaw(plainUrl(provider), model)],
    ...drivers.map(([wire, driver]): [string, () => Promise<unknown>] => [wire, () => readAll(driver)]),
  ];
  const spent = new Map<string, number[]>();
  for (let round = 0; round <= rounds; round++) {
    for (const [name, read] of clients) {
      const before = process.cpuUsage();
      await read();
      const { user, system } = process.cpuUsage(before);
      // The first round warms the code up.
      if (round > 0) spent.set(name, [...(spent.get(name) ?? []), (user + system) / tokens]);
    }
  }
  await Promise.all(drivers.map(([, driver]) => driver.close()));
  const median = (name: string) => quantile(spent.get(name) ?? [], 0.5);
  const raw = median("raw fetch + eventsource-parser");
  return clients.flatMap(([name], index) => [
    { what: `CPU per 1,000 chunks, ${name}`, figure: round(median(name), 2), unit: "ms" },
    ...(index === 0
      ? []
      : [{ what: `… against raw, ${name}`, figure: round(median(name) / raw, 2), unit: "×" }]),
  ]);
}

const rawAgent = new Agent({ keepAliveTimeout: 60_000 });

/** The least that reads a chat completion. */
async function readRaw(baseUrl: string, model: string): Promise<number> {
  const { messages } = prompt;
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: "POST",
    dispatcher: rawAgent,
    headers: { "content-type": "application/json", authorization: "Bearer k" },
    body: JSON.stringify({ model, messages, stream: true }),
  });
  let chars = 0;
  const decoder = new TextDecoder();
  const parser = createParser({
    onEvent({ data }) {
      if (data === "[DONE]") return;
      const { choices } = JSON.parse(data) as { choices: { delta: { content?: string } }[] };
      chars += choices[0]?.delta.content?.length ?? 0;
    },
  });
  for await (const bytes of response.body ?? [])
    parser.feed(decoder.decode(bytes as Uint8Array, { stream: true }));
  return chars;
}

/** Three streams of 4,000 tokens a second each, for 4 s. */
async function threeStreams(provider: Provider): Promise<Row[]> {
  const seconds = 4;
  const rate = 4_000;
  const rows: Row[] = [];
  for (const wire of ["chat", "responses", "responses-ws"] as const) {
    const driver = open(wire, plainUrl(provider), `tokens=${rate * seconds},rate=${rate}`);
    await driver.warm();
    const startedAt = performance.now();
    const before = process.cpuUsage();
    await Promise.all([1, 2, 3].map(() => readAll(driver)));
    const { user, system } = process.cpuUsage(before);
    const tookMs = performance.now() - startedAt;
    await driver.close();
    rows.push(
      {
        what: `3 × 4,000 tok/s, ${wire}: share of a core`,
        figure: round((user + system) / 10 / tookMs),
        unit: "%",
      },
      {
        what: `3 × 4,000 tok/s, ${wire}: behind the rate`,
        figure: round(tookMs - seconds * 1_000, 0),
        unit: "ms",
      },
    );
  }
  return rows;
}

/** From the provider's first write of text to that text in the hands of the turn. */
async function firstByteToText(provider: Provider): Promise<Row[]> {
  const rows: Row[] = [];
  for (const wire of WIRES) {
    const driver = open(wire, plainUrl(provider), "tokens=20,rate=1000");
    await driver.warm();
    await readAll(driver);
    await provider.seen();
    const added: number[] = [];
    for (let run = 0; run < 60; run++) {
      const { firstAt } = await readAll(driver);
      const [seen] = await provider.seen();
      if (seen?.firstTextAt) added.push(firstAt - seen.firstTextAt);
    }
    await driver.close();
    rows.push(...spread(`provider's first text → driver's, ${wire}`, added));
  }
  return rows;
}

/** From the provider's first write of text to the first character of a draft in the memory of a second person's page. */
async function toDraft(provider: Provider): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "triptych-bench-models-"));
  const storage = await openStorage({ databaseUrl: null, folder });
  const lanes = createLanes({
    fast: { baseUrl: plainUrl(provider), apiKey: null, model: "page=1,tokens=40,rate=2000", wire: "chat" },
    deep: null,
  });
  const packages = { add: async () => ({ ok: false, code: "packages-off" }) as const };
  const rooms = openRooms({ storage, lanes, packages, accepts });
  const server = createServer();
  const io = new SocketServer(server, { path: SOCKET_PATH, serveClient: false });
  rooms.attach(io);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { projectId } = await rooms.createProject({ text: "A page", count: 1, ownerId: "owner-0001" });
  const enter = () =>
    connectRoom({ url, credentials: { protocol: PROTOCOL, guestId: nanoid(24), projectId } as Credentials });
  const [writer, viewer] = [enter(), enter()];
  const added: number[] = [];
  try {
    await until(() => [writer, viewer].every((client) => isIdle(client)));
    const variantId = viewer.getSnapshot().variants[0]?.id as VariantId;
    await provider.seen();
    for (let run = 0; run < 40; run++) added.push(await draftOnce(provider, writer, viewer, variantId));
  } finally {
    writer.close();
    viewer.close();
    await rooms.close();
    await io.close();
    await storage.close();
    await lanes.fast.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return spread("provider's first text → draft in a second page's memory", added);
}

async function draftOnce(
  provider: Provider,
  writer: RoomClient,
  viewer: RoomClient,
  variantId: VariantId,
): Promise<number> {
  let draftAt = 0;
  const stop = viewer.drafts(variantId)?.subscribe(() => {
    draftAt ||= now();
  });
  const turnIds = { [variantId]: nanoid(24) as TurnId } as Record<VariantId, TurnId>;
  await writer.command("prompt", { promptId: nanoid(24) as PromptId, turnIds, lane: "fast", text: "again" });
  await until(() => draftAt > 0 && isIdle(viewer));
  stop?.();
  const [seen] = await provider.seen();
  return draftAt - (seen?.firstTextAt ?? Number.NaN);
}

function isIdle(client: RoomClient): boolean {
  const { status, turns } = client.getSnapshot();
  return status === "live" && turns.length > 0 && turns.every(({ state }) => state !== "running");
}

async function until(happened: () => boolean): Promise<void> {
  for (let waitedMs = 0; !happened(); waitedMs += 5) {
    if (waitedMs > 30_000) throw new Error("bench/models: waited 30 s in vain");
    await pause(5);
  }
}

/** First token with a round trip of 40 ms between us and the provider. */
async function firstTokenOverDistance(provider: Provider): Promise<Row[]> {
  const http = `http://127.0.0.1:${provider.ports.delayed}/v1`;
  const https = `https://localhost:${provider.ports.delayedTls}/v1`;
  const rows: Row[] = [];
  const cases: [what: string, wire: string, url: string, isWarm: boolean][] = [
    ["HTTP fresh", "chat", http, false],
    ["HTTP kept open", "chat", http, true],
    ["HTTPS fresh", "chat", https, false],
    ["HTTPS kept open", "chat", https, true],
    ["WebSocket fresh (wss)", "responses-ws", https, false],
    ["WebSocket kept open", "responses-ws", http, true],
    ["WebSocket kept open (wss)", "responses-ws", https, true],
  ];
  for (const [what, wire, url, isWarm] of cases) {
    const times: number[] = [];
    let driver = open(wire, url, "tokens=4");
    if (isWarm) await driver.warm();
    if (isWarm) await readAll(driver);
    for (let run = 0; run < 21; run++) {
      const startedAt = now();
      const { firstAt } = await readAll(driver);
      times.push(firstAt - startedAt);
      if (isWarm) continue;
      await driver.close();
      driver = open(wire, url, "tokens=4");
    }
    await driver.close();
    rows.push({
      what: `first token at 40 ms round trip, ${what}, median`,
      figure: round(quantile(times, 0.5)),
      unit: "ms",
    });
  }
  return rows;
}

/** From the stop to the provider seeing its connection closed, while it writes 1,000 tok/s. */
async function stops(provider: Provider): Promise<Row[]> {
  const rows: Row[] = [];
  for (const wire of WIRES) {
    const driver = open(wire, plainUrl(provider), "tokens=100000,rate=1000");
    await driver.warm();
    await provider.seen();
    const times: number[] = [];
    for (let run = 0; run < 40; run++) {
      const abort = new AbortController();
      let stoppedAt = 0;
      let chars = 0;
      for await (const text of driver.model(prompt, abort.signal)) {
        chars += text.length;
        if (chars < 200) continue;
        stoppedAt = now();
        abort.abort();
      }
      await pause(60);
      const seen = (await provider.seen()).find(({ abortedAt }) => abortedAt !== null);
      times.push((seen?.abortedAt ?? Number.POSITIVE_INFINITY) - stoppedAt);
    }
    await driver.close();
    rows.push(...spread(`stop → upstream closed, ${wire}`, times));
  }
  return rows;
}

function spread(what: string, times: readonly number[]): Row[] {
  return [
    { what: `${what}, p50`, figure: round(quantile(times, 0.5), 2), unit: "ms" },
    { what: `${what}, p95`, figure: round(quantile(times, 0.95), 2), unit: "ms" },
  ];
}
