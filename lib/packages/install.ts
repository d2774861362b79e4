/**
 * npm into a folder of its own, without install scripts: nothing of a package runs on this machine. It is given names and
 * ranges of the registry only, and no secret of ours.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { lstat, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Refusal } from "./types.ts";

export type InstallOptions = { limitMs: number; limitBytes: number };

const FLAGS = [
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--no-package-lock",
  "--no-bin-links",
  "--no-update-notifier",
  "--omit=optional",
  "--install-strategy=hoisted",
  "--global=false",
  "--workspaces=false",
  // Where npm knows these, what a package depends on comes from the registry too (safety.md T20).
  "--allow-git=none",
  "--allow-remote=none",
  "--allow-file=none",
  "--allow-directory=none",
  "--fetch-retries=1",
  "--fetch-retry-mintimeout=500",
  "--fetch-retry-maxtimeout=2000",
  "--fetch-timeout=20000",
  "--loglevel=error",
  "--json",
];

/** `folder` must be new or empty; tells the exact version that is in it now. */
export async function install(
  folder: string,
  name: string,
  range: string,
  { limitMs, limitBytes }: InstallOptions,
): Promise<{ ok: true; version: string } | Refusal> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  const { code, printed } = await runNpm(`${name}@${range}`, folder, limitMs);
  if (code === "late") return { ok: false, code: "package-slow", detail: `${name}: ${limitMs / 1000} s` };
  if (code !== 0) return explain(printed, name, range);
  if ((await sizeOf(folder, limitBytes)) > limitBytes)
    return {
      ok: false,
      code: "package-too-large",
      detail: `${name}: over ${megabytes(limitBytes)} installed`,
    };
  return { ok: true, version: await installedVersion(folder, name) };
}

async function installedVersion(folder: string, name: string): Promise<string> {
  const text = await readFile(join(folder, "node_modules", name, "package.json"), "utf8");
  return String((JSON.parse(text) as { version?: unknown }).version);
}

function runNpm(
  spec: string,
  folder: string,
  limitMs: number,
): Promise<{ code: number | "late"; printed: string }> {
  const [command, first] = npm();
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, "install", "--prefix", folder, ...FLAGS, "--", spec], {
      cwd: folder,
      env: withoutSecrets(process.env),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let printed = "";
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, limitMs);
    const hear = (data: Buffer) => {
      if (printed.length < 100_000) printed += data.toString();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code: isLate ? "late" : (code ?? 1), printed });
    });
  });
}

/** npm's own script with this Node, so that no shell is needed on any system. */
function npm(): [command: string, first: string[]] {
  const bin = dirname(process.execPath);
  const script = [
    process.env.npm_execpath ?? "",
    join(bin, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    join(bin, "node_modules", "npm", "bin", "npm-cli.js"),
  ].find((path) => basename(path) === "npm-cli.js" && existsSync(path));
  return script ? [process.execPath, [script]] : ["npm", []];
}

/** Keys and addresses of ours are nothing to npm. */
function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isOurs = (key: string) => /^(?:TRIPTYCH_|DATABASE_URL$|REDIS_URL$|NODE_OPTIONS$)/.test(key);
  return Object.fromEntries(Object.entries(env).filter(([key]) => !isOurs(key))) as NodeJS.ProcessEnv;
}

const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ERR_SOCKET_TIMEOUT",
  "EPROTO",
]);

function explain(printed: string, name: string, range: string): Refusal {
  const code =
    /"code":\s*"([A-Z0-9_]+)"/.exec(printed)?.[1] ?? /\bcode ([A-Z0-9_]+)/.exec(printed)?.[1] ?? "";
  const wanted = range === "latest" ? name : `${name}@${range}`;
  if (code === "E404") return { ok: false, code: "package-unknown", detail: name };
  if (code === "ETARGET") return { ok: false, code: "package-unknown", detail: wanted };
  if (code.startsWith("EALLOW"))
    return { ok: false, code: "package-unfit", detail: `${name} depends on code outside of the registry` };
  if (UNREACHABLE.has(code) || /^E5\d\d$/.test(code))
    return { ok: false, code: "registry-unreachable", detail: code };
  if (/^E4\d\d$/.test(code)) return { ok: false, code: "registry-refused", detail: code };
  return { ok: false, code: "packages-failed", detail: `npm: ${code || "no code"}` };
}

/** Bytes of all files below; stops counting above the limit. */
async function sizeOf(folder: string, limit: number): Promise<number> {
  let bytes = 0;
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined && bytes <= limit; next = folders.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true })) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else bytes += (await lstat(path)).size;
    }
  }
  return bytes;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, "")} MB`;
}
