/**
 * The packages of this server, kept on disk: one folder per name and exact version with what npm installed, and beside it a
 * script per set of modules, its name a hash of its content. Names become folders only after they passed npm's rules.
 */
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { limits } from "#lib/project/limits.ts";
import {
  isExactVersion,
  isPackageName,
  isRegistryRange,
  type PackageScript,
  packageNameOf,
} from "#lib/project/package-names.ts";
import { bundle } from "./bundle.ts";
import { install } from "./install.ts";
import type { Packages, PackageWish, Refusal } from "./types.ts";

export type PackagesOptions = {
  folder: string;
  /** Off: nothing is fetched; what is in the cache is still served. */
  isOn: boolean;
  limitMs?: number;
  installedBytes?: number;
  scriptBytes?: number;
  onError?(what: string, error: unknown): void;
};

type Index = { modules: string[]; file: string }[];

export function createPackages({
  folder,
  isOn,
  limitMs = limits.packageInstallMs,
  installedBytes = limits.packageInstalledBytes,
  scriptBytes = limits.packageScriptBytes,
  onError = (what, error) => console.error(`${what} failed:`, error),
}: PackagesOptions): Packages {
  const running = new Map<string, ReturnType<Packages["add"]>>();
  // What a crash left half-made goes before anything new is made.
  let last: Promise<unknown> = sweep(folder);

  /** One npm at a time: three at once would take the machine from those who write. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = last.then(work, work);
    last = mine.catch(() => {});
    return mine;
  }

  async function make({ name, range, modules }: PackageWish): ReturnType<Packages["add"]> {
    try {
      const wanted = range ?? "latest";
      const isThere = isExactVersion(wanted) && (await readIndex(folderOf(name, wanted))) !== null;
      const installed = isThere ? ({ ok: true, version: wanted } as const) : await fetchPackage(name, wanted);
      if (!installed.ok) return installed;
      const script: PackageScript = { name, version: installed.version, modules };
      if (await findFile(script)) return installed;
      const bundled = await bundle(folderOf(name, installed.version), modules, scriptBytes);
      if (!bundled.ok) return { ...bundled, detail: `${name} ${installed.version}: ${bundled.detail}` };
      await keep(script, bundled.script);
      return installed;
    } catch (error) {
      onError(`adding the package ${name}`, error);
      return { ok: false, code: "packages-failed" };
    }
  }

  /** Into a folder beside the others first: one that is there is whole. */
  async function fetchPackage(name: string, range: string): ReturnType<Packages["add"]> {
    const temporary = join(folder, `.new-${randomBytes(8).toString("hex")}`);
    try {
      const installed = await install(temporary, name, range, { limitMs, limitBytes: installedBytes });
      if (!installed.ok) return installed;
      if (!isExactVersion(installed.version))
        return { ok: false, code: "package-version", detail: `${name}@${installed.version}` };
      const target = folderOf(name, installed.version);
      if ((await readIndex(target)) !== null) return installed;
      await rm(target, { recursive: true, force: true });
      await writeFile(join(temporary, "scripts.json"), "[]");
      await rename(temporary, target);
      return installed;
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }

  async function keep({ name, version, modules }: PackageScript, script: Buffer): Promise<void> {
    const target = folderOf(name, version);
    const file = `${createHash("sha256").update(script).digest("hex").slice(0, 16)}.js`;
    await mkdir(join(target, "scripts"), { recursive: true });
    await writeFile(join(target, "scripts", file), script);
    const index = [...((await readIndex(target)) ?? []), { modules, file }];
    await writeFile(join(target, "scripts.json.new"), JSON.stringify(index));
    await rename(join(target, "scripts.json.new"), join(target, "scripts.json"));
  }

  /** The smallest script that has all of the modules. */
  async function findFile({ name, version, modules }: PackageScript): Promise<string | null> {
    const target = folderOf(name, version);
    const fitting = ((await readIndex(target)) ?? []).filter((each) =>
      modules.every((module) => each.modules.includes(module)),
    );
    const [smallest] = fitting.sort((one, other) => one.modules.length - other.modules.length);
    return smallest ? join(target, "scripts", smallest.file) : null;
  }

  function folderOf(name: string, version: string): string {
    return join(folder, `${name.replace("/", "+")}@${version}`);
  }

  return {
    async add(wish) {
      if (!isOn) return { ok: false, code: "packages-off" };
      const refusal = refuseWish(wish);
      if (refusal) return refusal;
      const key = JSON.stringify(wish);
      const known = running.get(key);
      if (known) return known;
      if (running.size >= limits.packagesWaiting) return { ok: false, code: "busy" };
      const adding = inTurn(() => make(wish)).finally(() => running.delete(key));
      running.set(key, adding);
      return adding;
    },

    async find(script) {
      if (!isPackageName(script.name) || !isExactVersion(script.version)) return null;
      const file = await findFile(script);
      return file === null ? null : readFile(file).catch(() => null);
    },
  };
}

async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const stale = names.filter((name) => name.startsWith(".new-"));
  await Promise.all(
    stale.map((name) => rm(join(folder, name), { recursive: true, force: true }).catch(() => {})),
  );
}

/** Null when the folder is not there or not whole. */
async function readIndex(folder: string): Promise<Index | null> {
  try {
    return JSON.parse(await readFile(join(folder, "scripts.json"), "utf8")) as Index;
  } catch {
    return null;
  }
}

function refuseWish({ name, range, modules }: PackageWish): Refusal | null {
  if (!isPackageName(name)) return { ok: false, code: "package-name", detail: `“${name.slice(0, 80)}”` };
  if (range !== null && !isRegistryRange(range))
    return { ok: false, code: "package-version", detail: `${name}@${range.slice(0, 80)}` };
  const isForeign = modules.some((module) => packageNameOf(module) !== name);
  return isForeign || modules.length === 0 || modules.length > limits.packageModules
    ? { ok: false, code: "package-name", detail: `${modules.length} modules of ${name}` }
    : null;
}
