/** All that the three previews need, on free ports of this machine: host pages, our relay and frames, Sandpack's bundler, Vite. */
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { build } from "esbuild";
import { allowedHostnames } from "#lib/http/hosts.ts";
import { listen } from "#lib/http/listen.ts";
import type { PreviewPlace } from "#lib/http/preview-place.ts";
import { createPreviewServers } from "#lib/http/preview-server.ts";
import { createRelayHandler } from "#lib/http/relay-page.ts";
import { freePorts } from "../../tests/fixtures/free-ports.ts";
import { createStockServer } from "./stock-server.ts";
import { startVite, type ViteServers } from "./vite-servers.ts";

export type Contender = "ours" | "stock" | "vite";
export type Servers = {
  url(contender: Contender, panes: number, files?: number): string;
  close(): Promise<void>;
};

const HOST = "127.0.0.1";
const framesFolder = join(import.meta.dirname, "..", "..", "dist", "frames");

export async function startServers(): Promise<Servers> {
  const [appPort = 0, stockPort = 0, ...ports] = await freePorts(8);
  const [previewPorts, vitePorts] = [ports.slice(0, 3), ports.slice(3)];
  const vite = await startVite(vitePorts);
  const allowedHosts = allowedHostnames(HOST);
  const place = { previewPorts, previewHost: null, sparePorts: [] };
  const previews = createPreviewServers({
    place,
    host: HOST,
    framesFolder,
    allowedHosts,
    appPort,
    hostsOf: async () => null,
    packages: { find: async () => null },
  });
  const app = createHostServer(await buildPages(), place, vite);
  const stock = createStockServer();
  await previews.listen();
  await listen(app, appPort, HOST, "PORT");
  await listen(stock, stockPort, HOST, "PORT");
  return {
    url: (contender, panes, files = 16) =>
      `http://${HOST}:${appPort}/${contender}?panes=${panes}&files=${files}&bundler=${stockPort}&ports=${vitePorts}`,
    async close() {
      for (const server of [app, stock]) {
        server.close();
        server.closeAllConnections();
      }
      await previews.close();
      await vite.close();
    },
  };
}

function createHostServer(pages: Map<string, string>, place: PreviewPlace, vite: ViteServers): Server {
  const relay = createRelayHandler({ framesFolder, place });
  return createServer((request, response) => {
    if (relay(request, response)) return;
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://host");
    const script = pages.get(pathname);
    if (pathname === "/edit") vite.edit(Number(searchParams.get("pane")), Number(searchParams.get("number")));
    response.writeHead(200, {
      "content-type": script ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8",
    });
    response.end(script ?? pageOf(pathname));
  });
}

function pageOf(pathname: string): string {
  return `<!doctype html><meta charset="utf-8"><title>Bench</title>
<body style="margin:0"><div id="root" style="display:flex;height:760px"></div><script src="${pathname}.js"></script></body>`;
}

async function buildPages(): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    entryPoints: ["ours-page.tsx", "stock-page.tsx", "vite-page.ts"].map((name) =>
      join(import.meta.dirname, name),
    ),
    entryNames: "[name]",
    outdir: "/",
    bundle: true,
    write: false,
    format: "iife",
    target: "chrome120",
    minify: true,
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
  });
  return new Map(
    outputFiles.map(({ path, text }) => [`/${path.split("/").at(-1)?.replace("-page", "")}`, text]),
  );
}
