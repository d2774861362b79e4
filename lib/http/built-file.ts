/** Files whose names carry a hash of their content, sent as the build left them: compressed beside the file, if that is smaller. */
import { readFile } from "node:fs/promises";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";

const TYPES: Record<string, string> = {
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};

export function takesGzip({ headers }: IncomingMessage): boolean {
  return /\bgzip\b/.test(String(headers["accept-encoding"] ?? ""));
}

/** Returns whether it was there: a build may have replaced it meanwhile. */
export async function sendBuilt(
  file: string,
  headers: OutgoingHttpHeaders,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const zipped = takesGzip(request) ? await readOrNull(`${file}.gz`) : null;
  const bytes = zipped ?? (await readOrNull(file));
  if (bytes === null) return false;
  response.writeHead(200, {
    ...headers,
    "content-type": TYPES[file.slice(file.lastIndexOf(".") + 1)] ?? "application/octet-stream",
    "content-length": bytes.length,
    "cache-control": "public, max-age=31536000, immutable",
    vary: "accept-encoding",
    ...(zipped ? { "content-encoding": "gzip" } : {}),
  });
  response.end(request.method === "HEAD" ? undefined : bytes);
  return true;
}

function readOrNull(file: string): Promise<Buffer | null> {
  return readFile(file).catch(() => null);
}
