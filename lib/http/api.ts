/**
 * The JSON endpoints beside the rooms: `GET /api/health`, projects, opening a share. They live in the server's own copy of
 * the modules (Next evaluates a second one), so the first model request leaves before Next has rendered anything.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ModelTools } from "#lib/model/model-tools.ts";
import type { Lanes } from "#lib/model/types.ts";
import { ID_PATTERN, type ProjectId, type ShareId } from "#lib/project/ids.ts";
import { limits } from "#lib/project/limits.ts";
import type { Storage, StoredShare } from "#lib/storage/types.ts";
import { apiHeaders } from "./headers.ts";
import { isFromThisMachine, isSameOrigin } from "./hosts.ts";

export type ApiOptions = {
  storage: Storage;
  lanes: Lanes;
  models: ModelTools;
  version: string;
  /** Beyond loopback only the projects of this browser's owner cookie are listed: a project's id is what lets one in. */
  open: boolean;
  newId: () => string;
  createProject(input: { text: string; count: number; ownerId: string }): Promise<{ projectId: ProjectId }>;
};

type Answer = { status: number; body: object; cookies?: string[] };
type Call = { request: IncomingMessage; body: Record<string, unknown>; id: string; ownerId: string | null };
type Route = { method: string; path: RegExp; handle(options: ApiOptions, call: Call): Promise<Answer> };

const OWNER_COOKIE = "triptych_owner";
const MONTH_SECONDS = 30 * 24 * 3600;

const routes: Route[] = [
  { method: "GET", path: /^\/api\/health$/, handle: health },
  { method: "GET", path: /^\/api\/projects$/, handle: listProjects },
  { method: "POST", path: /^\/api\/projects$/, handle: createProject },
  { method: "PATCH", path: /^\/api\/projects\/([^/]+)$/, handle: renameProject },
  { method: "DELETE", path: /^\/api\/projects\/([^/]+)$/, handle: deleteProject },
  { method: "POST", path: /^\/api\/models\/local$/, handle: findLocalModels },
  { method: "POST", path: /^\/api\/models\/test$/, handle: testModel },
  { method: "POST", path: /^\/api\/shares\/([^/]+)\/open$/, handle: openShare },
  { method: "GET", path: /^\/api\/shares\/([^/]+)\/files$/, handle: shareFiles },
];

/** Handles a request below `/api/`; always answers. Errors carry a code and a sentence, never a stack. */
export async function handleApi(
  options: ApiOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let answer: Answer;
  try {
    answer = await answerTo(options, request);
  } catch (error) {
    console.error(`api: ${request.method} failed:`, error instanceof Error ? error.message : error);
    answer = refuse(500, "failed", "Something went wrong on the server; nothing was changed. Try again.");
  }
  const headers: Record<string, string | string[]> = {
    ...apiHeaders(),
    "content-type": "application/json; charset=utf-8",
  };
  if (answer.cookies) headers["set-cookie"] = answer.cookies;
  response.writeHead(answer.status, headers);
  response.end(JSON.stringify(answer.body));
}

async function answerTo(options: ApiOptions, request: IncomingMessage): Promise<Answer> {
  const path = (request.url ?? "").split("?")[0] ?? "";
  const matching = routes.filter((route) => route.path.test(path));
  const route = matching.find((each) => each.method === request.method);
  if (matching.length === 0) return refuse(404, "unknown", "There is nothing at this address.");
  if (!route) return refuse(405, "method", `${request.method} is not possible here.`);
  const id = route.path.exec(path)?.[1] ?? "";
  if (route.path.source.includes("(") && !ID_PATTERN.test(id))
    return refuse(404, "unknown", "There is nothing at this address.");
  let body: Record<string, unknown> = {};
  if (route.method !== "GET") {
    const guarded = await readGuardedBody(request);
    if (!guarded.ok) return guarded.answer;
    body = guarded.body;
  }
  return route.handle(options, { request, body, id, ownerId: cookie(request, OWNER_COOKIE) });
}

async function health({ storage, lanes, version }: ApiOptions): Promise<Answer> {
  const describe = ({ name, builtIn }: Lanes["fast"]) => ({ name, builtIn });
  return {
    status: 200,
    body: {
      status: "ok",
      version,
      storage: storage.engine,
      lanes: { fast: describe(lanes.fast), deep: describe(lanes.deep) },
    },
  };
}

/** Looks on this server's machine; its owner sits there (safety.md T20). */
async function findLocalModels({ models }: ApiOptions, { request }: Call): Promise<Answer> {
  if (!isFromThisMachine(request)) return notFromHere();
  return { status: 200, body: { ok: true, servers: await models.findLocal() } };
}

async function testModel({ models }: ApiOptions, { request, body }: Call): Promise<Answer> {
  if (!isFromThisMachine(request)) return notFromHere();
  const tested = "lane" in body ? { lane: body.lane } : { server: body.server, model: body.model };
  const measured = await models.test(tested);
  return { status: measured.ok || measured.code !== "bad-test" ? 200 : 400, body: measured };
}

function notFromHere(): Answer {
  const how = "Open Triptych at localhost on the machine it runs on, or set the lane in its environment.";
  return refuse(
    403,
    "not-from-here",
    `Models can be looked for and tested only from the server's own machine. ${how}`,
  );
}

async function listProjects({ storage, open }: ApiOptions, { ownerId }: Call): Promise<Answer> {
  if (open && ownerId === null) return { status: 200, body: { projects: [] } };
  return { status: 200, body: { projects: await storage.listProjects(open ? ownerId : null, 24) } };
}

