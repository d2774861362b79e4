/**
 * The packages a page may import. Small ones are in the runtime's bundle; the large ones are scripts of their own, fetched
 * when a file first names them, so that they cost nothing to a page without them.
 */
import * as clsx from "clsx";
import * as tailwindMerge from "tailwind-merge";
import SCRIPTS from "../project/packages.json";
import { reactModules } from "./react.ts";

type Registry = { modules: Record<string, object>; loaded(name: string): void };

const modules: Record<string, object> = {};
for (const [name, module] of Object.entries({ ...reactModules, clsx, "tailwind-merge": tailwindMerge }))
  modules[name] = interop(module);

/** Which script brings a module. */
const scriptOf = new Map(
  Object.entries(SCRIPTS).flatMap(([script, names]) => names.map((name): [string, string] => [name, script])),
);
const waiting = new Map<string, Promise<void>>();
const listeners = new Set<() => void>();

/** For people: a package that brings many modules stands for them. */
export const availablePackages = [...Object.keys(modules), ...Object.keys(SCRIPTS)].sort();

/** What `require` gives; null for a package that is not here, "loading" for one whose script is under way. */
export function packageOf(name: string): object | "loading" | null {
  if (Object.hasOwn(modules, name)) return modules[name] as object;
  const script = scriptOf.get(name);
  if (script === undefined) return null;
  void load(script);
  return "loading";
}

/** Starts to fetch what a source names; resolves when all of it is there. */
export async function preparePackages(sources: Iterable<string>): Promise<void> {
  const wanted = new Set<string>();
  for (const source of sources)
    for (const [name, script] of scriptOf)
      if (source.includes(`"${name}"`) || source.includes(`'${name}'`)) wanted.add(script);
  await Promise.all([...wanted].map(load));
}

export function onPackageLoaded(listener: () => void): void {
  listeners.add(listener);
}

function load(script: string): Promise<void> {
  const known = waiting.get(script);
  if (known) return known;
  const loading = new Promise<void>((resolve) => {
    const element = document.createElement("script");
    element.crossOrigin = "anonymous";
    element.src = scriptUrl(script);
    element.onload = () => resolve();
    element.onerror = () => resolve();
    document.head.append(element);
  });
  waiting.set(script, loading);
  return loading;
}

/** Hashed addresses stand in the page's own script tag. */
function scriptUrl(script: string): string {
  const { packages = "{}" } =
    document.querySelector<HTMLScriptElement>("script[data-packages]")?.dataset ?? {};
  return `/${(JSON.parse(packages) as Record<string, string>)[script] ?? ""}`;
}

export function installRegistry(): void {
  const registry: Registry = {
    modules,
    loaded(name) {
      modules[name] = interop(modules[name] as object);
      for (const listener of listeners) listener();
    },
  };
  Object.defineProperty(window, "__triptychPackages", { value: registry });
}

/** Compiled imports look for `__esModule` and `default`. */
function interop(module: object): object {
  if ("__esModule" in module) return module;
  const whole = module as { default?: unknown };
  return { ...module, default: whole.default ?? module, __esModule: true };
}
