/**
 * What stock Sandpack loads, from this machine: its bundler at the root of an origin, and a registry with the few packages of
 * a React page. What the bundler asks for but does not run is answered by an empty package.
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
const modules = join(root, "node_modules");
const BUNDLER = join(modules, "@codesandbox/sandpack-client/sandpack");
const TAILWIND = join(modules, "@tailwindcss/browser/dist/index.global.js");
const REAL = ["react", "react-dom", "scheduler", "react-refresh", "@babel/runtime"];
/** The bundler's own refresh asks for this one; nothing it uses has changed since. */
const VERSIONS: Record<string, string> = {
  "react-refresh": "0.9.0",
  "react-scripts": "5.0.1",
  "node-libs-browser": "2.2.1",
  "babel-runtime": "6.26.0",
};
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css",
  ".json": "application/json",
};

export function createStockServer(): Server {
  const tarballs = new Map<string, Buffer>();
  return createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? "/").split("?")[0] ?? "/");
    const origin = `http://${request.headers.host}`;
    if (request.method === "OPTIONS") return send(response, "", "text/plain");
    const tarball = /^\/registry\/-\/(.+)\.tgz$/.exec(path)?.[1];
    if (tarball) return send(response, packed(tarballs, tarball), "application/octet-stream");
    if (path.startsWith("/registry/"))
      return send(response, JSON.stringify(describe(path.slice(10), origin)), "application/json");
    const file = path === "/tailwind.js" ? TAILWIND : join(BUNDLER, path === "/" ? "index.html" : path);
    if (!existsSync(file)) return response.writeHead(404, { "access-control-allow-origin": "*" }).end();
    send(response, readFileSync(file), TYPES[extname(file)] ?? "application/octet-stream");
  });
}

function send(response: ServerResponse, body: string | Buffer, type: string): void {
  response.writeHead(200, {
    "content-type": type,
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "*",
  });
  response.end(body);
}

function describe(name: string, origin: string): object {
  const { version, dependencies } = manifestOf(name);
  const dist = { tarball: `${origin}/registry/-/${encodeURIComponent(name)}.tgz` };
  return {
    name,
    "dist-tags": { latest: version },
    versions: { [version]: { name, version, dependencies, dist } },
  };
}

function manifestOf(name: string): { version: string; dependencies: Record<string, string> } {
  if (!REAL.includes(name)) return { version: VERSIONS[name] ?? "7.26.0", dependencies: {} };
  const { version, dependencies = {} } = JSON.parse(
    readFileSync(join(modules, name, "package.json"), "utf8"),
  );
  return { version: VERSIONS[name] ?? version, dependencies };
}

/** A package as the registry's clients expect it: gzipped tar, everything in `package/`. */
function packed(cache: Map<string, Buffer>, name: string): Buffer {
  const known = cache.get(name);
  if (known) return known;
  const folder = mkdtempSync(join(tmpdir(), "triptych-bench-tar-"));
  const source = REAL.includes(name) ? join(modules, name) : join(import.meta.dirname, "empty-package");
  cpSync(source, join(folder, "package"), { recursive: true, dereference: true });
  const tarball = execFileSync("tar", ["-czf", "-", "-C", folder, "--format=ustar", "package"], {
    maxBuffer: 1e9,
  });
  rmSync(folder, { recursive: true });
  cache.set(name, tarball);
  return tarball;
}
