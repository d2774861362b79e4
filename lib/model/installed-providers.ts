/** Providers of the AI SDK beside Triptych: what its package.json names and what is there, as `npm install @ai-sdk/mistral` leaves it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AI_SDK_WIRE } from "./ai-sdk-package.ts";

/** What every provider builds on, and the hooks and helpers around them do not. */
const INTERFACE = "@ai-sdk/provider";
const NOT_ONE = /^@ai-sdk\/provider/;

type Manifest = Record<
  "dependencies" | "devDependencies" | "peerDependencies",
  Record<string, string> | undefined
>;

/** Their names, sorted. `folder` holds package.json and node_modules. Read anew each time: a package may have come meanwhile. */
export async function installedProviders(folder: string): Promise<string[]> {
  const own = await manifestIn(folder);
  const named = Object.keys({ ...own?.devDependencies, ...own?.dependencies }).filter(
    (name) => AI_SDK_WIRE.test(`ai-sdk:${name}`) && !NOT_ONE.test(name),
  );
  const found = await Promise.all(named.map((name) => manifestIn(join(folder, "node_modules", name))));
  return named.filter((_name, index) => isProvider(found[index] ?? null)).sort();
}

function isProvider(manifest: Manifest | null): boolean {
  return INTERFACE in { ...manifest?.dependencies, ...manifest?.peerDependencies };
}

async function manifestIn(folder: string): Promise<Manifest | null> {
  try {
    return JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
  } catch {
    // Not installed, or no package at all: nothing to choose.
    return null;
  }
}
