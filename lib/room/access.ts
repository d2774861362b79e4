/** Who may enter which room, and what each command needs. A project's id lets one edit; a share gives what it says. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { ProjectId, ShareId } from "#lib/project/ids.ts";
import type { Role } from "#lib/project/rows.ts";
import type { Storage } from "#lib/storage/types.ts";
import { type ByeCode, type CommandName, PROTOCOL } from "#lib/wire/events.ts";
import { parseCredentials } from "#lib/wire/schemas.ts";

export type Access = {
  projectId: ProjectId;
  role: Role;
  shareId: ShareId | null;
  guestId: string | null;
  name: string | null;
};

/** Commands that a viewer may give. Every other needs the right to edit, each time it is given. */
const VIEWER_COMMANDS: ReadonlySet<CommandName> = new Set<CommandName>(["join", "files", "clock"]);

export function mayCommand(role: Role, command: CommandName): boolean {
  return VIEWER_COMMANDS.has(command) || role === "edit" || role === "owner";
}

/** Reads `socket.auth` and the share's cookie. Wrong, unknown and malformed look alike. */
export async function openAccess(
  storage: Storage,
  auth: unknown,
  cookies: string | undefined,
): Promise<Access | ByeCode> {
  const credentials = parseCredentials(auth);
  if (!credentials) return "unauthorized";
  if (credentials.protocol !== PROTOCOL) return "old-client";
  const person = {
    guestId: credentials.guestId ?? null,
    name: credentials.name?.trim().slice(0, 40) || null,
  };
  if ("projectId" in credentials) {
    const project = await storage.getProject(credentials.projectId as ProjectId);
    return project ? { projectId: project.id, role: "owner", shareId: null, ...person } : "unknown-project";
  }
  const share = await storage.getShare(credentials.shareId as ShareId);
  const token = credentials.token ?? cookieOf(cookies, `triptych_share_${credentials.shareId}`);
  if (!share || !token || share.commitId !== null || !hashesTo(token, share.tokenHash)) return "unauthorized";
  if (share.revokedAt !== null) return "gone";
  return { projectId: share.projectId, role: share.role, shareId: share.id, ...person };
}

export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

function hashesTo(token: string, tokenHash: string): boolean {
  const seen = Buffer.from(hashToken(token), "hex");
  const stored = Buffer.from(tokenHash, "hex");
  return seen.length === stored.length && timingSafeEqual(seen, stored);
}

function cookieOf(header: string | undefined, name: string): string | null {
  const found = (header ?? "").split(";").map((part) => part.trim().split("=", 2));
  return found.find(([key]) => key === name)?.[1] ?? null;
}
