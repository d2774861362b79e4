/**
 * The packages a page may import. Small ones are in the runtime's bundle; the large ones are scripts of their own, fetched
 * when a file first names them, so that they cost nothing to a page without them.
 */
import * as clsx from "clsx";
import * as tailwindMerge from "tailwind-merge";
import { reactModules } from "./react.ts";

type Registry = { modules: Record<string, object>; loaded(name: string): void };

const modules: Record<string, object> = {};
for (const [name, module] of Object.entries({ ...reactModules, clsx, "tailwind-merge": tailwindMerge }))
  modules[name] = interop(module);

/** Scripts by package; names as imported. */
const LARGE: Record<string, string> = {
  "lucide-react": "lucide",
  motion: "motion",
  "motion/react": "motion",
};
const waiting = new Map<string, Promise<void>>();
const listeners = new Set<() => void>();

export const availablePackages = [...Object.keys(modules), ...Object.keys(LARGE)].sort();

/** What `require` gives; null for a package that is not here, "loading" for one whose script is under way. */
export function packageOf(name: string): object | "loading" | null {
  if (Object.hasOwn(modules, name)) return modules[name] as object;
  if (!Object.hasOwn(LARGE, name)) return null;
  void load(name);
  return "loading";
}

/** Starts to fetch what a source names; resolves when all of it is there. */
export async function preparePackages(sources: Iterable<string>): Promise<void> {
  const wanted = new Set<string>();
  for (const source of sources)
    for (const name of Object.keys(LARGE))
      if (source.includes(`"${name}"`) || source.includes(`'${name}'`)) wanted.add(name);
  await Promise.all([...wanted].map(load));
}

export function onPackageLoaded(listener: () => void): void {
  listeners.add(listener);
}

function load(name: string): Promise<void> {
  const script = LARGE[name] as string;
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
  return document.querySelector<HTMLScriptElement>("script[data-runtime]")?.dataset[script] ?? "";
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
