/**
 * What providers say about their limits → one normal form (models.md §5.1). Unknown is null, never 0. Told by headers with
 * the first byte, or in band by the event `codex.rate_limits`.
 */

import type { LaneLimit } from "#lib/project/lane-view.ts";
import type { Lane } from "#lib/project/rows.ts";

export type Limit = Asker & LaneLimit;

/** Whose limits they are. `provider` is the host that said so. */
export type Asker = { lane: Lane; provider: string; model: string | null };

type Headers = Record<string, string | string[] | undefined>;

const WINDOWS_MS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
/** Resets further away than this are not believed. */
const LONGEST_RESET_MS = 32 * 86_400_000;

/** Every limit that these headers tell of, in a stable order; none when there are none. */
export function limitsOfHeaders(headers: Headers, asker: Asker, nowMs: number): Limit[] {
  const values = new Map(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value ?? "")]),
  );
  const known = [
    ...ratelimits(values, isGroq(values, asker), nowMs),
    ...anthropic(values, nowMs),
    ...codex(values, nowMs),
  ];
  return known.map((limit) => ({ ...asker, ...limit }));
}

/** The event `codex.rate_limits` of the Responses socket. */
export function limitsOfEvent(event: Record<string, unknown>, asker: Asker, nowMs: number): Limit[] {
  const family = text(event.metered_limit_name) ?? text(event.limit_name) ?? "codex";
  const windows = object(event.rate_limits);
  return ["primary", "secondary"].flatMap((name) => {
    const window = object(windows?.[name]);
    if (!window) return [];
    const limit = codexWindow(
      `${family}-${name}`,
      number(window.used_percent),
      number(window.window_minutes),
      number(window.reset_at),
      nowMs,
    );
    return limit ? [{ ...asker, ...limit, source: "codex.rate_limits" }] : [];
  });
}

/** OpenAI, Azure, Groq, Cerebras, Mistral: `x-ratelimit-remaining-tokens`, `…-requests-day`, `…-tokens-per-minute`, `…-req-minute`. */
function ratelimits(values: ReadonlyMap<string, string>, groq: boolean, nowMs: number): LaneLimit[] {
  const families = new Set<string>();
  for (const name of values.keys()) {
    const family =
      /^x-ratelimit-(?:limit|remaining|reset)-((?:req|requests|tokens)(?:-(?:per-)?(?:minute|hour|day))?)$/;
    const found = family.exec(name)?.[1];
    if (found) families.add(found);
  }
  return [...families].sort().flatMap((family) => {
    const unit = family.startsWith("req") ? "requests" : "tokens";
    const window = /(minute|hour|day)$/.exec(family)?.[1];
    const limit = positive(values.get(`x-ratelimit-limit-${family}`));
    // Azure sends -1 or 0 for "no such limit": without a limit, nothing remaining of it is known either.
    const isKnown = limit !== null || !values.has(`x-ratelimit-limit-${family}`);
    const remaining = isKnown ? count(values.get(`x-ratelimit-remaining-${family}`)) : null;
    const resetAt = resetOf(values.get(`x-ratelimit-reset-${family}`), nowMs);
    if (limit === null && remaining === null && resetAt === null) return [];
    // Groq's bare names are requests of a day and tokens of a minute.
    const windowMs = window
      ? WINDOWS_MS[window]
      : groq
        ? WINDOWS_MS[unit === "requests" ? "day" : "minute"]
        : null;
    return [
      {
        family,
        unit,
        windowMs: windowMs ?? null,
        limit,
        remaining,
        usedPercent: usedPercent(limit, remaining),
        resetAt,
        source: `x-ratelimit-*-${family}`,
      } as const,
    ];
  });
}

function isGroq(values: ReadonlyMap<string, string>, { provider }: Asker): boolean {
  return provider.endsWith("groq.com") || [...values.keys()].some((name) => name.startsWith("x-groq"));
}

