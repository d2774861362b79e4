/** What went wrong with a model server → one `ModelFailure`. Details never hold a key: they pass through `Server.clean`. */
import { inspect } from "node:util";
import type { Server } from "./server.ts";
import { ModelFailure, type ModelFailureCode } from "./types.ts";

/** What we believe of a server's "retry after". */
const MAX_RETRY_MS = 3_600_000;
const MAX_DETAIL_CHARS = 300;

const STATUSES: Record<number, ModelFailureCode> = {
  400: "unsupported",
  401: "unauthorized",
  403: "unauthorized",
  404: "not-found",
  408: "overloaded",
  413: "too-long",
  429: "rate-limited",
  500: "overloaded",
  502: "overloaded",
  503: "overloaded",
  504: "overloaded",
  529: "overloaded",
};

/** Names that providers give their errors, in a body, in the stream or on the socket. */
const NAMES: Record<string, ModelFailureCode> = {
  invalid_api_key: "unauthorized",
  authentication_error: "unauthorized",
  permission_error: "unauthorized",
  model_not_found: "not-found",
  not_found_error: "not-found",
  rate_limit_exceeded: "rate-limited",
  rate_limit_error: "rate-limited",
  usage_limit_reached: "rate-limited",
  insufficient_quota: "rate-limited",
  context_length_exceeded: "too-long",
  exceed_context_size_error: "too-long",
  request_too_large: "too-long",
  overloaded_error: "overloaded",
  server_error: "overloaded",
  server_is_overloaded: "overloaded",
  unavailable_error: "overloaded",
  api_error: "overloaded",
  invalid_prompt: "unsupported",
  invalid_request_error: "unsupported",
  content_policy_violation: "refused",
};

const UNREACHABLE =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS|ERR_SSL|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

/** An answer that is not a stream. */
export function failureOfAnswer({ status, headers, body }: Answer, server: Server): ModelFailure {
  const byName = codeOfName(fieldOf(body, "code")) ?? codeOfName(fieldOf(body, "type"));
  const byStatus = STATUSES[status] ?? (status < 400 ? "bad-stream" : "unsupported");
  // A 400 says least, and some servers say "too many tokens" with it, or report an error with a 200; other statuses are
  // believed first.
  const saysLittle = byStatus === "unsupported" || byStatus === "bad-stream";
  const code = saysLittle ? (byName ?? byStatus) : byStatus;
  const said = server.clean(fieldOf(body, "message") ?? "").slice(0, MAX_DETAIL_CHARS);
  const what = code === "bad-stream" ? unreadable(headers) : "";
  const detail = `${server.description} answered ${status}${what}${said ? `: ${said}` : ""}`;
  return new ModelFailure(
    code,
    detail,
    retryAfterMs(headers) ?? resetMs(/"resets_in_seconds"\s*:\s*(\d+)/.exec(body)?.[1]),
  );
}

/** Why a good status is no answer that can be read. */
function unreadable(headers: Answer["headers"]): string {
  const type = String(headers["content-type"] ?? "").split(";")[0];
  const encoding = String(headers["content-encoding"] ?? "");
  if (encoding && encoding !== "identity") return ` (compressed with ${encoding}, which was not asked for)`;
  return type ? ` (${type}, not an event stream)` : "";
}

/** An error that the server reports inside the stream. Some name it, some give it the status it would have had as an answer. */
export function failureOfReport(report: unknown, server: Server): ModelFailure {
  const { code, type, message, status } = fieldsOf(report);
  const number = [status, code].find((each) => typeof each === "number") as number | undefined;
  const byStatus = number === undefined ? undefined : STATUSES[number];
  const found = codeOfName(code) ?? codeOfName(type) ?? byStatus ?? "overloaded";
  const said = typeof message === "string" && message !== "" ? message : "the server reported an error";
  const headers = fieldsOf(fieldsOf(report).headers) as Answer["headers"];
  const waitMs = retryAfterMs(headers) ?? resetMs(fieldsOf(report).resets_in_seconds);
  return new ModelFailure(found, server.clean(said).slice(0, MAX_DETAIL_CHARS), waitMs);
}

/** An error of the connection itself, before or in the middle of the text. */
export function failureOfError(error: unknown, server: Server): ModelFailure {
  if (isModelFailure(error)) return error;
  const { statusCode, responseHeaders, responseBody } = fieldsOf(error);
  // The AI SDK's own error of an answer; with a good status it wraps what happened to the connection.
  if (typeof statusCode === "number" && statusCode >= 400) {
    const headers = fieldsOf(responseHeaders) as Answer["headers"];
    return failureOfAnswer({ status: statusCode, headers, body: String(responseBody ?? "") }, server);
  }
  const inner = deepest(error);
  if (isModelFailure(inner)) return inner;
  const fields = fieldsOf(inner);
  const [name, code] = [String(fields.name ?? ""), String(fields.code ?? "")];
  const message = String(fields.message ?? inner);
  const detail = server.clean(message || code || name).slice(0, MAX_DETAIL_CHARS);
  // What an error carries along may hold the request with its key.
  const cause = server.holdsKey(inspect(error, { depth: 4 })) ? undefined : error;
  if (code === "UND_ERR_HEADERS_TIMEOUT")
    return new ModelFailure("first-token-timeout", "the server did not answer", null, cause);
  // A chunked answer that ends early is a lost connection, not a wrong protocol.
  if (code === "HPE_INVALID_EOF_STATE") return new ModelFailure("cut", detail, null, cause);
  if (/^(?:HPE_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES)/.test(code) || name === "HTTPParserError")
    return new ModelFailure("bad-stream", detail, null, cause);
  return new ModelFailure(UNREACHABLE.test(code) ? "unreachable" : "cut", detail, null, cause);
}

export function isModelFailure(error: unknown): error is ModelFailure {
  return (
    error instanceof Error && error.name === "ModelFailure" && "code" in error && "retryAfterMs" in error
  );
}

/** "retry-after" in seconds or as a date, or "retry-after-ms"; null when it is missing or makes no sense. */
export function retryAfterMs(headers: Answer["headers"]): number | null {
  const exact = Number(headers["retry-after-ms"]);
  if (Number.isFinite(exact) && exact > 0) return Math.min(exact, MAX_RETRY_MS);
  const value = String(headers["retry-after"] ?? "").trim();
  if (value === "") return null;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), MAX_RETRY_MS) : null;
}

/** Plans say it in the body. */
function resetMs(seconds: unknown): number | null {
  const ms = Number(seconds ?? Number.NaN) * 1_000;
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, MAX_RETRY_MS) : null;
}

function codeOfName(name: unknown): ModelFailureCode | undefined {
  return typeof name === "string" && Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
}

/** A text field of an error body, wherever it stands; the body need not be JSON. */
function fieldOf(body: string, field: string): string | null {
  const found = new RegExp(`"${field}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`).exec(body)?.[1];
  try {
    return found === undefined ? null : (JSON.parse(found) as string);
  } catch {
    // A text with a broken escape is not shown at all.
    return null;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
}

/** fetch and the AI SDK wrap the error of the socket, sometimes twice. */
function deepest(error: unknown): unknown {
  let found = error;
  for (let depth = 0; depth < 4; depth++) {
    const { cause, errors } = fieldsOf(found);
    const inner = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
    if (!(inner instanceof Error)) break;
    found = inner;
  }
  return found;
}
