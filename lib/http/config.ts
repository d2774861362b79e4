/** The environment, read once, on the server (design §5). Every setting is optional; a wrong one is a sentence, not a stack. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { LaneSettings } from "#lib/model/lanes.ts";

export type Config = {
  host: string;
  port: number;
  /** Names beyond loopback and its own addresses that the app answers to, such as that of a proxy in front. */
  hostNames: string[];
  /** One per pane, on the same host name as the app; none with a preview host. */
  previewPorts: number[];
  /** Pane N is `v<N+1>.<this>` on the app's own port. */
  previewHost: string | null;
  dataFolder: string;
  databaseUrl: string | null;
  /** Several processes tell each other through this Redis what happens in their rooms; they share one Postgres. */
  redisUrl: string | null;
  lanes: LaneSettings;
  /** Pace of the built-in designer. */
  designerTokensPerSecond: number;
  /** "Add package" may fetch from the npm registry when a person presses it. */
  packages: boolean;
  /** Own caps, in tokens of language models; null: none. */
  caps: Record<"turn" | "hour" | "project", number | null>;
  /** Turns at once on each lane. */
  atOnce: Record<"fast" | "deep", number>;
  /** A page that does not run after a turn is mended once by itself. */
  autoFix: boolean;
  /** Lets one read `/api/metrics` from elsewhere. */
  metricsToken: string | null;
  /** Others can reach this server: by its address, or by a name that something in front of it serves. */
  open: boolean;
};

export class ConfigError extends Error {
  readonly code = "config";
}

type Environment = Record<string, string | undefined>;

/** Reads settings; throws `ConfigError` with what was seen and what is allowed. */
export function readConfig(env: Environment): Config {
  const port = readPort("PORT", env.PORT, 3000);
  const host = env.HOST || "127.0.0.1";
  const hostNames = readHostNames(env.HOST_NAMES);
  const previewHost = readPreviewHost(env.PREVIEW_HOST, hostNames);
  return {
    host,
    port,
    hostNames,
    previewPorts: previewHost ? [] : readPreviewPorts(env.PREVIEW_PORTS, port),
    previewHost,
    dataFolder: env.TRIPTYCH_DATA || ".triptych",
    databaseUrl: env.DATABASE_URL || null,
    redisUrl: readRedis(env.REDIS_URL, env.DATABASE_URL),
    lanes: { fast: readLane(env, "FAST"), deep: readLane(env, "DEEP") },
    designerTokensPerSecond: readRate(env.TRIPTYCH_DESIGNER_RATE),
    packages: readSwitch("TRIPTYCH_PACKAGES", env.TRIPTYCH_PACKAGES),
    caps: {
      turn: readCount("TRIPTYCH_CAP_TURN_TOKENS", env.TRIPTYCH_CAP_TURN_TOKENS, null, 1_000),
      hour: readCount("TRIPTYCH_CAP_HOUR_TOKENS", env.TRIPTYCH_CAP_HOUR_TOKENS, null, 1_000),
      project: readCount("TRIPTYCH_CAP_PROJECT_TOKENS", env.TRIPTYCH_CAP_PROJECT_TOKENS, null, 1_000),
    },
    atOnce: {
      fast: readCount("TRIPTYCH_FAST_AT_ONCE", env.TRIPTYCH_FAST_AT_ONCE, 3, 1),
      deep: readCount("TRIPTYCH_DEEP_AT_ONCE", env.TRIPTYCH_DEEP_AT_ONCE, 3, 1),
    },
    autoFix: readSwitch("TRIPTYCH_AUTO_FIX", env.TRIPTYCH_AUTO_FIX),
    metricsToken: env.TRIPTYCH_METRICS_TOKEN || null,
    open: ![host, ...hostNames].every(isLoopbackName),
  };
}

/** Adds the values of `.env.local` that the environment does not set itself. */
export function withEnvFile(env: Environment, folder: string): Environment {
  const file = join(folder, ".env.local");
  return existsSync(file) ? { ...parseEnv(readFileSync(file, "utf8")), ...env } : env;
}

