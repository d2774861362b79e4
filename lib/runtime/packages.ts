/**
 * The packages a page may import. Small ones are in the runtime's bundle; the large ones are scripts of their own, fetched
 * when a file first names them, so that they cost nothing to a page without them. So is a package that a person added: its
 * version stands in the project's package.json, and its script in the server's cache.
 */
import * as clsx from "clsx";
import * as tailwindMerge from "tailwind-merge";
import { dependenciesOf, PACKAGE_JSON } from "../project/dependencies.ts";
import { isExactVersion, modulesImported, packageAddress, packageNameOf } from "../project/package-names.ts";
import SCRIPTS from "../project/packages.json";
import { interop } from "./interop.ts";
import { reactModules } from "./react.ts";

type Modules = Record<string, object>;
type Registry = {
  modules: Modules;
  loaded(name: string): void;
  add(added: Modules): void;
  style(names: string[], css: string): void;
};
/** The project's files as they are now. */
type Project = { paths(): string[]; read(path: string): string | null };
/** `isSwap`: modules that the page may hold are others now. */
type Listener = (isSwap: boolean) => void;

const modules: Modules = {};
for (const [name, module] of Object.entries({ ...reactModules, clsx, "tailwind-merge": tailwindMerge }))
  modules[name] = interop(module);

/** Which script brings a module. */
const scriptOf = new Map(
  Object.entries(SCRIPTS).flatMap(([script, names]) => names.map((name): [string, string] => [name, script])),
);
const own = new Set([...Object.keys(modules), ...scriptOf.keys()]);
const waiting = new Map<string, Promise<void>>();
/** Scripts that are not there (null), or threw while they started. */
const failed = new Map<string, string | null>();
const listeners = new Set<Listener>();
/** "name@version" of each added module. */
const versionOf = new Map<string, string>();
const sheets = new Map<string, string>();
let project: Project = { paths: () => [], read: () => null };
let dependencies = { text: null as string | null, named: new Map<string, string>() };

/** For people: a package that brings many modules stands for them. */
export const availablePackages = [...Object.keys(modules), ...Object.keys(SCRIPTS)].sort();

export function usePackagesOf(files: Project): void {
  project = files;
}

/** What `require` gives; null for a package that is not here, "loading" for one whose script is under way. */
export function packageOf(name: string): object | "loading" | null {
  const script = scriptOf.get(name);
  if (own.has(name)) {
    if (Object.hasOwn(modules, name)) return modules[name] as object;
    return script === undefined ? null : loadingOrFailed(scriptUrl(script));
  }
  const added = addedPackage(name);
  if (added === null) return null;
  if (versionOf.get(name) === `${added.name}@${added.version}`) return shown(name);
  return loadingOrFailed(addressOf(added, [name]));
}

/** Starts to fetch what the project's files name; resolves when all of it is there. What failed before is tried again. */
export async function preparePackages(): Promise<void> {
  failed.clear();
  const sources = codeOf(project);
  const wanted = new Set<string>();
  for (const [name, script] of scriptOf)
    if (sources.some((source) => source.includes(`"${name}"`) || source.includes(`'${name}'`)))
      wanted.add(scriptUrl(script));
  for (const name of dependenciesNow().keys()) {
    const added = addedPackage(name);
    const imported = modulesImported(sources, name).filter((module) => !own.has(module));
    const isNew = imported.some((module) => versionOf.get(module) !== `${name}@${added?.version}`);
    if (added && isNew) wanted.add(addressOf(added, imported));
  }
  await Promise.all([...wanted].map((url) => load(url)));
}

export function onPackageLoaded(listener: Listener): void {
  listeners.add(listener);
}

/** Sheets of packages show from the import that names them to the next start of the page. */
export function dropPackageStyles(): void {
  for (const element of document.head.querySelectorAll("style[data-package]")) element.remove();
}

function loadingOrFailed(url: string): "loading" | null {
  const failure = failed.get(url);
  if (failure) throw new Error(failure);
  if (failure === null) return null;
  void load(url);
  return "loading";
}

