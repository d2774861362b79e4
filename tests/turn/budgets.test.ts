/** What a turn may cost, how long it waits for a used-up limit, and how a model is asked after edits that did not fit. */
import { expect, test } from "vitest";
import type { TurnId } from "../../lib/project/ids.ts";
import type { FailedEdit, Turn } from "../../lib/project/rows.ts";
import { limitPauseMs } from "../../lib/turn/limit-pause.ts";
import { createModelRecord } from "../../lib/turn/model-record.ts";
import { createSpending, noCaps, overCapWords } from "../../lib/turn/spending.ts";

const used = { failure: "rate-limited", rawOutput: "", retryAfterMs: null } as const;

test("a used-up limit is waited for as long as the server says, else longer each time and not by all at once", () => {
  expect(limitPauseMs({ ...used, retryAfterMs: 12_000 }, 0, "turn")).toBe(12_000);
  const first = ["a", "b", "c"].map((seed) => limitPauseMs(used, 0, seed) ?? 0);
  expect(new Set(first).size).toBe(3);
  for (const ms of first) expect(ms).toBeGreaterThanOrEqual(2_000);
  expect(limitPauseMs(used, 2, "a")).toBeGreaterThanOrEqual(8_000);
});

test.each([
  ["after the first text", { ...used, rawOutput: "x" }, 0],
  ["after another failure", { ...used, failure: "unauthorized" as const }, 0],
  ["for longer than anyone waits", { ...used, retryAfterMs: 3_600_000 }, 0],
  ["again and again", used, 4],
])("nothing is waited for %s", (_when, outcome, pauses) => {
  expect(limitPauseMs(outcome, pauses, "turn")).toBeNull();
});

const turn = (id: string, reasons: string[], applied = 1) =>
  ({
    id: id as TurnId,
    model: "gpt-5-codex",
    state: "done",
    appliedEdits: applied,
    failedEdits: reasons.map((reason) => ({ reason }) as FailedEdit),
  }) as Turn;

test("after two failed turns a model is asked for whole files, until twenty turns went well", () => {
  const record = createModelRecord();
  expect(record.formatOf("gpt-5-codex")).toBe("v4a");
  record.saw(turn("one", ["no-match"]));
  record.saw(turn("one", ["no-match"]));
  expect(record.formatOf("gpt-5-codex")).toBe("v4a");
  record.saw(turn("two", ["ambiguous"], 0));
  expect(record.formatOf("gpt-5-codex")).toBe("whole");
  expect(record.failedTurns("gpt-5-codex")).toEqual({ failed: 2, of: 2 });
  expect(record.formatOf("another model")).toBe("mixed");
  for (let good = 0; good < 20; good++) record.saw(turn(`good ${good}`, []));
  expect(record.formatOf("gpt-5-codex")).toBe("v4a");
});

test("what is not the model's fault does not count against it", () => {
  const record = createModelRecord();
  for (const reason of ["truncated", "person-edited", "locked", "limit"]) record.saw(turn(reason, [reason]));
  record.saw({ ...turn("words", []), appliedEdits: 0 });
  expect(record.failedTurns("gpt-5-codex")).toEqual({ failed: 0, of: 4 });
});

test("bytes of a token are what the provider counted, within reason", () => {
  const record = createModelRecord();
  expect(record.bytesPerToken("m")).toBe(3.6);
  record.sawTokens("m", 4_200, 1_000);
  expect(record.bytesPerToken("m")).toBe(4.2);
  record.sawTokens("m", 9_000_000, 1_000);
  expect(record.bytesPerToken("m")).toBeLessThan(6);
});

test("caps hold for a turn, an hour and a project, and say which one and what is left", () => {
  let now = 0;
  const spending = createSpending({ turn: 10_000, hour: 20_000, project: 50_000 }, () => now);
  expect(spending.check(30_000, 3, 0)).toMatchObject({ cap: "hour", left: 20_000 });
  expect(spending.check(10_001, 1, 0)).toMatchObject({ cap: "turn" });
  expect(spending.check(10_000, 1, 0)).toBeNull();
  spending.spent(15_000);
  const over = spending.check(6_000, 1, 0);
  expect(over && overCapWords(over)).toBe(
    "It may use up to 6,000 tokens; 5,000 of 20,000 are left for this hour (TRIPTYCH_CAP_HOUR_TOKENS).",
  );
  now = 3_600_001;
  expect(spending.check(6_000, 1, 0)).toBeNull();
  expect(spending.check(6_000, 1, 46_000)).toMatchObject({ cap: "project", left: 4_000 });
  expect(createSpending(noCaps, () => 0).check(9_999_999, 1, 9_999_999)).toBeNull();
});
