/** What providers say of their limits, as their documentation shows it, in one normal form (models.md §5.1). */
import fc from "fast-check";
import { expect, test } from "vitest";
import { limitsOfEvent, limitsOfHeaders } from "../../lib/model/limits.ts";

const asker = { lane: "fast", provider: "api.example.com", model: "m" } as const;
const NOW = Date.UTC(2026, 10, 25, 12);
const read = (headers: Record<string, string>) =>
  limitsOfHeaders(headers, asker, NOW).map(({ lane, provider, model, source, ...limit }) => limit);

const UNKNOWN = { windowMs: null, limit: null, remaining: null, usedPercent: null, resetAt: null };

test("Mistral: requests under a shorter name", () => {
  const headers = { "x-ratelimit-limit-req-minute": "60", "x-ratelimit-remaining-req-minute": "45" };
  expect(read(headers)).toEqual([
    {
      ...UNKNOWN,
      family: "req-minute",
      unit: "requests",
      windowMs: 60_000,
      limit: 60,
      remaining: 45,
      usedPercent: 25,
    },
  ]);
});

test("OpenAI: durations, and no window", () => {
  const headers = {
    "X-RateLimit-Limit-Requests": "5000",
    "x-ratelimit-remaining-requests": "4999",
    "x-ratelimit-reset-requests": "12ms",
    "x-ratelimit-limit-tokens": "160000",
    "x-ratelimit-remaining-tokens": "40000",
    "x-ratelimit-reset-tokens": "6m0s",
  };
  expect(read(headers)).toEqual([
    {
      ...UNKNOWN,
      family: "requests",
      unit: "requests",
      limit: 5_000,
      remaining: 4_999,
      usedPercent: 0,
      resetAt: NOW + 12,
    },
    {
      ...UNKNOWN,
      family: "tokens",
      unit: "tokens",
      limit: 160_000,
      remaining: 40_000,
      usedPercent: 75,
      resetAt: NOW + 360_000,
    },
  ]);
  expect(limitsOfHeaders(headers, asker, NOW)[0]).toMatchObject({
    ...asker,
    source: "x-ratelimit-*-requests",
  });
});

test.each(["-1", "0"])("Azure: a limit of %s is unknown, and so is what remains of it", (limit) => {
  const headers = { "x-ratelimit-limit-tokens": limit, "x-ratelimit-remaining-tokens": limit };
  expect(read(headers)).toEqual([]);
  expect(read({ ...headers, "x-ratelimit-reset-tokens": "1s" })).toEqual([
    { ...UNKNOWN, family: "tokens", unit: "tokens", resetAt: NOW + 1_000 },
  ]);
});

test("used up is 0, not unknown", () => {
  expect(read({ "x-ratelimit-limit-tokens": "10", "x-ratelimit-remaining-tokens": "0" })).toMatchObject([
    { remaining: 0, usedPercent: 100 },
  ]);
});

test("Groq: bare names are requests of a day and tokens of a minute", () => {
  expect(
    read({
      "x-groq-region": "us",
      "x-ratelimit-limit-requests": "14400",
      "x-ratelimit-remaining-requests": "14370",
      "x-ratelimit-reset-requests": "2m59.56s",
      "x-ratelimit-limit-tokens": "18000",
      "x-ratelimit-remaining-tokens": "17997",
      "x-ratelimit-reset-tokens": "7.66s",
    }),
  ).toMatchObject([
    { unit: "requests", windowMs: 86_400_000, resetAt: NOW + 179_560 },
    { unit: "tokens", windowMs: 60_000, resetAt: NOW + 7_660 },
  ]);
});

