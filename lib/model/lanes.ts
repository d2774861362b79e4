import type { Lane } from "#lib/project/rows.ts";
import { createBuiltInDesigner, type DesignerOptions } from "./built-in/designer.ts";
import { createChatDriver } from "./chat.ts";
import type { Driver, Lanes } from "./types.ts";

export type LaneSetting = { baseUrl: string; apiKey: string | null; model: string; wire: string };
export type LaneSettings = Record<Lane, LaneSetting | null>;

const WIRES = ["chat"];

/** One driver per lane: the built-in designer where nothing is set; deep is the fast lane's unless it has its own. */
export function createLanes(settings: LaneSettings, designer: DesignerOptions = {}): Lanes {
  const fast = settings.fast ? createDriver("FAST", settings.fast) : createBuiltInDesigner(designer);
  return { fast, deep: settings.deep ? createDriver("DEEP", settings.deep) : fast };
}

function createDriver(lane: string, { wire, baseUrl, apiKey, model }: LaneSetting): Driver {
  if (!WIRES.includes(wire)) {
    const message = `TRIPTYCH_${lane}_WIRE is "${wire}", but this version speaks: ${WIRES.join(", ")}.`;
    throw Object.assign(new Error(message), { code: "config" });
  }
  return createChatDriver({ baseUrl: baseUrl.replace(/\/+$/, ""), apiKey, model });
}
