/** Files whose names carry a hash of their content, sent as the build left them: compressed beside the file, if that is smaller. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";

const TYPES: Record<string, string> = {
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};

/** Returns whether it was there: a build may have replaced it meanwhile. */
export async function sendBuilt(
  file: string,
  headers: OutgoingHttpHeaders,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const takesZipped = /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
  const isZipped = takesZipped && existsSync(`${file}.gz`);
  const bytes = await readFile(isZipped ? `${file}.gz` : file).catch(() => null);
  if (bytes === null) return false;
  response.writeHead(200, {
    ...headers,
    "content-type": TYPES[file.slice(file.lastIndexOf(".") + 1)] ?? "application/octet-stream",
    "content-length": bytes.length,
    "cache-control": "public, max-age=31536000, immutable",
    vary: "accept-encoding",
    ...(isZipped ? { "content-encoding": "gzip" } : {}),
  });
  response.end(request.method === "HEAD" ? undefined : bytes);
  return true;
}
