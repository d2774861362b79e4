/**
 * One owner per data folder. PGlite opens a folder a second time without a word, and two writers corrupt it.
 *
 * An owner listens on a local socket, then creates the next lock file: `lock-1`, `lock-2`, … The socket says whether an
 * owner lives: the system closes it with its process, SIGKILL included, and a reused pid does not bring it back.
 *
 * 1. Only the highest number counts, and it is created exclusively: of several openers that found the same dead owner,
 *    one gets the next number.
 * 2. The highest file is never deleted, not even on release, so that numbers only grow: an opener that acts on an old
 *    listing creates a number below the highest, sees that, and starts over.
 */
import { createHash, randomBytes } from "node:crypto";
import { link, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createConnection, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { StorageFailure } from "./types.ts";

export type FolderLock = { release(): Promise<void> };

/** Throws `StorageFailure` "locked" when a living process holds the folder; file system errors come as they are. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  for (;;) {
    const highest = await highestLock(folder);
    const owner = highest === 0 ? null : await readOwner(folder, highest);
    if (owner && (await isListening(owner.socket))) throw locked(folder, owner);
    const lock = await claim(folder, highest + 1);
    if (lock) return lock;
  }
}

type Owner = { pid: number; startedAt: string; socket: string };

/** Takes number `mine`, or gives null when another opener was faster. */
async function claim(folder: string, mine: number): Promise<FolderLock | null> {
  const { server, socket } = await listen(folder);
  const release = () => new Promise<void>((done) => server.close(() => done()));
  const startedAt = new Date(Date.now() - process.uptime() * 1000).toISOString();
  try {
    const created = await createWhole(lockPath(folder, mine), { pid: process.pid, startedAt, socket });
    if (created && (await highestLock(folder)) === mine) {
      await deleteBelow(folder, mine);
      return { release };
    }
    if (created) await rm(lockPath(folder, mine), { force: true });
  } catch (error) {
    await release();
    throw error;
  }
  await release();
  return null;
}

/** Creates the file with its content at once, as "wx" does not: nobody may read a lock that names no socket yet. */
async function createWhole(path: string, owner: Owner): Promise<boolean> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}.new`;
  await writeFile(draft, `${JSON.stringify(owner)}\n`, { flag: "wx" });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function highestLock(folder: string): Promise<number> {
  return Math.max(0, ...(await lockNumbers(folder)));
}

async function lockNumbers(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names.flatMap((name) => /^lock-(\d+)$/.exec(name)?.[1] ?? []).map(Number);
}

async function deleteBelow(folder: string, mine: number): Promise<void> {
  for (const number of await lockNumbers(folder)) {
    if (number >= mine) continue;
    const owner = await readOwner(folder, number);
    // A killed owner leaves its socket's file behind.
    if (owner && process.platform !== "win32") await rm(owner.socket, { force: true });
    await rm(lockPath(folder, number), { force: true });
  }
}

/** Null when the file is gone or is not ours to read: then nobody can be listening for it either. */
async function readOwner(folder: string, number: number): Promise<Owner | null> {
  try {
    const { pid, startedAt, socket } = JSON.parse(await readFile(lockPath(folder, number), "utf8"));
    return typeof socket === "string" ? { pid: Number(pid), startedAt: String(startedAt), socket } : null;
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** True unless the system says that nobody listens there: any doubt (no permission, a full queue) counts as alive. */
function isListening(socket: string): Promise<boolean> {
  return new Promise((done) => {
    const connection = createConnection(socket);
    connection.once("connect", () => {
      connection.destroy();
      done(true);
    });
    connection.once("error", (error) => done(!["ECONNREFUSED", "ENOENT"].includes(codeOf(error))));
  });
}

async function listen(folder: string): Promise<{ server: Server; socket: string }> {
  const [first = "", ...others] = socketPaths(folder);
  try {
    return await listenAt(first);
  } catch (error) {
    // Some mounted folders take files but no sockets.
    const [second] = others;
    if (second === undefined) throw error;
    return listenAt(second);
  }
}

function listenAt(socket: string): Promise<{ server: Server; socket: string }> {
  return new Promise((done, fail) => {
    const server = createServer((connection) => connection.destroy());
    server.once("error", fail);
    server.listen(socket, () => {
      // The lock lasts as long as the process and must not keep it alive.
      server.unref();
      done({ server, socket });
    });
  });
}

/** The longest socket path that macOS takes; Linux takes 107 bytes. Longer ones are cut silently by some systems. */
const SOCKET_PATH_BYTES = 103;

/** In the folder when the path is short enough, else (or when that fails) in the system's folder for such things. */
function socketPaths(folder: string): string[] {
  const random = randomBytes(6).toString("hex");
  const name = `triptych-${createHash("sha256").update(resolve(folder)).digest("hex").slice(0, 16)}-${random}`;
  if (process.platform === "win32") return [`\\\\.\\pipe\\${name}`];
  const inside = join(resolve(folder), `lock-${random}.sock`);
  const outside = join(tmpdir(), `${name}.sock`);
  return Buffer.byteLength(inside) <= SOCKET_PATH_BYTES ? [inside, outside] : [outside];
}

function lockPath(folder: string, number: number): string {
  return join(folder, `lock-${number}`);
}

function locked(folder: string, owner: Owner): StorageFailure {
  return new StorageFailure(
    "locked",
    `The data folder "${folder}" is in use by process ${owner.pid}, started ${owner.startedAt}. ` +
      "Stop that process, or set DATABASE_URL to a Postgres that several processes can share.",
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
