/** The server that a driver talks to: where it is, who we are there, and how it is named in sentences. Keys end here. */
import type { Lane } from "#lib/project/rows.ts";
import type { Asker } from "./limits.ts";

export type ServerOptions = {
  /** May have a query, which goes along with every request, and a user with a password. */
  baseUrl: string;
  apiKey: string | null;
  model: string;
  /** Default: fast. */
  lane?: Lane;
  /** In place of those that carry the key. */
  headers?: Record<string, string>;
};

export type Server = {
  /** The address of a path below the base. */
  at(path: string): string;
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
  const base = `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
  const secrets = [apiKey, url.password, decoded(url.password), ...url.searchParams.values()].filter(
    (secret): secret is string => secret !== null && secret.length >= SHORTEST_SECRET,
  );
  return {
    at: (path) => `${base}${path}${url.search}`,
    model,
    asker: { lane, provider: url.hostname, model },
    description: `model "${model}" at ${base}`,
    headers: headers ?? headersOf(url, apiKey),
    clean: (text) => secrets.reduce((cleaned, secret) => cleaned.replaceAll(secret, "…"), text),
    holdsKey: (text) => secrets.some((secret) => text.includes(secret)),
  };
}

/** What is shorter is no secret, and would be cut out of every second word. */
const SHORTEST_SECRET = 4;

function headersOf({ hostname, username, password }: URL, apiKey: string | null): Record<string, string> {
  if (apiKey)
    return hostname.endsWith(".azure.com") ? { "api-key": apiKey } : { authorization: `Bearer ${apiKey}` };
  if (username === "" && password === "") return {};
  const user = Buffer.from(`${decoded(username)}:${decoded(password)}`).toString("base64");
  return { authorization: `Basic ${user}` };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone percent sign stands for itself.
    return text;
  }
}
