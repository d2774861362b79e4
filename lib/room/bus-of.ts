import { type Bus, noBus } from "./bus.ts";

/** The bus of this process: over Redis when there is one. Its driver is loaded only then. */
export async function openBus(redisUrl: string | null, self: string): Promise<Bus> {
  if (redisUrl === null) return noBus(self);
  const { redisBus } = await import("./redis-bus.ts");
  const onError = (what: string, error: unknown) =>
    console.error(`${what}: ${error instanceof Error ? error.message : error}`);
  return redisBus({ url: redisUrl, self, onError });
}
