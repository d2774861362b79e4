/**
 * The JSON endpoints beside the rooms: `GET /api/health`, projects, opening a share. They live in the server's own copy of
 * the modules (Next evaluates a second one), so the first model request leaves before Next has rendered anything.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Lanes } from "#lib/model/types.ts";
import { ID_PATTERN } from "#lib/project/ids.ts";
import { limits } from "#lib/project/limits.ts";
import { apiHeaders } from "./headers.ts";
import { isSameOrigin } from "./hosts.ts";
import { projectRoutes } from "./project-routes.ts";
import { type Answer, type ApiOptions, cookie, OWNER_COOKIE, type Route, refuse } from "./route.ts";
import { settingsRoutes } from "./settings-routes.ts";
import { shareRoutes } from "./share-routes.ts";

export type { ApiOptions } from "./route.ts";

const routes: Route[] = [
  { method: "GET", path: /^\/api\/health$/, handle: health },
  ...projectRoutes,
  ...shareRoutes,
  ...settingsRoutes,
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

/** 503 while the database does not answer: a balancer sends people elsewhere. */
async function health({ storage, lanes, version }: ApiOptions): Promise<Answer> {
  const describe = ({ name, builtIn }: Lanes["fast"]) => ({ name, builtIn });
  const isUp = await storage.logSize().then(
    () => true,
    () => false,
  );
  return {
    status: isUp ? 200 : 503,
    body: {
      status: isUp ? "ok" : "storage-unreachable",
      version,
      storage: storage.engine,
      writable: isUp && (await storage.isWritable()),
      lanes: { fast: describe(lanes.fast), deep: describe(lanes.deep) },
      hasDeep: lanes.deep !== lanes.fast,
    },
  };
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
