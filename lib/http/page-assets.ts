/**
 * `/_next/static/…`: scripts, sheets and fonts of the app's own pages. Next would find its way to each of them anew and compress it again
 * for every visitor: half a second of a core for one opening of the studio. Here they are sent as scripts/build.mjs compressed them.
 */
import { existsSync, readdirSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join, relative, sep } from "node:path";
import { sendBuilt } from "./built-file.ts";
import { assetHeaders } from "./headers.ts";

const PREFIX = "/_next/static/";

/** `folder`: .next/static. Returns whether the request was for a file of the build; what is not there is Next's to refuse. */
export function createPageAssets(
  folder: string,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const names = new Set(namesBelow(folder));
  return (request, response) => {
    const path = (request.url ?? "").split("?")[0] ?? "";
    const name = path.slice(PREFIX.length);
    if (!path.startsWith(PREFIX) || !names.has(name)) return false;
    void sendBuilt(join(folder, name), assetHeaders(), request, response).then((isThere) => {
      if (!isThere) response.writeHead(404, assetHeaders()).end("The app was built anew: reload the page.\n");
    });
    return true;
  };
}

function namesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".gz"))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
}
