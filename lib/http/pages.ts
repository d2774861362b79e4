/** Hands a request to Next with our headers: a policy with a fresh nonce, and 410 for a share that was revoked or has ended. */
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { NextServer } from "next/dist/server/next.js";
import { ID_PATTERN, type ShareId } from "#lib/project/ids.ts";
import type { Storage, StoredShare } from "#lib/storage/types.ts";
import { appHeaders } from "./headers.ts";

export type PageOptions = {
  pages: Pick<NextServer, "getRequestHandler">;
  storage: Storage;
  dev: boolean;
};

export async function handlePage(
  options: PageOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const nonce = randomBytes(16).toString("base64");
  const headers = appHeaders({ nonce, dev: options.dev });
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  // Next reads the nonce for its own scripts from the request's policy header.
  request.headers["content-security-policy"] = headers["content-security-policy"];
  request.headers["x-nonce"] = nonce;
  const share = await shareOf(options.storage, request.url ?? "");
  if (share && isOver(share)) {
    response.statusCode = 410;
    request.url = "/gone";
  } else if (share?.indexed && share.passwordHash === null) response.removeHeader("x-robots-tag");
  await options.pages.getRequestHandler()(request, response);
}

async function shareOf(storage: Storage, url: string): Promise<StoredShare | null> {
  const id = /^\/s\/([^/?#]+)/.exec(url)?.[1];
  return id && ID_PATTERN.test(id) ? storage.getShare(id as ShareId) : null;
}

function isOver({ revokedAt, expiresAt }: StoredShare): boolean {
  return revokedAt !== null || (expiresAt ?? Number.POSITIVE_INFINITY) <= Date.now();
}
