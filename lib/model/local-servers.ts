/**
 * Model servers on this machine, looked for when a person asks: four probes of loopback at once, 250 ms each, no redirects
 * (models.md §6). Nothing is stored, and nothing else is ever asked.
 */
import { Agent, request as send } from "undici";
import { namesOf } from "./model-names.ts";

export type LocalKind = "ollama" | "lm-studio" | "llama.cpp" | "vllm";

export type LocalServer = {
  kind: LocalKind;
  /** For people: "Ollama 0.12.3". */
  name: string;
  baseUrl: string;
  models: string[];
  /** Answers it writes at once, when it says so. */
  slots: number | null;
  contextTokens: number | null;
  /** What a person should know; null: nothing. */
  note: string | null;
};

export type LocalPorts = Record<LocalKind, number>;

export const LOCAL_PORTS: LocalPorts = {
  ollama: 11_434,
  "lm-studio": 1_234,
  "llama.cpp": 8_080,
  vllm: 8_000,
};

const PROBE_MS = 250;
const MAX_ANSWER_BYTES = 512 * 1024;
const VARIANTS = 3;

type Ask = (path: string) => Promise<Record<string, unknown>>;
type Found = Partial<Omit<LocalServer, "kind" | "baseUrl">> & { name: string };

/** Each throws when something else, or nothing, answers at its port. */
const probes: Record<LocalKind, (ask: Ask) => Promise<Found>> = {
  async ollama(ask) {
    const { version } = await ask("/api/version");
    if (typeof version !== "string") throw new Error("no version of Ollama");
    return { name: `Ollama ${version.slice(0, 20)}`, models: namesOf(await ask("/api/tags")) };
  },
  async "lm-studio"(ask) {
    const list = await ask("/v1/models");
    if (!Array.isArray(list.data)) throw new Error("no list of models");
    return { name: "LM Studio", models: namesOf(list) };
  },
  async "llama.cpp"(ask) {
    if ((await ask("/health")).status !== "ok") throw new Error("not ready");
    const props = await ask("/props");
    const settings = props.default_generation_settings as { n_ctx?: unknown } | undefined;
    return {
      name: "llama.cpp",
      models: namesOf(await ask("/v1/models").catch(() => ({}))),
      slots: wholeNumber(props.total_slots),
      contextTokens: wholeNumber(props.n_ctx) ?? wholeNumber(settings?.n_ctx),
    };
  },
  async vllm(ask) {
    const { version } = await ask("/version");
    if (typeof version !== "string") throw new Error("no version of vLLM");
    const list = await ask("/v1/models");
    const first = (Array.isArray(list.data) ? list.data[0] : null) as { max_model_len?: unknown } | null;
    return {
      name: `vLLM ${version.slice(0, 20)}`,
      models: namesOf(list),
      contextTokens: wholeNumber(first?.max_model_len),
    };
  },
};

export async function findLocalServers(ports: LocalPorts = LOCAL_PORTS): Promise<LocalServer[]> {
  const agent = new Agent({ connect: { timeout: PROBE_MS } });
  try {
    const kinds = Object.keys(probes) as LocalKind[];
    const found = await Promise.all(kinds.map((kind) => probe(kind, ports[kind], agent).catch(() => null)));
    return found.filter((server) => server !== null);
  } finally {
    await agent.destroy();
  }
}

export function localBaseUrl(kind: LocalKind, ports: LocalPorts = LOCAL_PORTS): string {
  return `http://127.0.0.1:${ports[kind]}/v1`;
}

export function isLocalKind(kind: unknown): kind is LocalKind {
  return typeof kind === "string" && Object.hasOwn(probes, kind);
}

async function probe(kind: LocalKind, port: number, agent: Agent): Promise<LocalServer> {
  const signal = AbortSignal.timeout(PROBE_MS);
  const found = await probes[kind]((path) => ask(`http://127.0.0.1:${port}${path}`, agent, signal));
  const { models = [], slots = null, contextTokens = null } = found;
  const baseUrl = localBaseUrl(kind, { ...LOCAL_PORTS, [kind]: port });
  return { kind, name: found.name, baseUrl, models, slots, contextTokens, note: noteOf(models, slots) };
}

function noteOf(models: string[], slots: number | null): string | null {
  if (models.length === 0) return "It has no model yet. Load one there, then look again.";
  if (slots === null || slots >= VARIANTS) return null;
  return `It writes ${slots === 1 ? "one answer" : `${slots} answers`} at a time: the other variants wait. Start it with --parallel ${VARIANTS}.`;
}

/** A redirect is an answer like any other that is not 200: not followed. */
async function ask(url: string, agent: Agent, signal: AbortSignal): Promise<Record<string, unknown>> {
  const { statusCode, body } = await send(url, { dispatcher: agent, signal });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw new Error("the answer is too long for a list of models");
  }
  const value: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  if (statusCode !== 200 || value === null || typeof value !== "object")
    throw new Error(`it answered ${statusCode}`);
  return value as Record<string, unknown>;
}

function wholeNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : null;
}
