/** What Settings asks about models: which run on this machine, and how fast one is. */
import type { Lane } from "#lib/project/rows.ts";
import { createChatDriver } from "./chat.ts";
import {
  findLocalServers,
  isLocalKind,
  LOCAL_PORTS,
  type LocalPorts,
  type LocalServer,
  localBaseUrl,
} from "./local-servers.ts";
import { type Measured, measureModel } from "./measure.ts";
import type { Lanes } from "./types.ts";

/** A lane as it is set, or a model of a local server by its kind: never an address that a page names. */
export type TestedModel = { lane: unknown } | { server: unknown; model: unknown };

export type ModelTools = {
  findLocal(): Promise<LocalServer[]>;
  test(tested: TestedModel): Promise<Measured>;
};

export function createModelTools(lanes: Lanes, ports: LocalPorts = LOCAL_PORTS): ModelTools {
  return {
    findLocal: () => findLocalServers(ports),
    async test(tested) {
      if ("lane" in tested) return testLane(lanes, tested.lane);
      const { server, model } = tested;
      if (!isLocalKind(server))
        return refuse(
          `"${String(server).slice(0, 40)}" is no local server; it is one of: ${Object.keys(LOCAL_PORTS).join(", ")}.`,
        );
      if (typeof model !== "string" || model === "" || model.length > 200)
        return refuse("Name the model to test, as the server lists it.");
      const driver = createChatDriver({ baseUrl: localBaseUrl(server, ports), apiKey: null, model });
      try {
        return await measureModel(driver);
      } finally {
        await driver.close();
      }
    },
  };
}

async function testLane(lanes: Lanes, lane: unknown): Promise<Measured> {
  if (lane !== "fast" && lane !== "deep")
    return refuse(`"${String(lane).slice(0, 40)}" is no lane; it is "fast" or "deep".`);
  const driver = lanes[lane satisfies Lane];
  if (driver.builtIn) return refuse("The built-in designer needs no test: it runs in this server.");
  return measureModel(driver);
}

function refuse(message: string): Measured {
  return { ok: false, code: "bad-test", message };
}
