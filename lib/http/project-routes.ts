/** Projects at rest: listed, made, renamed, copied, deleted and taken back. What happens in one is its room's. */
import type { ProjectId } from "#lib/project/ids.ts";
import { letterOf } from "#lib/project/letters.ts";
import { limits } from "#lib/project/limits.ts";
import type { ListedProject } from "#lib/project/listed-project.ts";
import type { Answerer } from "#lib/project/rows.ts";
import { PROJECTS_LINK, sharedPath } from "#lib/project/shared-path.ts";
import { TEMPLATES } from "#lib/project/templates.ts";
import { ownPageKeyOf } from "#lib/share/key.ts";
import type { ProjectSummary } from "#lib/storage/types.ts";
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
/** Projects in a list. */
const LISTED = 24;

export const projectRoutes: Route[] = [
  { method: "GET", path: /^\/api\/projects$/, handle: listProjects },
  { method: "POST", path: /^\/api\/projects$/, handle: createProject },
  { method: "PATCH", path: /^\/api\/projects\/([^/]+)$/, handle: renameProject },
  { method: "DELETE", path: /^\/api\/projects\/([^/]+)$/, handle: deleteProject },
  { method: "POST", path: /^\/api\/projects\/([^/]+)\/restore$/, handle: restoreProject },
  { method: "POST", path: /^\/api\/projects\/([^/]+)\/duplicate$/, handle: duplicateProject },
];

async function listProjects({ storage, open }: ApiOptions, { ownerId }: Call): Promise<Answer> {
  if (open && ownerId === null) return { status: 200, body: { projects: [], deleted: [] } };
  const whose = open ? ownerId : null;
  const [listed, deleted] = await Promise.all([
    storage.listProjects(whose, LISTED),
    storage.listHidden(whose, LISTED),
  ]);
  const latest = listed.sort((one, other) => other.updatedAt - one.updatedAt);
  return { status: 200, body: { projects: latest.map(shown), deleted } };
}

function shown({ ownerId, letters, heads, ...project }: ProjectSummary): ListedProject {
  const variants = heads.map((commitId, index) => ({
    letter: letters[index] ?? letterOf(index),
    page: sharedPath(PROJECTS_LINK, commitId, ownPageKeyOf(ownerId, commitId)),
  }));
  return { ...project, variants };
}

async function createProject(options: ApiOptions, call: Call): Promise<Answer> {
  const { body, ownerId } = call;
  const count = body.count ?? 3;
  if (typeof count !== "number" || !Number.isInteger(count) || count < 1 || count > limits.variantsPerSet) {
    const seen = `A project starts with 1 to ${limits.variantsPerSet} variants; ${count} was asked for.`;
    return refuse(400, "bad-count", seen);
  }
  const owner = ownerId ?? options.newId();
  const made =
    body.template === undefined
      ? await fromPrompt(options, body, count, owner)
      : await fromTemplate(options, body.template, count, owner);
  if ("status" in made) return made;
  return { status: 201, body: made, cookies: [setCookie(OWNER_COOKIE, owner)] };
}

type Made = { projectId: ProjectId } | Answer;

async function fromPrompt(
  options: ApiOptions,
  body: Call["body"],
  count: number,
  owner: string,
): Promise<Made> {
  const text = typeof body.text === "string" ? body.text.trim() : "";
  if (text === "") return refuse(400, "empty-prompt", "Say what the page should do; a few words are enough.");
  const bytes = Buffer.byteLength(text);
  if (bytes > limits.promptBytes) return refuse(413, "prompt-too-long", tooLong(bytes));
  const lane = ANSWERERS.find((each) => each === (body.lane ?? "fast"));
  const plan = PLANNERS.find((each) => each === (body.plan ?? "designer"));
  if (!lane) return refuse(400, "bad-lane", `A lane is one of ${ANSWERERS.join(", ")}.`);
  if (!plan) return refuse(400, "bad-plan", `Directions are made by one of ${PLANNERS.join(", ")}.`);
  return options.createProject({ text, count, ownerId: owner, lane, plan, hold: body.hold === true });
}

/** No model is asked. */
async function fromTemplate(options: ApiOptions, id: unknown, count: number, ownerId: string): Promise<Made> {
  const template = typeof id === "string" ? await options.templates.read(id, count) : null;
  const names = TEMPLATES.map((each) => each.id).join(", ");
  if (!template) return refuse(400, "bad-template", `A template is one of ${names}; ${id} was asked for.`);
  return { projectId: await copyProject(options, { ...template, ownerId }) };
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
