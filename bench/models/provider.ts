/**
 * The scripted provider of bench/models.ts, in a process of its own so that its work is not counted as the driver's. What a
 * request's model name says is what it writes: "tokens=4000,rate=1000". Before it: TLS, and proxies that take their time.
 */
import { connect, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { selfSigned } from "../../tests/fixtures/certificate.ts";
import { startProviderServer } from "../../tests/fixtures/providers/provider-server.ts";
import { now, type Step } from "../../tests/fixtures/providers/script.ts";

export type Ports = { plain: number; delayed: number; delayedTls: number };
/** `firstTextAt` by the clock of `performance`, when the first event with text was written; null: none was. */
export type Seen = { model: string; firstTextAt: number | null; abortedAt: number | null };

const ONE_WAY_MS = 20;
const TOKEN = "word";

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

process.on("message", () => {
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
process.send?.(ports);

function modelOf(body: unknown): string {
  return String((body as { model?: unknown } | null)?.model);
}

/** One token of four characters an event, as providers send them. */
function scriptOf(model: string): Step[] {
  const settings = new Map(model.split(",").map((pair) => pair.split("=") as [string, string]));
  const page = settings.get("page");
  const tokens = Number(settings.get("tokens") ?? 1);
  const rate = Number(settings.get("rate") ?? 0);
  const text = page ? `/src/App.tsx\n\`\`\`tsx\n${TOKEN.repeat(tokens)}` : TOKEN.repeat(tokens);
  return [{ text, chunkChars: 4, ...(rate ? { rate } : {}) }];
}

/** Bytes arrive so much later than they were sent, in both directions, in order. */
function slow(client: Socket, port: number): void {
  const upstream = connect(port, "127.0.0.1");
  for (const [from, to] of [[client, upstream] as const, [upstream, client] as const]) {
    from.setNoDelay(true);
    from.on("data", (bytes) => setTimeout(() => to.write(bytes), ONE_WAY_MS));
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
