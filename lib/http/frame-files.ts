/** The built files of dist/frames, read once, compressed by the build; their names carry a hash, so they never change. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { takesGzip } from "./built-file.ts";

export type FrameManifest = {
  runtime: string;
  /** What pages that were built on the server run on. */
  page: string;
  relay: string;
  fonts: string;
  /** What looks a page through for people who use it otherwise. */
  axe: string;
  /** Script of each package that pages may import. */
  packages: Record<string, string>;
};
export type FrameFiles = {
  manifest: FrameManifest;
  /** Answers a request for a built file; false when the path names none. */
  serve(
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
    headers: Record<string, string>,
  ): boolean;
};

type Built = { type: string; raw: Buffer; gzip: Buffer | null };

/** What is served: the manifest is not. */
const TYPES: Record<string, string> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  woff2: "font/woff2",
};

const known = new Map<string, FrameFiles>();

/** Read once for all who serve them. Throws a sentence when the folder was not built. */
export function readFrameFiles(folder: string): FrameFiles {
  const files = known.get(folder) ?? readAnew(folder);
  known.set(folder, files);
  return files;
}

function readAnew(folder: string): FrameFiles {
  const manifest = readManifest(folder);
  const built = new Map<string, Built>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const type = TYPES[name.slice(name.lastIndexOf(".") + 1)];
    if (!type) continue;
    const path = join(folder, name);
    const gzip = existsSync(`${path}.gz`) ? readFileSync(`${path}.gz`) : null;
    built.set(`/${name}`, { type, raw: readFileSync(path), gzip });
  }
  return {
    manifest,
    serve(path, request, response, headers) {
      const file = built.get(path);
      if (!file) return false;
      const zipped = file.gzip && takesGzip(request);
      response.writeHead(200, {
        ...headers,
        "content-type": file.type,
        "cache-control": "public, max-age=31536000, immutable",
        ...(zipped ? { "content-encoding": "gzip", vary: "accept-encoding" } : {}),
      });
      response.end(request.method === "HEAD" ? undefined : zipped ? file.gzip : file.raw);
      return true;
    },
  };
}

function readManifest(folder: string): FrameManifest {
  try {
    return JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as FrameManifest;
  } catch (cause) {
    const message = `The preview frames are not built (${folder}/manifest.json is missing). Run: npm run build`;
    throw Object.assign(new Error(message, { cause }), { code: "not-built" });
  }
}
