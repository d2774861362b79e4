/** Who may enter which room, and what each command needs. A project's id lets one in as its owner; a share gives what it says. */
import type { ProjectId, ShareId, VariantId } from "#lib/project/ids.ts";
import type { Role } from "#lib/project/rows.ts";
import { keyCookie, openingOf } from "#lib/share/key.ts";
import type { Storage } from "#lib/storage/types.ts";
import { type ByeCode, type CommandName, PROTOCOL } from "#lib/wire/events.ts";
import { parseCredentials } from "#lib/wire/schemas.ts";

export type Access = {
  projectId: ProjectId;
  role: Role;
  shareId: ShareId | null;
  /** A link to one variant: nothing of the others is seen or done. */
  variantId: VariantId | null;
  /** When the link ends. */
  endsAt: number | null;
  guestId: string | null;
  name: string | null;
};

/** The least that each command needs. A link is not passed on by whoever holds one: links are the owner's. */
const NEEDS: Record<CommandName, Role> = {
  join: "view",
  files: "view",
  clock: "view",
  "name-me": "view",
  comment: "comment",
  update: "edit",
  prompt: "edit",
  estimate: "edit",
  "switch-lane": "edit",
  continue: "edit",
  fix: "edit",
  plan: "edit",
  build: "edit",
  direct: "edit",
  warm: "edit",
  stop: "edit",
  fork: "edit",
  keep: "edit",
  rename: "edit",
  delete: "edit",
  reorder: "edit",
  network: "edit",
  restore: "edit",
  undo: "edit",
  checkpoint: "edit",
  "change-checkpoint": "edit",
  "add-package": "edit",
  share: "owner",
  "change-share": "owner",
  "list-shares": "owner",
  revoke: "owner",
};
const RANK: Record<Role, number> = { view: 0, comment: 1, edit: 2, owner: 3 };

export function mayCommand(role: Role, command: CommandName): boolean {
  return RANK[role] >= RANK[NEEDS[command]];
}

/** The link that let this one in has ended since. */
export function isOver({ endsAt }: Access, now: number): boolean {
  return endsAt !== null && endsAt <= now;
}

/** The longest time that a timer takes. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Calls `end` once the link has ended; never for one without an end. Returns how to stop waiting. */
export function whenOver(access: Access, now: () => number, end: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    if (access.endsAt === null) return;
    if (isOver(access, now())) return end();
    timer = setTimeout(wait, Math.min(access.endsAt - now(), MAX_TIMER_MS));
  };
  wait();
  return () => clearTimeout(timer);
}

const REFUSALS = {
  unknown: "unauthorized",
  password: "password",
  revoked: "gone",
  expired: "expired",
} as const;

/** Reads `socket.auth` and the share's cookie. Wrong, unknown and malformed look alike. */
export async function openAccess(
  storage: Storage,
  auth: unknown,
  cookies: string | undefined,
  now = Date.now(),
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
    if (!project) return "unknown-project";
    return { projectId: project.id, role: "owner", shareId: null, variantId: null, endsAt: null, ...person };
  }
  const share = await storage.getShare(credentials.shareId as ShareId);
  // Stored versions have no room to enter.
  if (!share || share.commitId !== null || share.set !== null) return "unauthorized";
  const opening = openingOf(share, credentials.token ?? keyCookie(cookies, share.id), now);
  if (opening !== "open") return REFUSALS[opening];
  const { projectId, role, id: shareId, variantId, expiresAt: endsAt } = share;
  return { projectId, role, shareId, variantId, endsAt, ...person };
}
