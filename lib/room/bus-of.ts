import { type Bus, noBus } from "./bus.ts";

/** The bus of this process: over Redis when there is one. Its driver is loaded only then. */
export async function openBus(
  redisUrl: string | null,
  self: string,
  onError: (what: string, error: unknown) => void,
): Promise<Bus> {
  if (redisUrl === null) return noBus(self);
  const { redisBus } = await import("./redis-bus.ts");
  return redisBus({ url: redisUrl, self, onError });
}