async function createProject(options: ApiOptions, { body, ownerId }: Call): Promise<Answer> {
  const text = typeof body.text === "string" ? body.text.trim() : "";
  const count = body.count ?? 3;
  if (text === "") return refuse(400, "empty-prompt", "Say what the page should do; a few words are enough.");
  const bytes = Buffer.byteLength(text);
  if (bytes > limits.promptBytes) return refuse(413, "prompt-too-long", tooLong(bytes));
  if (typeof count !== "number" || !Number.isInteger(count) || count < 1 || count > limits.variantsPerSet) {
    return refuse(
      400,
      "bad-count",
      `A project starts with 1 to ${limits.variantsPerSet} variants; ${count} was asked for.`,
    );
  }
  const owner = ownerId ?? options.newId();
  const { projectId } = await options.createProject({ text, count, ownerId: owner });
  return { status: 201, body: { projectId }, cookies: [setCookie(OWNER_COOKIE, owner)] };
}

function tooLong(bytes: number): string {
  const kilobytes = (count: number) => `${Math.round(count / 1024)} KB`;
  return `The prompt has ${kilobytes(bytes)}; up to ${kilobytes(limits.promptBytes)} are possible. Shorten it and send it again.`;
}

async function renameProject({ storage }: ApiOptions, { body, id }: Call): Promise<Answer> {
  const title = typeof body.title === "string" ? body.title.trim().slice(0, limits.nameChars) : "";
  if (title === "") return refuse(400, "bad-title", "A project needs a name.");
  if (!(await storage.getProject(id as ProjectId)))
    return refuse(404, "unknown-project", "There is no such project.");
  await storage.renameProject(id as ProjectId, title);
  return { status: 200, body: { ok: true } };
}

async function deleteProject({ storage }: ApiOptions, { id }: Call): Promise<Answer> {
  await storage.deleteProject(id as ProjectId);
  return { status: 200, body: { ok: true } };
}

/** Exchanges the token of a link for a cookie, so that the address bar and later requests need not carry it. */
async function openShare({ storage }: ApiOptions, { request, body, id }: Call): Promise<Answer> {
  const token =
    typeof body.token === "string" && ID_PATTERN.test(body.token)
      ? body.token
      : cookie(request, shareCookie(id));
  const share = await storage.getShare(id as ShareId);
  const refusal = refuseShare(share, token);
  if (refusal || !share) return refusal ?? unknownShare();
  const project = await storage.getProject(share.projectId);
  const { commitId, variantLetter, role, createdAt } = share;
  return {
    status: 200,
    body: {
      ok: true,
      share: {
        id,
        commitId,
        variantLetter,
        role,
        createdAt,
        title: project?.title ?? "",
        network: project?.network ?? null,
      },
    },
    cookies: [setCookie(shareCookie(id), token ?? "")],
  };
}

async function shareFiles({ storage }: ApiOptions, { request, id }: Call): Promise<Answer> {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? null;
  const share = await storage.getShare(id as ShareId);
  const refusal = refuseShare(share, bearer ?? cookie(request, shareCookie(id)));
  if (refusal || !share) return refusal ?? unknownShare();
  const files = share.commitId ? await storage.readCommit(share.commitId) : null;
  if (!files) return refuse(404, "unknown", "This link shows a live room, not a stored version.");
  return { status: 200, body: { files: [...files] } };
}

/** Wrong token and unknown link look alike; only a link that was revoked says so, and only to who holds its token. */
function refuseShare(share: StoredShare | null, token: string | null): Answer | null {
  if (!share || !token || !hashesTo(token, share.tokenHash)) return unknownShare();
  if (share.revokedAt !== null)
    return refuse(410, "gone", "This link was switched off by the person who made it.");
  return null;
}

function unknownShare(): Answer {
  return refuse(
    404,
    "unknown-share",
    "This link does not open anything. Ask for it again; it may have been cut when it was copied.",
  );
}

function hashesTo(token: string, tokenHash: string): boolean {
  const seen = createHash("sha256").update(token).digest();
  const stored = Buffer.from(tokenHash, "hex");
  return stored.length === seen.length && timingSafeEqual(seen, stored);
}

export function shareCookie(shareId: string): string {
  return `triptych_share_${shareId}`;
}

function setCookie(name: string, value: string): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${MONTH_SECONDS}`;
}

function cookie(request: IncomingMessage, name: string): string | null {
  for (const part of (request.headers.cookie ?? "").split(";")) {
    const [key, value] = part.trim().split("=", 2);
    if (key === name && value) return value;
  }
  return null;
}

type Guarded = { ok: true; body: Record<string, unknown> } | { ok: false; answer: Answer };

/** A changing request must come from a page of ours and be JSON below the size cap. */
async function readGuardedBody(request: IncomingMessage): Promise<Guarded> {
  if (!isSameOrigin(request))
    return { ok: false, answer: refuse(403, "origin", "This request did not come from a Triptych page.") };
  if (!/^application\/json\b/.test(request.headers["content-type"] ?? "")) {
    return { ok: false, answer: refuse(415, "content-type", "Send JSON (content-type: application/json).") };
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limits.httpBodyBytes)
      return { ok: false, answer: refuse(413, "too-large", "The request is larger than 1 MB.") };
    chunks.push(chunk);
  }
  return parseObject(Buffer.concat(chunks).toString("utf8"));
}

function parseObject(text: string): Guarded {
  try {
    const value: unknown = JSON.parse(text || "{}");
    if (value && typeof value === "object" && !Array.isArray(value))
      return { ok: true, body: value as Record<string, unknown> };
  } catch {
    // Said below, in the same words as for a value that is no object.
  }
  return { ok: false, answer: refuse(400, "bad-json", "The body must be a JSON object.") };
}

function refuse(status: number, code: string, message: string): Answer {
  return { status, body: { ok: false, code, message } };
}
