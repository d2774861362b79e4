/** `npm run check`: types, lint and format, dead code, unit tests. The only word a contributor must know. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled, ensureNode, root, say, tryRun } from "./prepare.mjs";

const bin = (name) => join(root, "node_modules", ".bin", name);

/** Runs the three static checks; returns the names of those that failed. */
export async function checkStatically() {
  // Next's generated types (CSS modules, routes) are part of the program that tsc checks.
  if (!existsSync(join(root, "next-env.d.ts"))) await tryRun(bin("next"), ["typegen"]);
  const steps = [
    ["types", bin("tsc"), ["--noEmit"]],
    ["lint and format", bin("biome"), ["check", "."]],
    ["dead code", bin("knip"), []],
  ];
  const failed = [];
  for (const [name, command, args] of steps) {
    say(`Checking ${name} …`);
    if ((await tryRun(command, args)) !== 0) failed.push(name);
  }
  return failed;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  ensureNode();
  await ensureInstalled();
  const failed = await checkStatically();
  say("Running unit tests …");
  const unit = await tryRun(bin("vitest"), ["run", "--project", "core", "--project", "server"]);
  if (unit !== 0) failed.push("unit tests");
  if (failed.length > 0) say(`Not in order: ${failed.join(", ")}.`);
  process.exit(failed.length === 0 ? 0 : 1);
}
