/** What went wrong with a model server → one `ModelFailure`. Details never hold a key: they come from the server's answer. */
import type { Dispatcher } from "undici";
import { ModelFailure, type ModelFailureCode } from "./types.ts";

/** What we believe of a server's "retry after". */
const MAX_RETRY_MS = 3_600_000;

const CODES: Record<number, ModelFailureCode> = {
  400: "unsupported",
  401: "unauthorized",
  403: "unauthorized",
  404: "not-found",
  413: "too-long",
  429: "rate-limited",
  500: "overloaded",
  502: "overloaded",
  503: "overloaded",
  529: "overloaded",
};

export function failureOfStatus(
  { statusCode, headers }: Pick<Dispatcher.ResponseData, "statusCode" | "headers">,
  body: string,
  settings: { model: string; baseUrl: string; apiKey: string | null },
): ModelFailure {
  const code = CODES[statusCode] ?? (statusCode === 200 ? "bad-stream" : "unsupported");
  const where = `model "${settings.model}" at ${settings.baseUrl}`;
  const said = messageIn(body, settings.apiKey);
  return new ModelFailure(
    code,
    `${where} answered ${statusCode}${said ? `: ${said}` : ""}`,
    retryAfterMs(headers),
  );
}

/** Errors of the connection itself, before or in the middle of the text. */
export function failureOfError(error: unknown): ModelFailure {
  if (error instanceof ModelFailure) return error;
  const code = error && typeof error === "object" && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : String(error);
  if (code === "UND_ERR_HEADERS_TIMEOUT")
    return new ModelFailure("first-token-timeout", "the server did not answer", null, error);
  if (
    /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED)/.test(
      code,
    )
  ) {
    return new ModelFailure("unreachable", message || code, null, error);
  }
  return new ModelFailure("cut", message || code, null, error);
}

function messageIn(body: string, apiKey: string | null): string {
  const text = /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(body)?.[1] ?? "";
  // Some servers echo the key they refuse.
  return (apiKey ? text.replaceAll(apiKey, "…") : text).slice(0, 300);
}

function retryAfterMs(headers: Dispatcher.ResponseData["headers"]): number | null {
  const exact = Number(headers["retry-after-ms"]);
  if (Number.isFinite(exact) && exact > 0) return Math.min(exact, MAX_RETRY_MS);
  const value = String(headers["retry-after"] ?? "");
  if (value === "") return null;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), MAX_RETRY_MS) : null;
}
