/** `_WIRE=ai-sdk:<package>`: any provider of the AI SDK that is installed beside Triptych, by the name of its package. */
import { createAiSdkDriver, type StreamingModel } from "./ai-sdk.ts";
import type { Fetch } from "./guarded-fetch.ts";
import type { HttpOptions } from "./http-driver.ts";
import { type Driver, ModelFailure } from "./types.ts";

export const AI_SDK_WIRE = /^ai-sdk:((?:@ai-sdk\/|(?:@[\w.-]+\/)?[\w.-]*ai-(?:sdk|provider))[\w.-]*)$/;

type Settings = { baseURL: string; apiKey: string; fetch: Fetch };
type Create = (settings: Settings) => (model: string) => StreamingModel;

export function createPackageDriver(name: string, options: HttpOptions): Driver {
  // An empty key would be looked for in the environment.
  const settings = { baseURL: options.baseUrl.replace(/\/+$/, ""), apiKey: options.apiKey ?? "none" };
  return createAiSdkDriver({
    ...options,
    wire: "ai-sdk",
    async load() {
      const create = await loadPackage(name);
      return (fetch) => create({ ...settings, fetch })(options.model);
    },
  });
}

/** What each of these packages exports to make a provider with settings: `createOpenAI`, `createMistral` … */
async function loadPackage(name: string): Promise<Create> {
  const exported = await import(name).catch((error: unknown) => {
    throw new ModelFailure(
      "unsupported",
      `the package "${name}" is not installed: npm install ${name}`,
      null,
      error,
    );
  });
  const found = Object.entries(exported as object).find(
    ([key, value]) => /^create[A-Z]/.test(key) && typeof value === "function",
  );
  if (!found) throw new ModelFailure("unsupported", `the package "${name}" makes no provider of the AI SDK`);
  return found[1] as Create;
}
