/** One WebSocket to a model server: opened, read in batches with back-pressure, closed. It knows no event. */
import type { IncomingMessage } from "node:http";
import WebSocket from "ws";
import type { Memory } from "./memory.ts";
import { MAX_EVENT_CHARS } from "./sse.ts";
import { ModelFailure } from "./types.ts";

export type Upgrade = { url: string; headers: Record<string, string>; timeoutMs: number };

/** The server answered the upgrade with something else. */
export class UpgradeRefused extends Error {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  constructor(status: number, headers: IncomingMessage["headers"], body: string) {
    super(`the server answered ${status} instead of opening a WebSocket`);
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

/** More than this unread, and the server has to wait; with one event on top the driver stays below 1.5 MB. */
const MAX_UNREAD_CHARS = 256 * 1024;
const MAX_REFUSAL_CHARS = 16 * 1024;
const PING_EVERY_MS = 30_000;

export class ModelSocket {
  readonly openedAt = performance.now();
  /** What the server remembers on this connection. */
  memory: Memory | null = null;
  /** Called once, however it ended. */
  onClose: () => void = () => {};
  private readonly socket: WebSocket;
  private headers: IncomingMessage["headers"];
  private unread: string[] = [];
  private unreadChars = 0;
  private wake: (() => void) | null = null;
  private closedBy: Error | null = null;
  private isAlive = true;
  private readonly pings: NodeJS.Timeout;

  constructor(socket: WebSocket, headers: IncomingMessage["headers"]) {
    this.socket = socket;
    this.headers = headers;
    socket.on("message", (data) => this.take(String(data)));
    socket.on("pong", () => {
      this.isAlive = true;
    });
    socket.on("error", (error) => this.end(protocolError(error)));
    socket.on("close", (code) => this.end(closeError(code)));
    this.pings = setInterval(() => this.ping(), PING_EVERY_MS);
    this.pings.unref();
  }

  get isClosed(): boolean {
    return this.closedBy !== null;
  }

  /** Of the answer to the upgrade, once: limits stand there too. */
  takeHeaders(): IncomingMessage["headers"] {
    const { headers } = this;
    this.headers = {};
    return headers;
  }

  send(event: object): void {
    this.socket.send(JSON.stringify(event));
  }

  /** Everything that came since the last call, at least one message; throws when the connection is gone. */
  async read(): Promise<string[]> {
    if (this.unread.length === 0 && !this.closedBy)
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    if (this.unread.length === 0) throw this.closedBy;
    const batch = this.unread;
    this.unread = [];
    this.unreadChars = 0;
    if (this.socket.isPaused) this.socket.resume();
    return batch;
  }

  /** At once: there is no event that stops a response. */
  close(): void {
    this.end(closeError(1000));
    this.socket.terminate();
  }

  private take(data: string): void {
    this.unread.push(data);
    this.unreadChars += data.length;
    if (this.unreadChars > MAX_UNREAD_CHARS) this.socket.pause();
    this.wakeReader();
  }

  private end(error: Error): void {
    if (this.closedBy) return;
    this.closedBy = error;
    clearInterval(this.pings);
    this.wakeReader();
    this.onClose();
  }

  private wakeReader(): void {
    this.wake?.();
    this.wake = null;
  }

  /** A connection that died silently must not be found out by the next prompt. */
  private ping(): void {
    if (!this.isAlive) return this.close();
    this.isAlive = false;
    this.socket.ping();
  }
}

/** A message that is too long, no UTF-8, or no WebSocket at all. */
function protocolError(error: Error): Error {
  const isOurs = "code" in error && String(error.code).startsWith("WS_ERR_");
  return isOurs ? new ModelFailure("bad-stream", error.message, null, error) : error;
}

function closeError(code: number): Error {
  return Object.assign(new Error(`the WebSocket was closed (${code})`), { code: "WS_CLOSED" });
}

export function openModelSocket({ url, headers, timeoutMs }: Upgrade): Promise<ModelSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, {
      headers,
      handshakeTimeout: timeoutMs,
      perMessageDeflate: false,
      maxPayload: MAX_EVENT_CHARS,
    });
    let answered: IncomingMessage["headers"] = {};
    socket.on("upgrade", (response) => {
      answered = response.headers;
    });
    socket.once("unexpected-response", (request, response) => {
      readRefusal(response).then(
        (body) => {
          request.destroy();
          reject(new UpgradeRefused(response.statusCode ?? 0, response.headers, body));
        },
        (error: unknown) => reject(error),
      );
    });
    socket.once("error", reject);
    socket.once("open", () => {
      socket.off("error", reject);
      resolve(new ModelSocket(socket, answered));
    });
  });
}

async function readRefusal(response: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of response.setEncoding("utf8")) {
    body += chunk;
    if (body.length > MAX_REFUSAL_CHARS) break;
  }
  return body;
}