test("Cerebras: windows in the names, resets in seconds", () => {
  expect(
    read({
      "x-ratelimit-limit-requests-day": "14400",
      "x-ratelimit-remaining-requests-day": "7200",
      "x-ratelimit-reset-requests-day": "33011.382867097855",
      "x-ratelimit-limit-tokens-minute": "60000",
      "x-ratelimit-remaining-tokens-minute": "45000",
      "x-ratelimit-reset-tokens-minute": "11.382867097854614",
    }),
  ).toMatchObject([
    {
      family: "requests-day",
      unit: "requests",
      windowMs: 86_400_000,
      usedPercent: 50,
      resetAt: NOW + 33_011_383,
    },
    { family: "tokens-minute", unit: "tokens", windowMs: 60_000, usedPercent: 25, resetAt: NOW + 11_383 },
  ]);
});

test("an epoch as reset, and windows with `per`", () => {
  const reset = String(NOW / 1_000 + 30);
  expect(
    read({ "x-ratelimit-limit-tokens-per-minute": "100", "x-ratelimit-reset-tokens-per-minute": reset }),
  ).toMatchObject([
    { family: "tokens-per-minute", windowMs: 60_000, remaining: null, resetAt: NOW + 30_000 },
  ]);
});

test("Anthropic: dates, and input apart from output", () => {
  const headers = Object.fromEntries(
    ["requests", "input-tokens", "output-tokens"].flatMap((family) => [
      [`anthropic-ratelimit-${family}-limit`, "1000"],
      [`anthropic-ratelimit-${family}-remaining`, "900"],
      [`anthropic-ratelimit-${family}-reset`, "2026-11-25T12:00:30Z"],
    ]),
  );
  expect(read(headers)).toMatchObject([
    { family: "requests", unit: "requests", usedPercent: 10, resetAt: NOW + 30_000 },
    { family: "input-tokens", unit: "tokens" },
    { family: "output-tokens", unit: "tokens" },
  ]);
});

test("Codex plans: percent, windows, families, in headers and in band", () => {
  const reset_at = NOW / 1_000 + 3_600;
  expect(
    read({
      "x-codex-primary-used-percent": "12.5",
      "x-codex-primary-window-minutes": "300",
      "x-codex-primary-reset-at": String(reset_at),
      "x-codex-secondary-used-percent": "73.0",
      "x-codex-secondary-window-minutes": "10080",
      "x-codex-spark-primary-used-percent": "99",
    }),
  ).toMatchObject([
    {
      family: "codex-primary",
      usedPercent: 12.5,
      windowMs: 18_000_000,
      resetAt: NOW + 3_600_000,
      limit: null,
    },
    { family: "codex-secondary", usedPercent: 73, windowMs: 604_800_000, resetAt: null },
    { family: "codex-spark-primary", usedPercent: 99, windowMs: null },
  ]);
  const event = {
    type: "codex.rate_limits",
    metered_limit_name: "spark",
    rate_limits: { primary: { used_percent: 40, window_minutes: 300, reset_at }, secondary: null },
  };
  expect(limitsOfEvent(event, asker, NOW)).toMatchObject([
    { family: "spark-primary", usedPercent: 40, resetAt: NOW + 3_600_000, source: "codex.rate_limits" },
  ]);
});

test("no headers, no limits", () => {
  expect(read({})).toEqual([]);
  expect(read({ "content-type": "text/event-stream", date: "Wed" })).toEqual([]);
});

test("whatever stands in the headers, nothing throws and no figure is made up", () => {
  const name = fc.constantFrom(
    "x-ratelimit-limit-tokens",
    "x-ratelimit-remaining-tokens",
    "x-ratelimit-reset-tokens",
    "anthropic-ratelimit-tokens-reset",
    "x-codex-primary-used-percent",
    "x-codex-primary-reset-at",
  );
  fc.assert(
    fc.property(
      fc.dictionary(name, fc.oneof(fc.string(), fc.float().map(String), fc.constant("1e999"))),
      (headers) => {
        for (const limit of limitsOfHeaders(headers, asker, NOW))
          for (const figure of [limit.limit, limit.remaining, limit.usedPercent, limit.resetAt])
            expect(figure === null || (Number.isFinite(figure) && figure >= 0)).toBe(true);
      },
    ),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (event) => void limitsOfEvent(event, asker, NOW)),
  );
});
