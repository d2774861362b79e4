/** Projects at rest: listed, made, renamed, copied, deleted and taken back. What happens in one is its room's. */
import type { ProjectId } from "#lib/project/ids.ts";
import { limits } from "#lib/project/limits.ts";
import type { Answerer } from "#lib/project/rows.ts";
import { copyProject } from "./copy-project.ts";
import {
  type Answer,
  type ApiOptions,
  type Call,
  OWNER_COOKIE,
  type Route,
  refuse,
  setCookie,
} from "./route.ts";

const ANSWERERS: readonly Answerer[] = ["fast", "deep", "designer"];
const PLANNERS = ["designer", "deep"] as const;

export const projectRoutes: Route[] = [
  { method: "GET", path: /^\/api\/projects$/, handle: listProjects },
  { method: "POST", path: /^\/api\/projects$/, handle: createProject },
  { method: "PATCH", path: /^\/api\/projects\/([^/]+)$/, handle: renameProject },
  { method: "DELETE", path: /^\/api\/projects\/([^/]+)$/, handle: deleteProject },
  { method: "POST", path: /^\/api\/projects\/([^/]+)\/restore$/, handle: restoreProject },
  { method: "POST", path: /^\/api\/projects\/([^/]+)\/duplicate$/, handle: duplicateProject },
];

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
  const lane = ANSWERERS.find((each) => each === (body.lane ?? "fast"));
  const plan = PLANNERS.find((each) => each === (body.plan ?? "designer"));
  if (!lane) return refuse(400, "bad-lane", `A lane is one of ${ANSWERERS.join(", ")}.`);
  if (!plan) return refuse(400, "bad-plan", `Directions are made by one of ${PLANNERS.join(", ")}.`);
  const owner = ownerId ?? options.newId();
  const hold = body.hold === true;
  const { projectId } = await options.createProject({ text, count, ownerId: owner, lane, plan, hold });
  return { status: 201, body: { projectId }, cookies: [setCookie(OWNER_COOKIE, owner)] };
}

function tooLong(bytes: number): string {
  const kilobytes = (count: number) => `${Math.round(count / 1024)} KB`;
  return `The prompt has ${kilobytes(bytes)}; up to ${kilobytes(limits.promptBytes)} are possible. Shorten it and send it again.`;
}

async function renameProject(options: ApiOptions, call: Call): Promise<Answer> {
  const id = call.id as ProjectId;
  const title = typeof call.body.title === "string" ? call.body.title.trim().slice(0, limits.nameChars) : "";
  if (title === "") return refuse(400, "bad-title", "A project needs a name.");
  if (!(await isOwners(options, call)) || !(await options.storage.getProject(id))) return unknownProject();
  await options.storage.renameProject(id, title);
  return { status: 200, body: { ok: true } };
}

/** Hidden for a day, then swept: until then nothing of it is lost. */
async function deleteProject(options: ApiOptions, call: Call): Promise<Answer> {
  if (!(await isOwners(options, call))) return unknownProject();
  await options.storage.hideProject(call.id as ProjectId, Date.now());
  return { status: 200, body: { ok: true } };
}

async function restoreProject(options: ApiOptions, call: Call): Promise<Answer> {
  if (!(await isOwners(options, call))) return unknownProject();
  await options.storage.hideProject(call.id as ProjectId, null);
  return { status: 200, body: { ok: true } };
}

/** What lies on its table now, as a project of one's own; its turns and its links stay with the first. */
async function duplicateProject(options: ApiOptions, call: Call): Promise<Answer> {
  const project = await options.storage.getProject(call.id as ProjectId);
  if (!project || !(await isOwners(options, call))) return unknownProject();
  const copies = await options.tableOf(project.id);
  if (copies.length === 0) return unknownProject();
  const ownerId = call.ownerId ?? options.newId();
  const title = `${project.title.slice(0, limits.nameChars - ", copy".length)}, copy`;
  const projectId = await copyProject(options, { title, ownerId, copies });
  return { status: 201, body: { projectId, title }, cookies: [setCookie(OWNER_COOKIE, ownerId)] };
}

/** On this machine all projects are everyone's who sits at it; beyond loopback a browser's own are those it made. */
async function isOwners({ storage, open }: ApiOptions, { id, ownerId }: Call): Promise<boolean> {
  const owner = await storage.projectOwner(id as ProjectId);
  return owner !== null && (!open || owner === ownerId);
}

function unknownProject(): Answer {
  return refuse(404, "unknown-project", "There is no such project.");
}