/** Documented as per minute; the headers do not say. */
function anthropic(values: ReadonlyMap<string, string>, nowMs: number): LaneLimit[] {
  return ["requests", "tokens", "input-tokens", "output-tokens"].flatMap((family) => {
    const name = (part: string) => `anthropic-ratelimit-${family}-${part}`;
    const limit = positive(values.get(name("limit")));
    const remaining = count(values.get(name("remaining")));
    const resetAt = resetOf(values.get(name("reset")), nowMs);
    if (limit === null && remaining === null && resetAt === null) return [];
    return [
      {
        family,
        unit: family === "requests" ? "requests" : "tokens",
        windowMs: WINDOWS_MS.minute ?? null,
        limit,
        remaining,
        usedPercent: usedPercent(limit, remaining),
        resetAt,
        source: name("*"),
      } as const,
    ];
  });
}

/** Plans: `x-codex-primary-used-percent`, and named families `x-codex-<limit>-primary-…`. */
function codex(values: ReadonlyMap<string, string>, nowMs: number): LaneLimit[] {
  return [...values.keys()].sort().flatMap((name) => {
    const [, prefix = "", window = ""] =
      /^x-(codex(?:-[a-z0-9-]+?)??)-(primary|secondary)-used-percent$/.exec(name) ?? [];
    if (prefix === "") return [];
    const read = (part: string) => number(values.get(`x-${prefix}-${window}-${part}`));
    const limit = codexWindow(
      `${prefix}-${window}`,
      read("used-percent"),
      read("window-minutes"),
      read("reset-at"),
      nowMs,
    );
    return limit ? [{ ...limit, source: `x-${prefix}-${window}-*` }] : [];
  });
}

function codexWindow(
  family: string,
  used: number | null,
  minutes: number | null,
  resetAtSeconds: number | null,
  nowMs: number,
): (LaneLimit & { source: string }) | null {
  if (used === null && resetAtSeconds === null) return null;
  return {
    family,
    unit: "tokens",
    windowMs: minutes !== null && minutes > 0 ? minutes * 60_000 : null,
    limit: null,
    remaining: null,
    usedPercent: used !== null && used >= 0 ? Math.min(used, 100) : null,
    resetAt: resetAtSeconds === null ? null : believable(resetAtSeconds * 1_000, nowMs),
    source: "",
  };
}

/** A duration ("12ms", "6m0s", "7.66s"), seconds ("11.38"), an epoch in seconds, or a date. */
function resetOf(value: string | undefined, nowMs: number): number | null {
  const said = value?.trim() ?? "";
  if (said === "") return null;
  const seconds = Number(said);
  if (Number.isFinite(seconds)) {
    const isEpoch = seconds > 1_000_000_000;
    return believable(isEpoch ? seconds * 1_000 : nowMs + seconds * 1_000, nowMs);
  }
  const durationMs = durationOf(said);
  return believable(durationMs === null ? Date.parse(said) : nowMs + durationMs, nowMs);
}

const UNITS_MS: Record<string, number> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

function durationOf(said: string): number | null {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[dhms]))+$/.test(said)) return null;
  const parts = [...said.matchAll(/(\d+(?:\.\d+)?)(ms|[dhms])/g)];
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS_MS[unit ?? ""] ?? 0), 0);
}

function believable(atMs: number, nowMs: number): number | null {
  const isNear = Number.isFinite(atMs) && atMs >= nowMs - 60_000 && atMs <= nowMs + LONGEST_RESET_MS;
  return isNear ? Math.round(atMs) : null;
}

function usedPercent(limit: number | null, remaining: number | null): number | null {
  if (limit === null || remaining === null) return null;
  return Math.min(100, Math.max(0, Math.round((100 * (limit - remaining)) / limit)));
}

/** A count that may be 0; below 0 it says nothing. */
function count(value: unknown): number | null {
  const found = number(value);
  return found !== null && found >= 0 ? found : null;
}

function positive(value: unknown): number | null {
  const found = number(value);
  return found !== null && found > 0 ? found : null;
}

function number(value: unknown): number | null {
  if (typeof value === "string" ? value.trim() === "" : typeof value !== "number") return null;
  const found = Number(value);
  return Number.isFinite(found) ? found : null;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value.slice(0, 80) : null;
}

function object(value: unknown): Record<string, unknown> | null {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : null;
}
