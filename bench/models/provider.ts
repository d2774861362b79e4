/**
 * The scripted provider of bench/models.ts, in a process of its own so that its work is not counted as the driver's. What a
 * request's model name says is what it writes: "tokens=4000,rate=1000". Before it: TLS, and proxies that take their time.
 */
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { createServer as createTlsServer } from "node:tls";
import { selfSigned } from "../../tests/fixtures/certificate.ts";
import { startProviderServer } from "../../tests/fixtures/providers/provider-server.ts";
import { type LoggedRequest, now, type Step } from "../../tests/fixtures/providers/script.ts";

export type Ports = { plain: number; delayed: number; delayedTls: number };
/** `firstTextAt` by the clock of `performance`, when the first event with text was written; null: none was. */
export type Seen = { model: string; firstTextAt: number | null; abortedAt: number | null };

const ONE_WAY_MS = 20;
const TOKEN = "word";
/**
 * A model thinks before it writes; what a turn stores at its beginning is stored meanwhile. Its first text holds a whole line:
 * an edit shows lines, and how long a model takes for one is not ours.
 */
const PAGE_BEGINS: Step = {
  delayMs: 250,
  text: "/src/App.tsx\n```tsx\nexport default function App() {\n",
  chunkChars: 1_000,
};
const PAGE_ENDS: Step = { delayMs: 20, text: "  return null;\n}\n```\n" };

const firstTexts = new Map<string, number>();
const server = await startProviderServer({
  script: ({ body }) => scriptOf(modelOf(body)),
  onText: (id) => {
    if (!firstTexts.has(id)) firstTexts.set(id, now());
  },
});
const plain = Number(new URL(server.url).port);
const tls = createTlsServer(selfSigned("localhost"), (socket) => join(socket, connect(plain, "127.0.0.1")));
const tlsPort = await listen(tls);
const ports: Ports = {
  plain,
  delayed: await listen(createServer((socket) => slow(socket, plain))),
  delayedTls: await listen(createServer((socket) => slow(socket, tlsPort))),
};

process.on("message", async (message) => {
  for (let tries = 0; message === "closed" && tries < 1_000 && !server.requests.every(isClosed); tries++)
    await pause(2);
  const seen = server.requests.map(
    ({ id, body, abortedAt }): Seen => ({
      model: modelOf(body),
      firstTextAt: firstTexts.get(id) ?? null,
      abortedAt,
    }),
  );
  server.requests.length = 0;
  firstTexts.clear();
  process.send?.(seen);
});
// A bench that was killed leaves nothing behind.
process.on("disconnect", () => process.exit(0));
process.send?.(ports);

function isClosed({ abortedAt }: LoggedRequest): boolean {
  return abortedAt !== null;
}

function modelOf(body: unknown): string {
  return String((body as { model?: unknown } | null)?.model);
}

/** One token of four characters an event, as providers send them. */
function scriptOf(model: string): Step[] {
  const settings = new Map(model.split(",").map((pair) => pair.split("=") as [string, string]));
  const tokens = Number(settings.get("tokens") ?? 1);
  const rate = Number(settings.get("rate") ?? 0);
  const text: Step = { text: TOKEN.repeat(tokens), chunkChars: 4, ...(rate ? { rate } : {}) };
  if (settings.has("page")) return [PAGE_BEGINS, settings.has("tokens") ? text : PAGE_ENDS];
  return [text];
}

/**
 * Bytes arrive so much later than they were sent, in both directions, in order. Before the first of the client's lies a round
 * trip more: that of the TCP handshake, which a proxy on loopback cannot slow down.
 */
function slow(client: Socket, port: number): void {
  const upstream = connect(port, "127.0.0.1");
  const connectedAt = now() + 2 * ONE_WAY_MS;
  for (const [from, to] of [[client, upstream] as const, [upstream, client] as const]) {
    const onTheWay: Buffer[] = [];
    from.setNoDelay(true);
    from.on("data", (bytes) => {
      onTheWay.push(bytes);
      const leavesAt = from === client ? Math.max(now(), connectedAt) : now();
      setTimeout(() => to.write(onTheWay.shift() ?? ""), leavesAt + ONE_WAY_MS - now());
    });
    from.on("close", () => setTimeout(() => to.destroy(), ONE_WAY_MS));
    from.on("error", () => to.destroy());
  }
}

function join(one: Socket, other: Socket): void {
  for (const [from, to] of [[one, other] as const, [other, one] as const]) {
    from.setNoDelay(true);
    from.pipe(to);
    from.on("close", () => to.destroy());
    from.on("error", () => to.destroy());
  }
}

function listen(listening: Server): Promise<number> {
  return new Promise((resolve) =>
    listening.listen(0, "127.0.0.1", () => resolve((listening.address() as { port: number }).port)),
  );
}
