/** What the parts of bench/models.ts share: the scripted provider in a process of its own, and drivers that ask it. */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createLanes, type LaneSetting } from "../../lib/model/lanes.ts";
import type { Driver } from "../../lib/model/types.ts";
import { prompt } from "../../tests/fixtures/providers/every-driver.ts";
import { now } from "../../tests/fixtures/providers/script.ts";
import { quantile, type Row, round } from "../figures.ts";
import type { Ports, Seen } from "./provider.ts";

/** Each driver, and what the AI SDK costs beside ours where both speak the same. */
export const WIRES = ["chat", "responses", "responses-ws", "anthropic", "ai-sdk:@ai-sdk/anthropic"] as const;

export type Provider = {
  ports: Ports;
  /** The requests since it was asked last. */
  seen(): Promise<Seen[]>;
  /** The same, once all of them were closed by us. */
  closed(): Promise<Seen[]>;
  close(): void;
};

export async function startProvider(): Promise<Provider> {
  const child: ChildProcess = fork(join(import.meta.dirname, "provider.ts"), {
    execArgv: ["--import", "tsx"],
  });
  const answer = <Kind>() =>
    new Promise<Kind>((resolve) => child.once("message", (value) => resolve(value as Kind)));
  const ports = await answer<Ports>();
  const ask = (message: "seen" | "closed") => {
    child.send(message);
    return answer<Seen[]>();
  };
  return {
    ports,
    seen: () => ask("seen"),
    closed: () => ask("closed"),
    close: () => void child.kill(),
  };
}

export function open(wire: string, baseUrl: string, model: string): Driver {
  const setting: LaneSetting = { baseUrl, apiKey: "k", model, wire };
  return createLanes({ fast: setting, deep: null }).fast;
}

export const plainUrl = ({ ports }: Provider) => `http://127.0.0.1:${ports.plain}/v1`;

export async function readAll(driver: Driver): Promise<{ chars: number; firstAt: number }> {
  let [chars, firstAt] = [0, 0];
  for await (const text of driver.model(prompt, new AbortController().signal)) {
    firstAt ||= now();
    chars += text.length;
  }
  return { chars, firstAt };
}

export async function until(happened: () => boolean): Promise<void> {
  for (let waitedMs = 0; !happened(); waitedMs += 5) {
    if (waitedMs > 30_000) throw new Error("bench/models: waited 30 s in vain");
    await pause(5);
  }
}

export function spread(what: string, times: readonly number[]): Row[] {
  return [
    { what: `${what}, p50`, figure: round(quantile(times, 0.5), 2), unit: "ms" },
    { what: `${what}, p95`, figure: round(quantile(times, 0.95), 2), unit: "ms" },
  ];
}
