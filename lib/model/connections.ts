/** Kept-open HTTP connections to one server, and whether an answer came over one that was open already. */
import { setImmediate } from "node:timers/promises";
import { Agent, request as send } from "undici";
import type { Server } from "./server.ts";

/** One per variant that is written at once. */
const WARM_CONNECTIONS = 3;
const WARM_EVERY_MS = 30_000;
const WARM_TIMEOUT_MS = 5_000;

export type Connections = {
  agent: Agent;
  /** How many were opened so far. */
  opened(): number;
  /** Opens as many as variants need; what the server answers does not matter. Never throws. */
  warm(): Promise<void>;
  close(): Promise<void>;
};

export function openConnections(server: Server, connectMs = 2_000): Connections {
  let opened = 0;
  const agent = new Agent({
    keepAliveTimeout: 60_000,
    keepAliveMaxTimeout: 600_000,
    connections: 12,
    allowH2: false,
    connect: { timeout: connectMs },
  });
  agent.on("connect", () => opened++);
  const touch = async () => {
    const { body } = await send(server.at("/models"), {
      dispatcher: agent,
      headers: server.headers,
      headersTimeout: WARM_TIMEOUT_MS,
      bodyTimeout: WARM_TIMEOUT_MS,
    });
    await body.dump();
    // The agent gives the connection free a phase later.
    await setImmediate();
  };
  return {
    agent,
    opened: () => opened,
    warm: rarely(WARM_EVERY_MS, async () => {
      await Promise.allSettled(Array.from({ length: WARM_CONNECTIONS }, touch));
    }),
    close: () => agent.destroy(),
  };
}

/** The same run for all who ask while it lasts and until so long after it began. */
export function rarely<Input extends unknown[]>(
  everyMs: number,
  run: (...input: Input) => Promise<void>,
): (...input: Input) => Promise<void> {
  let last: { at: number; run: Promise<void> } | null = null;
  return (...input) => {
    if (last && performance.now() - last.at < everyMs) return last.run;
    last = { at: performance.now(), run: run(...input) };
    return last.run;
  };
}
