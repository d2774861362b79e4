/**
 * Three answers over three warm sockets, or over three lanes (`stream_id`) of one: how long, how much CPU, and what stopping
 * one costs the other two. Bare `ws` on both sides of the comparison, as our driver has sockets only.
 */
import { once } from "node:events";
import { WebSocket } from "ws";
import { quantile, type Row, round } from "../figures.ts";
import { type Provider, plainUrl } from "./asking.ts";

const TOKENS = 4_000;
const ROUNDS = 5;

export async function lanesOfOneSocket(provider: Provider): Promise<Row[]> {
  const rows: Row[] = [];
  for (const rate of [0, 1_000]) {
    const model = `tokens=${TOKENS}${rate ? `,rate=${rate}` : ""}`;
    for (const count of [3, 1]) {
      const times: number[] = [];
      const cpu: number[] = [];
      const sockets = await Promise.all(Array.from({ length: count }, () => connect(provider)));
      for (let run = 0; run <= ROUNDS; run++) {
        const before = process.cpuUsage();
        const startedAt = performance.now();
        await readThree(sockets, model);
        const { user, system } = process.cpuUsage(before);
        // The first round warms the code up.
        if (run > 0) times.push(performance.now() - startedAt);
        if (run > 0) cpu.push((user + system) / TOKENS / 3);
      }
      for (const socket of sockets) socket.close();
      const how = `3 answers ${rate ? "at 1,000 tok/s" : "as fast as they go"} over ${count === 3 ? "a socket each" : "lanes of one socket"}`;
      rows.push({ what: `${how}: all whole after`, figure: round(quantile(times, 0.5), 0), unit: "ms" });
      rows.push({ what: `${how}: CPU per 1,000 chunks`, figure: round(quantile(cpu, 0.5), 2), unit: "ms" });
    }
  }
  return rows;
}

async function connect(provider: Provider): Promise<WebSocket> {
  const url = `${plainUrl(provider).replace("http", "ws")}/responses`;
  const socket = new WebSocket(url, { headers: { authorization: "Bearer k" }, perMessageDeflate: false });
  await once(socket, "open");
  return socket;
}

/** One answer on each socket, or three lanes on the only one. */
async function readThree(sockets: readonly WebSocket[], model: string): Promise<void> {
  const open = new Set(["a", "b", "c"]);
  await new Promise<void>((resolve) => {
    let chars = 0;
    sockets.forEach((socket, index) => {
      socket.removeAllListeners("message");
      socket.on("message", (data) => {
        const { type, delta, stream_id } = JSON.parse(String(data)) as Event;
        if (type === "response.output_text.delta") chars += delta?.length ?? 0;
        if (type !== "response.completed") return;
        open.delete(stream_id ?? "abc"[index] ?? "");
        if (open.size === 0 && chars > 0) resolve();
      });
    });
    for (const [index, lane] of [...open].entries()) {
      const socket = sockets[index % sockets.length];
      const own = sockets.length === 1 ? { stream_id: lane } : {};
      socket?.send(JSON.stringify({ type: "response.create", model, input: [], store: false, ...own }));
    }
  });
}

type Event = { type: string; delta?: string; stream_id?: string };
