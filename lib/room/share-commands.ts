/** Making, changing and ending the links of a project. */
import { limits } from "#lib/project/limits.ts";
import type { Share, SharedVersion } from "#lib/project/rows.ts";
import { hashPassword, hashToken } from "#lib/share/key.ts";
import type { ShareChange, StoredShare } from "#lib/storage/types.ts";
import type { Commands, Refused } from "#lib/wire/events.ts";
import { type Handlers, refuse } from "./call.ts";
import type { Room } from "./room.ts";

type Shown = Pick<StoredShare, "commitId" | "variantId" | "set" | "variantLetter">;

export const shareHandlers: Pick<Handlers, "share" | "change-share" | "list-shares" | "revoke" | "comment"> =
  {
    async share({ room }, wish) {
      const { storage, now } = room.options;
      const known = await storage.getShare(wish.shareId);
      // Asked again after a lost answer.
      if (known?.projectId === room.project.id && known.tokenHash === hashToken(wish.token))
        return { ok: true, share: plain(known) };
      const isFull = (await storage.listShares(room.project.id)).length >= limits.sharesPerProject;
      if (isFull) return refuse("too-many", `A project has up to ${limits.sharesPerProject} links.`);
      const shown = await whatIsShown(room, wish);
      if ("code" in shown) return shown;
      const problem = endProblem(wish.expiresAt, now());
      if (problem) return problem;
      const isStored = shown.commitId !== null || shown.set !== null;
      const share: StoredShare = {
        id: wish.shareId,
        tokenHash: hashToken(wish.token),
        projectId: room.project.id,
        ...shown,
        name: wish.name ?? "",
        // A stored version cannot be written to.
        role: isStored ? "view" : wish.role,
        passwordHash: wish.password === undefined ? null : await hashPassword(wish.password),
        createdAt: now(),
        indexed: false,
        expiresAt: wish.expiresAt ?? null,
        revokedAt: null,
      };
      await storage.createShare(share);
      if (share.variantId !== null) room.channels.openScope(share.variantId);
      for (const commitId of storedCommits(share)) room.options.onShared?.(commitId);
      return { ok: true, share: plain(share) };
    },

    async "change-share"({ room, dismiss }, { shareId, name, role, expiresAt, password, indexed }) {
      const { storage, now } = room.options;
      const before = await storage.getShare(shareId);
      if (before?.projectId !== room.project.id) return refuse("unknown-share");
      const problem = endProblem(expiresAt, now());
      if (problem) return problem;
      const isStored = before.commitId !== null || before.set !== null;
      const change: ShareChange = {
        ...(name === undefined ? {} : { name }),
        ...(role === undefined || isStored ? {} : { role }),
        ...(expiresAt === undefined ? {} : { expiresAt }),
        ...(indexed === undefined ? {} : { indexed: indexed && isStored }),
        ...(password === undefined ? {} : { passwordHash: password && (await hashPassword(password)) }),
      };
      const hasChange = Object.keys(change).length > 0;
      const share = hasChange ? await storage.changeShare(shareId, change) : plain(before);
      if (!share) return refuse("unknown-share");
      const isOther = ["role", "expiresAt", "passwordHash"].some((field) => field in change);
      // Pages that are in come again, with what the link allows now.
      if (isOther) dismiss(shareId, "role-changed");
      return { ok: true, share };
    },

    async "list-shares"({ room }) {
      return { ok: true, shares: await room.options.storage.listShares(room.project.id) };
    },

    /** The role and the event are there for the review call; nothing keeps what is said yet, and the answer says so. */
    async comment({ room }, { variantId }) {
      return refuse(room.variant(variantId) ? "comments-later" : "unknown-variant");
    },

    async revoke({ room, dismiss }, { shareId }) {
      const share = await room.options.storage.getShare(shareId);
      if (share?.projectId !== room.project.id) return refuse("unknown-share");
      await room.options.storage.revokeShare(shareId, room.options.now());
      dismiss(shareId, "gone");
      return { ok: true };
    },
  };

async function whatIsShown(
  room: Room,
  { commitId, variantId, setNumber }: Commands["share"],
): Promise<Shown | Refused> {
  const nothing: Shown = { commitId: null, variantId: null, set: null, variantLetter: null };
  if (setNumber !== undefined && (commitId !== null || variantId !== undefined))
    return refuse("bad-link", "It shows one version, one variant, one set, or the whole room.");
  if (commitId !== null) {
    if ((await room.options.storage.commitProject(commitId)) !== room.project.id)
      return refuse("unknown-commit");
    // Variants that begin alike have a commit in common: whose version it is says who asks.
    const variant = variantId
      ? room.variant(variantId)
      : room.variants.find((each) => room.isInHistory(each.id, commitId));
    return { ...nothing, commitId, variantLetter: variant?.letter ?? null };
  }
  if (variantId !== undefined) {
    const variant = room.variant(variantId);
    return variant ? { ...nothing, variantId, variantLetter: variant.letter } : refuse("unknown-variant");
  }
  if (setNumber === undefined) return nothing;
  const set = await versionsOf(room, setNumber);
  return set.length > 0 ? { ...nothing, set } : refuse("unknown-variant", `There is no set ${setNumber}.`);
}

/** What the variants of a set are at this moment: each is committed first. */
function versionsOf(room: Room, setNumber: number): Promise<SharedVersion[]> {
  const variants = room.variants
    .filter((variant) => variant.setNumber === setNumber && variant.deletedAt === null)
    .sort((one, other) => one.position - other.position);
  return Promise.all(
    variants.map(async ({ id, letter, name }) => ({
      letter,
      name,
      commitId: await room.documents.commit(id, "person"),
    })),
  );
}

function endProblem(expiresAt: number | null | undefined, now: number): Refused | null {
  return expiresAt === undefined || expiresAt === null || expiresAt > now
    ? null
    : refuse("bad-link", "Its end lies in the past.");
}

function storedCommits({ commitId, set }: StoredShare) {
  return [commitId ?? [], set?.map((version) => version.commitId) ?? []].flat();
}

function plain({ tokenHash: _tokenHash, passwordHash, ...share }: StoredShare): Share {
  return { ...share, hasPassword: passwordHash !== null };
}
