/** Settings over HTTP: only for the person at the server's own machine, and only from a page of ours (safety.md T13, T15, T20). */
import type { ChosenCaps } from "#lib/model/lane-store.ts";
import type { Changed, LaneChange } from "#lib/model/live-lanes.ts";
import { ID_PATTERN, type ProjectId } from "#lib/project/ids.ts";
import type { Lane } from "#lib/project/rows.ts";
import { isFromThisMachine } from "./hosts.ts";
import { type Answer, type ApiOptions, type Call, type Route, refuse } from "./route.ts";

/** Nothing of Settings is done for anyone else. */
function here(handle: Route["handle"]): Route["handle"] {
  return async (options, call) => (isFromThisMachine(call.request) ? handle(options, call) : notFromHere());
}

export const settingsRoutes: Route[] = [
  { method: "GET", path: /^\/api\/settings$/, handle: here(readSettings) },
  { method: "PUT", path: /^\/api\/settings\/lane$/, handle: here(changeLane) },
  { method: "DELETE", path: /^\/api\/settings\/lane$/, handle: here(forgetLane) },
  { method: "PUT", path: /^\/api\/settings\/caps$/, handle: here(changeCaps) },
  { method: "POST", path: /^\/api\/models\/local$/, handle: here(findLocalModels) },
  { method: "POST", path: /^\/api\/models\/test$/, handle: here(testModel) },
];

/** `?project=` names the one that is open on the page that asks. */
async function readSettings({ settings }: ApiOptions, { request }: Call): Promise<Answer> {
  if (!settings) return severalProcesses();
  const { live, leaves, dataFolder } = settings;
  const { caps, capSources } = live;
  const wires = await live.wires();
  const project = new URLSearchParams((request.url ?? "").split("?")[1]).get("project") ?? "";
  const used = await settings.used(ID_PATTERN.test(project) ? (project as ProjectId) : null);
  const body = { ok: true, lanes: live.views(), wires, caps, capSources, used, leaves: leaves(), dataFolder };
  return { status: 200, body };
}

async function changeLane({ settings }: ApiOptions, { body }: Call): Promise<Answer> {
  if (!settings) return severalProcesses();
  const lane = laneOf(body);
  const change = changeOf(body);
  if (!lane || !change)
    return refuse(
      400,
      "bad-lane",
      'A lane is set by "lane" ("fast" or "deep"), "baseUrl", "wire" and "model", and "apiKey" (a text, or null to take it away).',
    );
  return answerOf(await settings.live.change(lane, change));
}

async function forgetLane({ settings }: ApiOptions, { body }: Call): Promise<Answer> {
  if (!settings) return severalProcesses();
  const lane = laneOf(body);
  if (!lane) return refuse(400, "bad-lane", 'Name the lane: "fast" or "deep".');
  return answerOf(await settings.live.change(lane, null));
}

async function changeCaps({ settings }: ApiOptions, { body }: Call): Promise<Answer> {
  if (!settings) return severalProcesses();
  const { turn = null, hour = null, project = null } = body;
  return answerOf(await settings.live.changeCaps({ turn, hour, project } as ChosenCaps));
}

/** Looks on this server's machine. */
async function findLocalModels({ models }: ApiOptions): Promise<Answer> {
  return { status: 200, body: { ok: true, servers: await models.findLocal() } };
}

async function testModel({ models }: ApiOptions, { body }: Call): Promise<Answer> {
  const tested = "lane" in body ? { lane: body.lane } : { server: body.server, model: body.model };
  const measured = await models.test(tested);
  return { status: measured.ok || measured.code !== "bad-test" ? 200 : 400, body: measured };
}

function laneOf({ lane }: Call["body"]): Lane | null {
  return lane === "fast" || lane === "deep" ? lane : null;
}

function changeOf({ baseUrl, wire, model, apiKey }: Call["body"]): LaneChange | null {
  const isText = (value: unknown): value is string => typeof value === "string";
  if (!isText(baseUrl) || !isText(wire) || !isText(model)) return null;
  if (apiKey !== undefined && apiKey !== null && !isText(apiKey)) return null;
  return { baseUrl, wire, model, ...(apiKey === undefined ? {} : { apiKey }) };
}

function answerOf(changed: Changed): Answer {
  if (changed.ok) return { status: 200, body: changed };
  const status = { "set-by-environment": 409, "not-stored": 500 }[changed.code] ?? 400;
  return { status, body: changed };
}

function notFromHere(): Answer {
  const how = "Open Triptych at localhost on the machine it runs on, or set the lane in its environment.";
  return refuse(
    403,
    "not-from-here",
    `Models can be looked for, tested and set only from the server's own machine. ${how}`,
  );
}

function severalProcesses(): Answer {
  const why = "Several server processes run here (REDIS_URL), and each reads its own environment.";
  return refuse(409, "several-processes", `${why} Set the lanes there: TRIPTYCH_FAST_… and TRIPTYCH_DEEP_….`);
}
