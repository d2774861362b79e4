/** Starts child.ts and reads what it says, line by line. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { REPOSITORY } from "./support.ts";

export type Child = {
  pid: number;
  lines: string[];
  /** Resolves with the first line, said already or later, that `wanted` accepts; rejects when the process ends first. */
  line(wanted: (line: string) => boolean): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<void>;
};

const CHILD = fileURLToPath(new URL("./child.ts", import.meta.url));

export function startChild(args: string[], script = CHILD): Child {
  // node itself, not npx: the pid must be the one that holds the folder.
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
    cwd: REPOSITORY,
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
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
  return { pid: child.pid ?? 0, lines, line, kill: (signal) => kill(child, signal) };

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

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  // "close" comes after the last line was read, "exit" may come before.
  await once(child, "close");
}
