/** Anthropic's messages, through the provider of the AI SDK, which is loaded when it is first needed. */
import { createAiSdkDriver } from "./ai-sdk.ts";
import type { HttpOptions } from "./http-driver.ts";
import type { Driver } from "./types.ts";

/** Nothing is cached that is not marked. */
const CACHE_MARK = { anthropic: { cacheControl: { type: "ephemeral" } } };

export function createAnthropicDriver(options: HttpOptions): Driver {
  const { apiKey, model } = options;
  const baseURL = options.baseUrl.replace(/\/+$/, "");
  return createAiSdkDriver({
    ...options,
    wire: "anthropic",
    headers: { "anthropic-version": "2023-06-01", ...(apiKey ? { "x-api-key": apiKey } : {}) },
    cacheMark: CACHE_MARK,
    async load() {
      const { createAnthropic } = await import("@ai-sdk/anthropic");
      // An empty key would be looked for in the environment.
      return (fetch) => createAnthropic({ baseURL, apiKey: apiKey ?? "none", fetch })(model);
    },
  });
}
