/** `/tools/…` on the app's origin: the workers of the code drawer and what they read, as they were built (scripts/build-tools.mjs). */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { sendBuilt } from "./built-file.ts";
import { toolHeaders } from "./headers.ts";

const PREFIX = "/tools/";

/** Returns whether the request was for a tool. The files are read when they are first asked for: most people never open the code. */
export function createToolsHandler(
  folder: string,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const names = new Set(
    existsSync(folder) ? readdirSync(folder).filter((name) => /\.(?:js|json)$/.test(name)) : [],
  );
  const manifest = names.has("manifest.json") ? readFileSync(join(folder, "manifest.json")) : null;
  return (request, response) => {
    const path = (request.url ?? "").split("?")[0] ?? "";
    if (!path.startsWith(PREFIX)) return false;
    const name = path.slice(PREFIX.length);
    if (name === "manifest.json" && manifest) {
      response.writeHead(200, {
        ...toolHeaders(),
        "content-type": "application/json",
        "cache-control": "no-cache",
      });
      response.end(manifest);
    } else if (names.has(name)) void serve(join(folder, name), request, response);
    else refuse(response);
    return true;
  };
}

async function serve(file: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!(await sendBuilt(file, toolHeaders(), request, response))) refuse(response);
}

function refuse(response: ServerResponse): void {
  response.writeHead(404, { ...toolHeaders(), "content-type": "text/plain; charset=utf-8" });
  response.end("There is no such tool. Reload the page; if that does not help, run: npm run build\n");
}
