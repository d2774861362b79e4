/** Opening a link, and making a project of one's own from what it shows. */
import type { IncomingMessage } from "node:http";
import { ID_PATTERN, type ShareId } from "#lib/project/ids.ts";
import { limits } from "#lib/project/limits.ts";
import type { SharedVersion } from "#lib/project/rows.ts";
import { sharedPath } from "#lib/project/shared-path.ts";
import {
  isPassword,
  keyCookie,
  keyCookieName,
  keyOf,
  type Opening,
  openingOf,
  pageKeyOf,
} from "#lib/share/key.ts";
import type { StoredShare } from "#lib/storage/types.ts";
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

export const shareRoutes: Route[] = [
  { method: "POST", path: /^\/api\/shares\/([^/]+)\/open$/, handle: openShare },
  { method: "POST", path: /^\/api\/shares\/([^/]+)\/remix$/, handle: remix },
  { method: "GET", path: /^\/api\/shares\/([^/]+)\/files$/, handle: shareFiles },
];

/** Exchanges the token of a link, and its password, for a cookie, so that the address bar and later requests need not carry it. */
async function openShare(options: ApiOptions, { request, body, id }: Call): Promise<Answer> {
  const share = await options.storage.getShare(id as ShareId);
  const shown = typeof body.token === "string" && ID_PATTERN.test(body.token) ? body.token : null;
  const password = typeof body.password === "string" ? body.password : null;
  // The cookie of this very token may hold the password's proof as well.
  const kept = keyCookie(request.headers.cookie, id);
  const key = shown !== null && kept?.split(".")[0] !== shown ? shown : kept;
  // A password can be guessed from many addresses; a token from none.
  const who = [`address ${request.socket.remoteAddress}`, ...(password === null ? [] : [`link ${id}`])];
  if (!who.map((each) => options.attempts.take(each)).every((isFine) => isFine)) return tooOften();
  const checked: Checked = share ? await keyFrom(share, key, password) : { opening: "unknown" };
  const isWrong = checked.opening === "unknown" || (checked.opening === "password" && password !== null);
  if (!isWrong) for (const each of who) options.attempts.giveBack(each);
  if (checked.opening !== "open" || !share) return refusal(checked.opening, password !== null);
  return {
    status: 200,
    body: { ok: true, share: await describe(options, share) },
    cookies: [setCookie(keyCookieName(id), checked.key)],
  };
}

type Checked = { opening: "open"; key: string } | { opening: Exclude<Opening, "open"> };

async function keyFrom(share: StoredShare, key: string | null, password: string | null): Promise<Checked> {
  const opening = openingOf(share, key, Date.now());
  if (opening === "open") return { opening, key: key ?? "" };
  if (opening !== "password") return { opening };
  const isRight =
    password !== null &&
    password.length <= limits.sharePasswordChars &&
    (await isPassword(password, share.passwordHash ?? ""));
  const token = key?.split(".")[0] ?? "";
  return isRight ? { opening: "open", key: keyOf(token, share.passwordHash) } : { opening };
}

type ShareKind = "room" | "variant" | "version" | "set";

async function describe({ storage, preparePage }: ApiOptions, share: StoredShare): Promise<object> {
  const project = await storage.getProject(share.projectId);
  const versions = versionsOf(share);
  for (const { commitId } of versions) preparePage(commitId);
  return {
    id: share.id,
    kind: kindOf(share),
    role: share.role,
    createdAt: share.createdAt,
    variantLetter: share.variantLetter,
    versions: versions.map(({ letter, name, commitId }) => ({
      letter,
      name,
      page: sharedPath(share.id, commitId, pageKeyOf(share, commitId)),
    })),
    title: project?.title ?? "",
    network: project?.network ?? null,
  };
}

function kindOf({ set, commitId, variantId }: StoredShare): ShareKind {
  if (set) return "set";
  if (commitId) return "version";
  return variantId ? "variant" : "room";
}

/** The stored ones; none for a link to what is live. */
function versionsOf({ set, commitId, variantLetter }: StoredShare): SharedVersion[] {
  if (set) return set;
  return commitId ? [{ letter: variantLetter ?? "A", name: "", commitId }] : [];
}

async function shareFiles({ storage }: ApiOptions, { request, id }: Call): Promise<Answer> {
  const share = await opened(storage, request, id);
  if ("status" in share) return share;
  const files = share.commitId ? await storage.readCommit(share.commitId) : null;
  if (!files) return refuse(404, "unknown", "This link does not show one stored version.");
  return { status: 200, body: { files: [...files] } };
}

/** A project of one's own that begins with the versions of the link; nothing leads back. */
async function remix({ storage, newId }: ApiOptions, { request, id, ownerId }: Call): Promise<Answer> {
  const share = await opened(storage, request, id);
  if ("status" in share) return share;
  const versions = versionsOf(share);
  if (versions.length === 0) return refuse(400, "live", "Only a stored version can be remixed.");
  const source = await storage.getProject(share.projectId);
  const owner = ownerId ?? newId();
  const read = versions.map(async ({ name, commitId }) => ({
    name,
    files: await storage.readCommit(commitId),
  }));
  const copies = (await Promise.all(read)).flatMap(({ name, files }) => (files ? { name, files } : []));
  if (copies.length === 0) return refuse(404, "unknown", "What this link showed is not there any more.");
  const title = `${source?.title ?? "Shared page"}, remixed`.slice(0, limits.nameChars);
  const projectId = await copyProject({ storage, newId }, { title, ownerId: owner, copies });
  return { status: 201, body: { projectId }, cookies: [setCookie(OWNER_COOKIE, owner)] };
}

/** The link that this request's cookie (or bearer key) opens. */
async function opened(
  storage: ApiOptions["storage"],
  request: IncomingMessage,
  id: string,
): Promise<StoredShare | Answer> {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? null;
  const share = await storage.getShare(id as ShareId);
  const opening = share
    ? openingOf(share, bearer ?? keyCookie(request.headers.cookie, id), Date.now())
    : "unknown";
  return share && opening === "open" ? share : refusal(opening, false);
}

/** Wrong token and unknown link look alike; only who holds a link's token learns why it does not open. */
function refusal(opening: Opening, isTried: boolean): Answer {
  if (opening === "revoked")
    return refuse(410, "gone", "This link was switched off by the person who made it.");
  if (opening === "expired")
    return refuse(410, "expired", "This link has ended: the person who made it gave it a date.");
  if (opening === "password")
    return isTried
      ? refuse(401, "wrong-password", "That is not the password of this link.")
      : refuse(401, "password", "This link has a password.");
  return refuse(
    404,
    "unknown-share",
    "This link does not open anything. Ask for it again; it may have been cut when it was copied.",
  );
}

function tooOften(): Answer {
  return refuse(429, "rate-limited", "That was tried too often. Wait a minute, then try again.");
}
