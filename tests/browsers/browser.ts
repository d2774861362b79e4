/**
 * What the smoke test asks of a browser that is not Chromium, whatever protocol it speaks: BiDi (firefox.ts) or classic
 * WebDriver (webkit.ts). Functions travel as source: they see nothing but their arguments.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";

/** The app's own page, or the page inside a variant's innermost frame. */
export type Where = "app" | "A" | "B" | "C";
export type Target = { role: "button" | "textbox" | "heading"; name: string };
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export type OtherBrowser = {
  version: string;
  open(url: string): Promise<void>;
  /** What the function returns in that page, as JSON. */
  evaluate<Arguments extends Json[], Result>(
    where: Where,
    work: (...args: Arguments) => Result,
    ...args: Arguments
  ): Promise<Awaited<Result>>;
  /** A real pointer on the middle of the element. */
  click(where: Where, target: Target): Promise<void>;
  /** A click, then real keys. */
  type(where: Where, target: Target, text: string): Promise<void>;
  /** A PNG of the window. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
};

/** Runs in the page: the first visible element with that role and name. */
export function findTarget(role: string, name: string): Element {
  const selectors: Record<string, string> = {
    button: "button",
    textbox: "textarea, input, [role=textbox]",
    heading: "h1, h2, h3",
  };
  const found = [...document.querySelectorAll<HTMLInputElement>(selectors[role] ?? role)].find(
    (element) =>
      element.getClientRects().length > 0 &&
      (
        element.getAttribute("aria-label") ??
        element.labels?.[0]?.textContent ??
        element.textContent
      )?.trim() === name,
  );
  if (!found) throw new Error(`there is no ${role} "${name}" in ${document.body.innerText.slice(0, 300)}`);
  return found;
}

/** The first path that exists, or null. */
export function firstInstalled(...paths: (string | undefined)[]): string | null {
  return paths.find((path) => path && existsSync(path)) ?? null;
}

/** Starts a program; with a pattern, waits until it has printed what that captures. */
export async function startProgram(
  command: string,
  args: string[],
  env: Record<string, string>,
  pattern: RegExp | null,
): Promise<{ found: string; stop(): Promise<void> }> {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: browsers leave children behind when only the first is ended.
    detached: true,
  });
  try {
    return { found: pattern ? await printed(child, pattern) : "", stop: () => stopGroup(child) };
  } catch (error) {
    await stopGroup(child);
    throw error;
  }
}

function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(() => reject(new Error(`${child.spawnfile} is not ready:\n${output}`)), 60_000);
    const take = (data: Buffer) => {
      output += data.toString();
      const match = pattern.exec(output);
      if (!match) return;
      clearTimeout(timer);
      resolve(match[1] ?? "");
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`${child.spawnfile} ended with ${code}:\n${output}`)));
  });
}

async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid, "SIGKILL");
  await ended;
}
