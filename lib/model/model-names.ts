import { request as send } from "undici";
import type { Connections } from "./connections.ts";
import type { Server } from "./server.ts";
import { ModelFailure } from "./types.ts";

const TIMEOUT_MS = 1_500;
const SHOWN = 12;

/** A refusal of the model's name tells the names that the server does know, when it lists them. */
export async function withModelNames(
  failure: ModelFailure,
  server: Server,
  { agent }: Pick<Connections, "agent">,
): Promise<ModelFailure> {
  const names = await listModels(server, agent).catch(() => []);
  const known = names.filter((name) => name !== server.model);
  const { description } = server;
  // What is reported inside of a stream does not say who reports it.
  const said = failure.detail.startsWith(description) ? failure.detail : `${description}: ${failure.detail}`;
  const more = known.length > SHOWN ? ` and ${known.length - SHOWN} more` : "";
  const list = known.length > 0 ? `. It has: ${known.slice(0, SHOWN).join(", ")}${more}` : "";
  const detail = `${said}${list}`;
  return new ModelFailure(failure.code, server.clean(detail), failure.retryAfterMs, failure.cause);
}

/** `GET {base}/models` → the names, as the server orders them. */
export async function listModels(
  { at, headers }: Pick<Server, "at" | "headers">,
  agent: Connections["agent"],
  timeoutMs = TIMEOUT_MS,
): Promise<string[]> {
  const { statusCode, body } = await send(at("/models"), {
    dispatcher: agent,
    headers,
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (statusCode !== 200) {
    await body.dump();
    return [];
  }
  return namesOf(await body.json());
}

export function namesOf(list: unknown): string[] {
  const { data, models } = (list ?? {}) as { data?: unknown; models?: unknown };
  const rows = Array.isArray(data) ? data : Array.isArray(models) ? models : [];
  return rows.flatMap((row: { id?: unknown; name?: unknown } | null) => {
    const name = row?.id ?? row?.name;
    return typeof name === "string" && name.length <= 200 ? [name] : [];
  });
}