function load(url: string): Promise<void> {
  const known = waiting.get(url);
  if (known) return known;
  const promise = new Promise<void>((resolve) => {
    const element = document.createElement("script");
    element.crossOrigin = "anonymous";
    element.src = url;
    let thrown: string | null = null;
    const hear = ({ filename, message }: ErrorEvent) => {
      if (filename === element.src) thrown = message;
    };
    addEventListener("error", hear);
    const end = (isThere: boolean) => {
      removeEventListener("error", hear);
      if (!isThere || thrown !== null) fail(url, thrown);
      resolve();
    };
    element.onload = () => end(true);
    element.onerror = () => end(false);
    document.head.append(element);
  });
  waiting.set(url, promise);
  return promise;
}

/** Who waited is tried again and learns why. */
function fail(url: string, thrown: string | null): void {
  waiting.delete(url);
  const name = decodeURIComponent(/^\/packages\/(.*)\/[^/]*$/.exec(url)?.[1] ?? url);
  failed.set(url, thrown === null ? null : `The package ${name} did not start in this browser: ${thrown}`);
  for (const listener of listeners) listener(false);
}

/** Hashed addresses stand in the page's own script tag. */
function scriptUrl(script: string): string {
  const { packages = "{}" } =
    document.querySelector<HTMLScriptElement>("script[data-packages]")?.dataset ?? {};
  return `/${(JSON.parse(packages) as Record<string, string>)[script] ?? ""}`;
}

type Added = { name: string; version: string };

/** The package of a module, when the project names its exact version: only such a script can exist. */
function addedPackage(module: string): Added | null {
  const name = packageNameOf(module);
  const version = name === null ? undefined : dependenciesNow().get(name);
  return name !== null && version !== undefined && isExactVersion(version) ? { name, version } : null;
}

/** With all that the project imports of it: two scripts would be two copies. */
function addressOf(added: Added, needed: string[]): string {
  const imported = modulesImported(codeOf(project), added.name).filter((module) => !own.has(module));
  return packageAddress({ ...added, modules: [...new Set([...imported, ...needed])].sort() });
}

function dependenciesNow(): Map<string, string> {
  const text = project.read(PACKAGE_JSON);
  if (text !== dependencies.text) dependencies = { text, named: dependenciesOf(text) };
  return dependencies.named;
}

function codeOf(files: Project): string[] {
  return files
    .paths()
    .filter((path) => /\.[jt]sx?$/.test(path))
    .map((path) => files.read(path) ?? "");
}

/** An added module, its style sheets in the document: before the project's own, which may say otherwise. */
function shown(name: string): object {
  const css = sheets.get(name);
  if (css !== undefined && !document.head.querySelector(`style[data-package="${CSS.escape(name)}"]`)) {
    const element = document.createElement("style");
    element.dataset.package = name;
    element.textContent = css;
    document.head.insertBefore(element, document.head.querySelector("style[data-styles]"));
  }
  return modules[name] as object;
}

export function installRegistry(): void {
  const registry: Registry = {
    modules,
    loaded(name) {
      modules[name] = interop(modules[name] as object);
      for (const listener of listeners) listener(false);
    },
    add(added) {
      const script = document.currentScript as HTMLScriptElement | null;
      const version = /\/packages\/((?:@[^/]+\/)?[^/]+)\//.exec(script?.src ?? "")?.[1] ?? "";
      const names = Object.keys(added).filter((name) => !own.has(name));
      const isSwap = names.some((name) => versionOf.has(name));
      for (const name of names) {
        modules[name] = interop(added[name] as object);
        versionOf.set(name, version);
        const { __css: css } = added[name] as { __css?: unknown };
        if (typeof css === "string") sheets.set(name, css);
      }
      for (const listener of listeners) listener(isSwap);
    },
    style(names, css) {
      for (const name of names) if (!own.has(name)) sheets.set(name, css);
    },
  };
  Object.defineProperty(window, "__triptychPackages", { value: registry });
}