export function isLoopbackName(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function readRedis(value: string | undefined, databaseUrl: string | undefined): string | null {
  if (!value) return null;
  // The address itself is not repeated: it may hold a password.
  if (!URL.canParse(value) || !/^rediss?:$/.test(new URL(value).protocol))
    throw new ConfigError("REDIS_URL is not an address like redis://host:6379.");
  if (databaseUrl) return value;
  throw new ConfigError(
    "REDIS_URL is set, but DATABASE_URL is not: several processes need one Postgres. Set DATABASE_URL, or unset REDIS_URL to run one process.",
  );
}

function readPort(name: string, value: string | undefined, fallback: number): number {
  if (!value) return fallback;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new ConfigError(`${name} is "${value}", but a port is a whole number from 1 to 65535.`);
}

function readHostNames(value: string | undefined): string[] {
  const names = (value ?? "").split(",").map((name) => name.trim());
  return names
    .filter((name) => name !== "")
    .map((name) => readHostName("HOST_NAMES", name, "app.example.com"));
}

function readPreviewHost(value: string | undefined, hostNames: string[]): string | null {
  if (!value) return null;
  const previewHost = readHostName("PREVIEW_HOST", value.trim(), "preview.example.com");
  const taken = hostNames.find((name) => name.endsWith(`.${previewHost}`));
  if (!taken) return previewHost;
  throw new ConfigError(
    `HOST_NAMES holds "${taken}", but names below PREVIEW_HOST (${previewHost}) belong to previews.`,
  );
}

/** A bare name: no scheme, port, path or wildcard, and no address. */
function readHostName(setting: string, value: string, example: string): string {
  const name = value.toLowerCase();
  const labels = name.split(".");
  const isName =
    name.length <= 250 && labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
  if (isName && !/^\d+$/.test(labels.at(-1) ?? "")) return name;
  throw new ConfigError(
    `${setting} is "${value}", but it takes bare host names, such as "${example}": no scheme, port, path, wildcard or address.`,
  );
}

function readRate(value: string | undefined): number {
  const rate = Number(value || 1_500);
  if (rate >= 50 && rate <= 100_000) return rate;
  throw new ConfigError(
    `TRIPTYCH_DESIGNER_RATE is "${value}", but it is a number of tokens per second from 50 to 100000.`,
  );
}

/** A whole number of at least `least`; the fallback when it is not set. */
function readCount<Fallback extends number | null>(
  name: string,
  value: string | undefined,
  fallback: Fallback,
  least: number,
): number | Fallback {
  if (!value) return fallback;
  const count = Number(value.replace(/_/g, ""));
  if (Number.isSafeInteger(count) && count >= least) return count;
  throw new ConfigError(`${name} is "${value}", but it is a whole number of at least ${least}.`);
}

function readSwitch(name: string, value: string | undefined): boolean {
  if (!value || value === "on") return true;
  if (value === "off") return false;
  throw new ConfigError(`${name} is "${value}", but it is "on" or "off".`);
}

function readPreviewPorts(value: string | undefined, port: number): number[] {
  if (!value) return [port + 1, port + 2, port + 3].map((each) => readPort("PORT + 3", String(each), each));
  const range = /^(\d+)-(\d+)$/.exec(value.trim());
  const texts = range
    ? span(Number(range[1]), Number(range[2]))
    : value.split(",").map((text) => text.trim());
  const ports = texts.map((text) => readPort("PREVIEW_PORTS", text, 0));
  if (ports.length < 1 || new Set(ports).size !== ports.length || ports.includes(port)) {
    throw new ConfigError(
      `PREVIEW_PORTS is "${value}", but it must name different ports beside PORT (${port}), such as "${port + 1}-${port + 3}".`,
    );
  }
  return ports;
}

function span(from: number, to: number): string[] {
  return Array.from({ length: Math.min(8, Math.max(0, to - from + 1)) }, (_, index) => String(from + index));
}

/** Wires that are spoken at one place, unless another is set. */
const HOME_OF_WIRE: Record<string, string> = { anthropic: "https://api.anthropic.com/v1" };

function readLane(env: Environment, lane: "FAST" | "DEEP"): LaneSettings["fast"] {
  const wire = env[`TRIPTYCH_${lane}_WIRE`] || "chat";
  const baseUrl = env[`TRIPTYCH_${lane}_BASE_URL`] || HOME_OF_WIRE[wire];
  const model = env[`TRIPTYCH_${lane}_MODEL`];
  if (!baseUrl) return null;
  if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol)) {
    throw new ConfigError(
      `TRIPTYCH_${lane}_BASE_URL is "${baseUrl}", but it must be an http or https address.`,
    );
  }
  if (!model) {
    throw new ConfigError(
      `TRIPTYCH_${lane}_${wire in HOME_OF_WIRE ? "WIRE" : "BASE_URL"} is set; set TRIPTYCH_${lane}_MODEL to the model's name too.`,
    );
  }
  return { baseUrl, model, wire, apiKey: env[`TRIPTYCH_${lane}_API_KEY`] || null };
}
