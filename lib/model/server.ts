/** The server that a driver talks to: where it is, who we are there, and how it is named in sentences. Keys end here. */
import type { Lane } from "#lib/project/rows.ts";
import type { Asker } from "./limits.ts";

export type ServerOptions = {
  baseUrl: string;
  apiKey: string | null;
  model: string;
  /** Default: fast. */
  lane?: Lane;
  /** In place of the bearer header. */
  headers?: Record<string, string>;
};

export type Server = {
  /** Without a slash at its end. */
  baseUrl: string;
  model: string;
  asker: Asker;
  /** For sentences: the model and where it is, without user, password or query. */
  description: string;
  headers: Record<string, string>;
  /** The text without the key: some servers echo the key they refuse. */
  clean(text: string): string;
  holdsKey(text: string): boolean;
};

export function describeServer({ baseUrl, apiKey, model, lane = "fast", headers }: ServerOptions): Server {
  const url = new URL(baseUrl);
  const secrets = [apiKey, decodeURIComponent(url.password)].filter(
    (secret): secret is string => secret !== null && secret !== "",
  );
  return {
    baseUrl: baseUrl.replace(/\/+$/, ""),
    model,
    asker: { lane, provider: url.hostname, model },
    description: `model "${model}" at ${url.origin}${url.pathname.replace(/\/+$/, "")}`,
    headers: headers ?? (apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
    clean: (text) => secrets.reduce((cleaned, secret) => cleaned.replaceAll(secret, "…"), text),
    holdsKey: (text) => secrets.some((secret) => text.includes(secret)),
  };
}
