/** What a JSON endpoint is: a method, a path, what it does. */
import type { IncomingMessage } from "node:http";
import type { LiveLanes } from "#lib/model/live-lanes.ts";
import type { ModelTools } from "#lib/model/model-tools.ts";
import type { Lanes } from "#lib/model/types.ts";
import type { CommitId, ProjectId } from "#lib/project/ids.ts";
import type { Used } from "#lib/project/lane-view.ts";
import type { NewProjectInput } from "#lib/project/new-project-input.ts";
import type { Attempts } from "#lib/share/attempts.ts";
import type { Storage } from "#lib/storage/types.ts";
import type { Copy } from "./copy-project.ts";
import type { Leaving } from "./leaving.ts";
import type { Templates } from "./templates.ts";

export type ApiOptions = {
  storage: Storage;
  lanes: Lanes;
  models: ModelTools;
  /** Null: several processes, each with its own environment. */
  settings: SettingsPart | null;
  version: string;
  /** Beyond loopback only the projects of this browser's owner cookie are listed: a project's id is what lets one in. */
  open: boolean;
  newId: () => string;
  createProject(input: NewProjectInput): Promise<{ projectId: ProjectId }>;
  templates: Templates;
  /** What lies on the table of a project now, with what was typed last; none when there is no such project. */
  tableOf(projectId: ProjectId): Promise<Copy[]>;
  /** Wrong tokens and passwords of links. */
  attempts: Attempts;
  /** Builds the page of a version, if it is not there yet. */
  preparePage(commitId: CommitId): void;
};

/** What Settings shows and changes. */
export type SettingsPart = {
  live: Pick<LiveLanes, "views" | "wires" | "change" | "changeCaps" | "caps" | "capSources">;
  /** Tokens that count against the caps: of the newest turn, this hour, this project. */
  used(projectId: ProjectId | null): Promise<Used>;
  /** What leaves this machine, as configured now. */
  leaves(): Leaving[];
  dataFolder: string;
};

export type Answer = { status: number; body: object; cookies?: string[] };
export type Call = {
  request: IncomingMessage;
  body: Record<string, unknown>;
  id: string;
  ownerId: string | null;
};
export type Route = {
  method: string;
  path: RegExp;
  handle(options: ApiOptions, call: Call): Promise<Answer>;
};

export const OWNER_COOKIE = "triptych_owner";
const MONTH_SECONDS = 30 * 24 * 3600;

export function refuse(status: number, code: string, message: string): Answer {
  return { status, body: { ok: false, code, message } };
}

export function setCookie(name: string, value: string): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${MONTH_SECONDS}`;
}

export function cookie(request: IncomingMessage, name: string): string | null {
  for (const part of (request.headers.cookie ?? "").split(";")) {
    const [key, value] = part.trim().split("=", 2);
    if (key === name && value) return value;
  }
  return null;
}
