import type { Lane } from "#lib/project/rows.ts";
import { AI_SDK_WIRE, createPackageDriver } from "./ai-sdk-package.ts";
import { createAnthropicDriver } from "./anthropic.ts";
import { createBuiltInDesigner, type DesignerOptions } from "./built-in/designer.ts";
import { createChatDriver } from "./chat.ts";
import type { HttpOptions } from "./http-driver.ts";
import { createResponsesDriver } from "./responses.ts";
import { createSocketDriver } from "./responses-ws.ts";
import type { Driver, Lanes, Wire } from "./types.ts";

export type LaneSetting = { baseUrl: string; apiKey: string | null; model: string; wire: string };
export type LaneSettings = Record<Lane, LaneSetting | null>;

const WIRES: Record<Exclude<Wire, "built-in" | "ai-sdk">, (options: HttpOptions) => Driver> = {
  chat: createChatDriver,
  responses: (options) => createResponsesDriver(options),
  "responses-ws": createSocketDriver,
  anthropic: createAnthropicDriver,
};

/** One driver per lane: the built-in designer where nothing is set; deep is the fast lane's unless it has its own. */
export function createLanes(settings: LaneSettings, designer: DesignerOptions = {}): Lanes {
  const fast = settings.fast ? createDriver("fast", settings.fast) : createBuiltInDesigner(designer);
  return { fast, deep: settings.deep ? createDriver("deep", settings.deep) : fast };
}

export function createDriver(lane: Lane, { wire, ...options }: LaneSetting): Driver {
  if (Object.hasOwn(WIRES, wire)) return WIRES[wire as keyof typeof WIRES]({ ...options, lane });
  const packageName = AI_SDK_WIRE.exec(wire)?.[1];
  if (packageName) return createPackageDriver(packageName, { ...options, lane });
  const known = [...Object.keys(WIRES), "ai-sdk:<package>"].join(", ");
  const message = `TRIPTYCH_${lane.toUpperCase()}_WIRE is "${wire}", but it is one of: ${known}.`;
  throw Object.assign(new Error(message), { code: "config" });
}
