/**
 * Runs previews without the app around them: the real relay, the real preview servers and frames, one small host page. For
 * tests of what happens inside a frame; the whole product is tested in tests/e2e.
 */
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { build } from "esbuild";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { createPreviewServers } from "../../lib/http/preview-server.ts";
import { createRelayHandler } from "../../lib/http/relay-page.ts";
import { freePorts } from "../fixtures/free-ports.ts";
import type { Pane } from "./host-page.ts";

const root = join(import.meta.dirname, "..", "..");
const framesFolder = join(root, "dist", "frames");

export type Frames = { url: string; close(): Promise<void> };

/** Serves host pages with up to three panes. */
export async function serveFrames(): Promise<Frames> {
  const [appPort = 0, ...ports] = await freePorts(4);
  const host = "127.0.0.1";
  const place = { previewPorts: ports, previewHost: null, sparePorts: [] };
  const script = await bundleHostPage();
  const previews = createPreviewServers({
    place,
    host,
    framesFolder,
    allowedHosts: new Set([host]),
    appPort,
    hostsOf: async () => null,
    packages: { find: async () => null },
  });
  const relay = createRelayHandler({ framesFolder, place });
  const server = createServer((request, response) => {
    if (relay(request, response)) return;
    const isScript = request.url === "/host.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html; charset=utf-8");
    response.end(isScript ? script : hostPage(Number(request.url?.slice(1)) || 1));
  });
  await previews.listen();
  await new Promise<void>((resolve) => server.listen(appPort, host, resolve));
  return { url: `http://${host}:${appPort}`, close: () => close(server, previews) };
}

async function close(server: Server, previews: { close(): Promise<void> }): Promise<void> {
  await previews.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function bundleHostPage(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["tests/runtime/host-page.ts"],
    bundle: true,
    write: false,
    format: "iife",
    alias: { "#lib": join(root, "lib") },
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

function hostPage(panes: number): string {
  const frames = Array.from(
    { length: panes },
    (_, pane) =>
      `<iframe src="/relay?pane=${pane}" sandbox="allow-scripts allow-same-origin allow-forms" style="width:32%;height:90vh;border:0"></iframe>`,
  );
  return `<!doctype html><html lang="en"><title>Frames</title><body>${frames.join("")}<script src="/host.js"></script></body></html>`;
}

export type FramePage = {
  page: Page;
  /** The page that runs in a pane. */
  frame(pane?: number): FrameLocator;
  /** Does something with a pane in the host page. */
  pane<Result>(work: (pane: Pane) => Result, index?: number): Promise<Result>;
  open(files: Record<string, string>, index?: number): Promise<void>;
  write(path: string, text: string | null, index?: number): Promise<void>;
  change(path: string, old: string, fresh: string): Promise<void>;
  push(text: string, index?: number): Promise<void>;
  end(index?: number): Promise<void>;
  /** What is told of the pane now, after the newest change was painted. */
  told(): Promise<{ message: string; path: string; line: number } | null>;
};

export async function openFrames(browser: Browser, frames: Frames, panes = 1): Promise<FramePage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${frames.url}/${panes}`);
  type Panes = { panes: Pane[] };
  const at = <Result, Argument>(
    index: number,
    work: (pane: Pane, argument: Argument) => Result,
    argument: Argument,
  ) =>
    page.evaluate(
      ({ index, source, argument }) =>
        new Function("pane", "argument", `return (${source})(pane, argument)`)(
          (globalThis as unknown as Panes).panes[index],
          argument,
        ) as Result,
      { index, source: work.toString(), argument: argument as never },
    ) as Promise<Result>;
  return {
    page,
    frame: (pane = 0) => page.locator("iframe").nth(pane).contentFrame().frameLocator("iframe:not([hidden])"),
    pane: (work, index = 0) => at(index, work, null),
    open: (files, index = 0) => at(index, (pane, given: Record<string, string>) => pane.open(given), files),
    write: (path, text, index = 0) =>
      at(index, (pane, [name, whole]: [string, string | null]) => pane.write(name, whole), [path, text]),
    change: (path, old, fresh) =>
      at(0, (pane, [name, from, to]: [string, string, string]) => pane.change(name, from, to), [
        path,
        old,
        fresh,
      ]),
    push: (text, index = 0) => at(index, (pane, more: string) => pane.push(more), text),
    end: (index = 0) => at(index, (pane) => pane.end(), null),
    told: () =>
      at(
        0,
        (pane) => pane.error && { message: pane.error.message, path: pane.error.path, line: pane.error.line },
        null,
      ),
  };
}

/** The smallest project: an entry that renders /src/App.tsx, and a style sheet with Tailwind. */
export function projectOf(files: Record<string, string>): Record<string, string> {
  return {
    "/index.html":
      '<!doctype html><html lang="en"><head><title>Test</title></head><body><div id="root"></div><script type="module" src="/src/main.tsx"></script></body></html>',
    "/src/main.tsx":
      'import { createRoot } from "react-dom/client";\nimport App from "./App";\nimport "./index.css";\n\ncreateRoot(document.getElementById("root")!).render(<App />);\n',
    "/src/index.css": '@import "tailwindcss";\n',
    ...files,
  };
}
