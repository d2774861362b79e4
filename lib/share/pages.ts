/**
 * The pages of links, built once for each commit and kept in the data folder: a script under the hash of its content, beside it
 * a description that a document is made of. What they hold is text of people; where they are served decides what it may do.
 */
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Files } from "#lib/project/files.ts";
import type { CommitId, ShareId } from "#lib/project/ids.ts";
import { PROJECTS_LINK, TEMPLATES_LINK } from "#lib/project/shared-path.ts";
import { type BuiltPage, buildPage } from "./build-page.ts";
import { isSame, type Lock, ownPageKeyOf, pageKeyOf } from "./key.ts";

/** `scripts` in the order in which they run; addresses on the preview's own host. */
export type SharedDocument =
  | ({ ok: true; scripts: string[] } & Omit<BuiltPage, "script" | "packages" | "added"> & {
        packages: string[];
      })
  | { ok: false; problem: string };

/** `indexed`: search engines may list it. */
export type OpenedDocument = SharedDocument & { indexed: boolean };

export type Pages = {
  /** Builds what is not there yet; never throws. */
  prepare(commitId: CommitId): Promise<void>;
  /** The document of one commit of a link, a project of one's own or a template; null when the address does not open it (any more). */
  open(shareId: ShareId, commitId: CommitId, key: string): Promise<OpenedDocument | null>;
  script(hash: string): Promise<Buffer | null>;
};

export type PagesOptions = {
  folder: string;
  readCommit(id: CommitId): Promise<Files | null>;
  getShare(id: ShareId): Promise<(Lock & SharedCommits) | null>;
  /** Whose project a commit belongs to; null when it is in none, or in one that was deleted. */
  commitOwner?(id: CommitId): Promise<string | null>;
  /** Pages that were built with the program: those of its templates. */
  builtIn?: string;
  now?: () => number;
  onError?(what: string, error: unknown): void;
};

type SharedCommits = { commitId: CommitId | null; set: { commitId: CommitId }[] | null; indexed: boolean };
type Kept = { format: number } & SharedDocument;

/** Another number builds all pages anew. */
const FORMAT = 1;
/** A page has some 100 KB; the oldest go first, and are built again when they are asked for. */
const KEPT_PAGES = 500;

export function createPages({
  folder,
  readCommit,
  getShare,
  commitOwner = async () => null,
  builtIn,
  now = Date.now,
  onError = (what, error) => console.error(`${what} failed:`, error),
}: PagesOptions): Pages {
  const building = new Map<CommitId, Promise<SharedDocument | null>>();

  function documentOf(commitId: CommitId): Promise<SharedDocument | null> {
    const known = building.get(commitId);
    if (known) return known;
    const making = keptIn(folder, commitId)
      .then((kept) => kept ?? make(commitId))
      .finally(() => building.delete(commitId));
    building.set(commitId, making);
    return making;
  }

  async function isOwn(commitId: CommitId, key: string): Promise<boolean> {
    const ownerId = await commitOwner(commitId);
    return ownerId !== null && isSame(ownPageKeyOf(ownerId, commitId), key);
  }

  async function make(commitId: CommitId): Promise<SharedDocument | null> {
    const files = await readCommit(commitId);
    if (!files) return null;
    const result = await buildPage(files);
    const document: SharedDocument = result.ok ? await keepScript(result.page) : result;
    await keep(`${commitId}.json`, JSON.stringify({ format: FORMAT, ...document } satisfies Kept));
    await dropOldest();
    return document;
  }

  async function keepScript({ script, added, ...page }: BuiltPage): Promise<SharedDocument> {
    const hash = createHash("sha256").update(script).digest("hex").slice(0, 32);
    await keep(`${hash}.js`, script);
    return { ok: true, ...page, scripts: [...added, `/shared-files/${hash}.js`] };
  }

  /** Whole or not at all: another process may read it. */
  async function keep(name: string, content: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    const temporary = join(folder, `.new-${randomBytes(6).toString("hex")}`);
    await writeFile(temporary, content);
    await rename(temporary, join(folder, name));
  }

  async function dropOldest(): Promise<void> {
    const names = await readdir(folder);
    if (names.length <= 2 * KEPT_PAGES) return;
    const dated = await Promise.all(
      names.map(async (name) => ({
        name,
        at: (await stat(join(folder, name)).catch(() => null))?.mtimeMs ?? 0,
      })),
    );
    const old = dated.sort((one, other) => one.at - other.at).slice(0, names.length - 2 * KEPT_PAGES);
    await Promise.all(old.map(({ name }) => unlink(join(folder, name)).catch(() => {})));
  }

  /** With its script: the cache may have lost it, or another machine built it. */
  async function whole(commitId: CommitId): Promise<SharedDocument | null> {
    const document = await documentOf(commitId);
    if (!document?.ok) return document;
    const last = document.scripts.at(-1) ?? "";
    return (await script(last.slice("/shared-files/".length, -3))) ? document : make(commitId);
  }

  async function script(hash: string): Promise<Buffer | null> {
    if (!/^[0-9a-f]{32}$/.test(hash)) return null;
    const read = (from: string) => readFile(join(from, `${hash}.js`)).catch(() => null);
    return (await read(folder)) ?? (builtIn ? read(builtIn) : null);
  }

  return {
    script,

    async prepare(commitId) {
      await documentOf(commitId).catch((error: unknown) => onError("building a shared page", error));
    },

    async open(shareId, commitId, key) {
      if (shareId === TEMPLATES_LINK) return unlisted(builtIn ? await keptIn(builtIn, commitId) : null);
      if (shareId === PROJECTS_LINK)
        return (await isOwn(commitId, key)) ? unlisted(await whole(commitId)) : null;
      const share = await getShare(shareId);
      if (!share || !isSame(pageKeyOf(share, commitId), key) || !isOpen(share, now())) return null;
      const shown = [share.commitId, ...(share.set ?? []).map((version) => version.commitId)];
      if (!shown.includes(commitId)) return null;
      const document = await whole(commitId);
      // A password keeps people out: no search engine either.
      return document && { ...document, indexed: share.indexed && share.passwordHash === null };
    },
  };
}

function unlisted(document: SharedDocument | null): OpenedDocument | null {
  return document && { ...document, indexed: false };
}

async function keptIn(folder: string, commitId: CommitId): Promise<SharedDocument | null> {
  const text = await readFile(join(folder, `${commitId}.json`), "utf8").catch(() => null);
  if (text === null) return null;
  try {
    const { format, ...document } = JSON.parse(text) as Kept;
    return format === FORMAT ? (document as SharedDocument) : null;
  } catch {
    // Cut off by a crash: it is built again.
    return null;
  }
}

/** Its password is part of the key. */
function isOpen({ revokedAt, expiresAt }: Lock, now: number): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}
