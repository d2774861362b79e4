/** What meters and the bar say of limits and of what was used; unknown stays unknown, and is never 0. */
import { expect, test } from "vitest";
import { costOf, figure } from "../../components/prompt/cost-words.tsx";
import { usedWords as usedOfCap } from "../../components/settings/caps-form.tsx";
import { nameOf, resetWords, usedWords } from "../../components/settings/meters.tsx";
import type { LaneLimit } from "../../lib/project/lane-view.ts";

const meter = (change: Partial<LaneLimit>): LaneLimit => ({
  ...{ family: "requests", unit: "requests", windowMs: null, limit: null, remaining: null },
  ...{ usedPercent: null, resetAt: null, source: "x-ratelimit-*-requests" },
  ...change,
});

test.each([
  [{}, "Requests", "not told"],
  [{ windowMs: 60_000, limit: 100, remaining: 25 }, "Requests a minute", "75 of 100 used"],
  [
    { family: "input-tokens", unit: "tokens", windowMs: 60_000 },
    "Tokens a minute (input-tokens)",
    "not told",
  ],
  [{ windowMs: 3_600_000, remaining: 12 }, "Requests an hour", "12 left"],
  [
    { family: "codex-primary", unit: "tokens", windowMs: 18_000_000, usedPercent: 42 },
    "Tokens, codex-primary (5 h)",
    "42 % used",
  ],
  [{ limit: 200_000 }, "Requests", "of 200,000"],
] as const)("%j is told as it is known", (change, name, used) => {
  expect([nameOf(meter(change)), usedWords(meter(change))]).toEqual([name, used]);
});

test.each([
  [null, null],
  [-1_000, null],
  [42_000, "resets in 42 s"],
  [119_500, "resets in 2 min"],
  [360_000, "resets in 6 min"],
  [11_100_000, "resets in 3 h 5 min"],
  [5 * 86_400_000, "resets in 5 d"],
])("a reset in %s ms is %s", (inMs, words) => {
  expect(resetWords(inMs === null ? null : 1_000_000 + inMs, 1_000_000)).toBe(words);
});

test("a prompt costs what its turns' providers counted, and nothing where none counted", () => {
  const used = (inputTokens: number | null, outputTokens: number | null) => ({
    usage: { inputTokens, outputTokens },
  });
  const turns = [used(1_200, 300), used(null, 40), { usage: null }] as never;
  expect(costOf({ turns })).toBe(1_540);
  expect(costOf({ turns: [{ usage: null }] as never })).toBe(0);
  expect([figure(940), figure(4_210), figure(123_400)]).toEqual(["940", "4.2k", "123k"]);
});

test("own caps show what is used of them, and say what is not known", () => {
  const used = { turn: 4_210, hour: 12_400, project: 30_000 };
  expect(usedOfCap("turn", used, 20_000)).toBe("The last one: 4,210 of 20,000");
  expect(usedOfCap("hour", used, null)).toBe("12,400 used");
  expect(usedOfCap("project", used, 25_000)).toBe("30,000 of 25,000");
  expect(usedOfCap("turn", { ...used, turn: null }, 1)).toBe("None in this project yet");
  const elsewhere = { turn: null, hour: 7, project: null };
  expect(["turn", "hour", "project"].map((cap) => usedOfCap(cap as "turn", elsewhere, 10))).toEqual([
    "Not known without a project",
    "7 of 10",
    "Not known without a project",
  ]);
});
