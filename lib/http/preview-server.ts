/**
 * What a preview loads: every path answers the runtime's page, so that a link click or reload inside a preview boots again. On
 * a port per pane, or by host name on the app's own. It never reads cookies, logs nothing of the request, and reflects nothing.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Packages } from "#lib/packages/types.ts";
import { ID_PATTERN } from "#lib/project/ids.ts";
import { NETWORK_PARAMETER } from "#lib/project/network.ts";
import { type PackageScript, parsePackageAddress } from "#lib/project/package-names.ts";
import type { Pages } from "#lib/share/pages.ts";
import { type FrameFiles, readFrameFiles } from "./frame-files.ts";
import { previewHeaders } from "./headers.ts";
import { hostnameOf } from "./hosts.ts";
import { listen } from "./listen.ts";
import { framingHostnames } from "./preview-names.ts";
import { type PreviewPlace, portOf, previewHostnames } from "./preview-place.ts";
import { answerShared } from "./shared-page.ts";

export type PreviewServerOptions = {
  place: PreviewPlace;
  host: string;
  framesFolder: string;
  allowedHosts: ReadonlySet<string>;
  appPort: number;
  /** The hosts that a project's network token stands for now, or null. */
  hostsOf(token: string): Promise<string[] | null>;
  packages: Pick<Packages, "find">;
  pages: Pick<Pages, "open" | "script">;
};

export type PreviewServers = {
  /** Answers a request to one of the names under the preview host; false when it is for the app. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Rejects with a sentence that names a taken port and PREVIEW_PORTS; tells the place its spare ports. */
  listen(): Promise<void>;
  close(): Promise<void>;
};

export function createPreviewServers(options: PreviewServerOptions): PreviewServers {
  const { place, host, allowedHosts, appPort } = options;
  const files = readFrameFiles(options.framesFolder);
  const page = runtimePage(files);
  const names = new Set(place.previewHost === null ? [] : previewHostnames(place.previewHost));
  const answer = (request: IncomingMessage, response: ServerResponse, ancestors: string[]) =>
    void respond({ ...options, files, page, ancestors }, request, response);
  const serve = () =>
    createServer((request, response) => {
      const framing = framingHostnames(hostnameOf(request), allowedHosts).map((name) => `${name}:${appPort}`);
      if (framing.length === 0) response.writeHead(421).end();
      else answer(request, response, framing);
    });
  const servers: Server[] = place.previewPorts.map(serve);
  const spares: Server[] = place.previewPorts.map(serve);
  return {
    handle(request, response) {
      if (!names.has(hostnameOf(request) ?? "")) return false;
      // Which of its names the app was opened by is not told; its port is ours. An address in brackets is no CSP source.
      const apps = [...allowedHosts].filter((name) => !name.startsWith("["));
      answer(
        request,
        response,
        apps.map((name) => `${name}${portOf(request)}`),
      );
      return true;
    },
    async listen() {
      for (const [index, server] of servers.entries())
        await listen(server, place.previewPorts[index] ?? 0, host, "PREVIEW_PORTS");
      for (const server of spares) await listen(server, 0, host);
      place.sparePorts = spares.map((server) => (server.address() as AddressInfo).port);
    },
    async close() {
      for (const server of [...servers, ...spares]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

type Respond = Pick<PreviewServerOptions, "hostsOf" | "packages" | "pages"> & {
  files: FrameFiles;
  page: string;
  ancestors: string[];
};

async function respond(
  { files, page, ancestors, hostsOf, packages, pages }: Respond,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const ownHost = request.headers.host ?? "";
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  if (files.serve(path, request, response, previewHeaders(ancestors, ownHost))) return;
  if (path.startsWith("/packages/")) {
    const headers = previewHeaders(ancestors, ownHost);
    return answerPackage(packages, parsePackageAddress(path), headers, request, response);
  }
  const shared = await answerShared(pages, files.manifest, path);
  if (shared) {
    const headers = previewHeaders(ancestors, ownHost, await allowedFor(request, hostsOf));
    response.writeHead(shared.status, { ...headers, ...shared.headers });
    response.end(request.method === "HEAD" ? undefined : shared.body);
    return;
  }
  response.writeHead(200, {
    ...previewHeaders(ancestors, ownHost, await allowedFor(request, hostsOf)),
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(request.method === "HEAD" ? undefined : page);
}

/** A token that is unknown, malformed or was replaced opens nothing; so does a database that does not answer. */
async function allowedFor(request: IncomingMessage, hostsOf: Respond["hostsOf"]): Promise<string[]> {
  const [, query = ""] = (request.url ?? "").split("?");
  const token = new URLSearchParams(query).get(NETWORK_PARAMETER) ?? "";
  if (!ID_PATTERN.test(token)) return [];
  return (await hostsOf(token).catch(() => null)) ?? [];
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
  const { runtime, packages, fonts, axe } = manifest;
  const scripts = JSON.stringify(packages).replaceAll('"', "&quot;");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" crossorigin href="/${fonts}">
<script defer crossorigin data-packages="${scripts}" data-axe="${axe}" src="/${runtime}"></script>
</head>
<body></body>
</html>
`;
}
