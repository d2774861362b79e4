/** The app's own port: which part answers a request, and an upgrade to a socket. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;
/** True when it was theirs. */
type Offer = (request: IncomingMessage, response: ServerResponse) => boolean;
type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => unknown;

export type AppServerOptions = {
  isKnownHost(request: IncomingMessage): boolean;
  /** Previews at names of their own come in at this port too. */
  previews: Offer;
  sockets: { path: string; request: Answer; upgrade: Upgrade };
  metrics: Answer;
  api: Answer;
  /** Asked in turn before a page is. */
  others: Offer[];
  page: Answer;
  /** Next's own socket, while its pages are developed. */
  developing: Upgrade | null;
};

export function createAppServer(options: AppServerOptions): Server {
  const { isKnownHost, previews, sockets, metrics, api, others, page, developing } = options;
  const server = createServer((request, response) => {
    if (previews(request, response)) return;
    if (!isKnownHost(request)) return refuseHost(response);
    const path = request.url ?? "/";
    if (path.startsWith(sockets.path)) sockets.request(request, response);
    else if (path.split("?")[0] === "/api/metrics") metrics(request, response);
    else if (path.startsWith("/api/")) api(request, response);
    else if (!others.some((offer) => offer(request, response))) page(request, response);
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (isKnownHost(request) && request.url?.startsWith(sockets.path)) sockets.upgrade(request, socket, head);
    else if (request.url?.startsWith("/_next/") && developing) developing(request, socket, head);
    else socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
  });
  return server;
}

function refuseHost(response: ServerResponse): void {
  response.writeHead(421, { "content-type": "text/plain; charset=utf-8" });
  response.end(
    "This server does not answer to that host name. Use the address that it printed when it started.\n",
  );
}
