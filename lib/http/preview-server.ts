/**
 * One small server per pane: every path answers the runtime's page, so that a link click or reload inside a preview boots
 * again. It never reads cookies, logs nothing of the request, and reflects nothing.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type FrameFiles, readFrameFiles } from "./frame-files.ts";
import { previewHeaders } from "./headers.ts";
import { hostnameOf, isAllowedHost, twinOf } from "./hosts.ts";
import { listen } from "./listen.ts";

export type PreviewServerOptions = {
  ports: number[];
  host: string;
  framesFolder: string;
  allowedHosts: ReadonlySet<string>;
  appPort: number;
};

/** `listen` rejects with a sentence that names a taken port and PREVIEW_PORTS. */
export function createPreviewServers(options: PreviewServerOptions): {
  listen(): Promise<void>;
  close(): Promise<void>;
} {
  const files = readFrameFiles(options.framesFolder);
  const page = runtimePage(files);
  const servers: Server[] = options.ports.map(() =>
    createServer((request, response) => answer(options, files, page, request, response)),
  );
  return {
    async listen() {
      for (const [index, server] of servers.entries())
        await listen(server, options.ports[index] ?? 0, options.host, "PREVIEW_PORTS");
    },
    async close() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function answer(
  options: PreviewServerOptions,
  files: FrameFiles,
  page: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (!isAllowedHost(request, options.allowedHosts)) {
    response.writeHead(421).end();
    return;
  }
  const hostname = hostnameOf(request);
  // A spare frame runs under the other name of the same machine.
  const names = [hostname, twinOf(hostname)].filter((name) => name !== null);
  const headers = previewHeaders(names.map((name) => `http://${name}:${options.appPort}`));
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  if (files.serve(path, request, response, headers)) return;
  response.writeHead(200, {
    ...headers,
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(request.method === "HEAD" ? undefined : page);
}

/** `crossorigin`: without it an opaque frame hides its errors behind "Script error.". */
function runtimePage({ manifest }: FrameFiles): string {
  const { runtime, packages, fonts } = manifest;
  const scripts = JSON.stringify(packages).replaceAll('"', "&quot;");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" crossorigin href="/${fonts}">
<script defer crossorigin data-packages="${scripts}" src="/${runtime}"></script>
</head>
<body></body>
</html>
`;
}
