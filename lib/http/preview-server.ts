/**
 * One small server per pane: every path answers the runtime's page, so that a link click or reload inside a preview boots
 * again. It never reads cookies, logs nothing of the request, and reflects nothing.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Packages } from "#lib/packages/types.ts";
import { type PackageScript, parsePackageAddress } from "#lib/project/package-names.ts";
import { type FrameFiles, readFrameFiles } from "./frame-files.ts";
import { previewHeaders } from "./headers.ts";
import { hostnameOf, isAllowedHost } from "./hosts.ts";
import { listen } from "./listen.ts";

export type PreviewServerOptions = {
  ports: number[];
  host: string;
  framesFolder: string;
  allowedHosts: ReadonlySet<string>;
  appPort: number;
  packages: Pick<Packages, "find">;
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
  const headers = previewHeaders(`http://${hostnameOf(request)}:${options.appPort}`);
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  if (files.serve(path, request, response, headers)) return;
  if (path.startsWith("/packages/"))
    return void answerPackage(options.packages, parsePackageAddress(path), headers, request, response);
  response.writeHead(200, {
    ...headers,
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(request.method === "HEAD" ? undefined : page);
}

/** From the cache alone: a request of a page never makes this server fetch or build anything. */
async function answerPackage(
  packages: PreviewServerOptions["packages"],
  wanted: PackageScript | null,
  headers: Record<string, string>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const script = wanted && (await packages.find(wanted).catch(() => null));
  if (!script) {
    response.writeHead(404, { ...headers, "cache-control": "no-store" }).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
  });
  response.end(request.method === "HEAD" ? undefined : script);
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
