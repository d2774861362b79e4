/** Starts a script as a process of its own and reads what it says, line by line. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { buildSync, type OutputFile } from "esbuild";
import { REPOSITORY } from "./support.ts";

export type Child = {
  pid: number;
  lines: string[];
  /** Resolves with the first line, said already or later, that `wanted` accepts; rejects when the process ends first. */
  line(wanted: (line: string) => boolean): Promise<string>;
  /** One line to the child. */
  say(line: string): void;
  kill(signal: NodeJS.Signals): Promise<void>;
};

/** They read files that stand beside them. */
const OWN_FILES = ["@electric-sql/pglite", "esbuild", "lightningcss", "@tailwindcss/*"];
const FOLDER = join(REPOSITORY, "node_modules", ".cache");
const CHILD = fileURLToPath(new URL("./child.ts", import.meta.url));

const children = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});

/** For children that live a second or two: what is compiled best is compiled too late for them. A quarter less work to start. */
export const SHORT_LIFE = ["--liftoff-only", "--no-opt", "--max-lazy"];

export function startChild(args: string[], script = CHILD, flags: string[] = []): Child {
  // node itself, not npx: the pid must be the one that holds the folder.
  const child = spawn(process.execPath, [...flags, bundleOf(script), ...args], {
    cwd: REPOSITORY,
    stdio: ["pipe", "pipe", "inherit"],
  });
  // A child that was killed does not read what is said to it.
  child.stdin.on("error", () => {});
  children.add(child);
  child.once("close", () => children.delete(child));
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  createInterface({ input: child.stdout })
    .on("line", (line) => {
      lines.push(line);
      for (const listener of listeners) listener();
    })
    .on("close", () => {
      for (const listener of listeners) listener();
    });
  const say = (words: string) => void child.stdin.write(`${words}\n`);
  return { pid: child.pid ?? 0, lines, line, say, kill: (signal) => kill(child, signal) };

  function line(wanted: (line: string) => boolean): Promise<string> {
    return new Promise((done, fail) => {
      const look = () => {
        const found = lines.find(wanted);
        if (found === undefined && child.stdout.readable) return;
        listeners.delete(look);
        if (found === undefined)
          fail(new Error(`the child ended after saying: ${lines.slice(-5).join(" | ")}`));
        else done(found);
      };
      listeners.add(look);
      look();
    });
  }
}

const bundles = new Map<string, string>();

/** One file with its packages in it: a child starts with less than half the work that a TypeScript loader takes. */
function bundleOf(script: string): string {
  const known = bundles.get(script);
  if (known) return known;
  const { outputFiles } = buildSync({
    ...{ absWorkingDir: REPOSITORY, entryPoints: [script], bundle: true, format: "esm", write: false },
    ...{ platform: "node", alias: { "#lib": join(REPOSITORY, "lib") }, external: OWN_FILES },
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  const { contents, hash } = outputFiles[0] as OutputFile;
  // Two folders below the repository, as the scripts are: they find it from where they stand.
  const file = join(FOLDER, `${basename(script, ".ts")}-${hash.replaceAll(/\W/g, "-")}.mjs`);
  if (!existsSync(file)) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, contents);
    renameSync(`${file}.${process.pid}`, file);
  }
  bundles.set(script, file);
  return file;
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  // "close" comes after the last line was read, "exit" may come before.
  await once(child, "close");
}
