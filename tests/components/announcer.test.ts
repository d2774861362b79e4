/** What a screen reader hears of a stream of a minute, by a clock that runs as fast as it can. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createAnnouncer, QUIET_MS, statusWords } from "../../components/studio/announcer.ts";
import type { Turn, TurnState, Variant } from "../../lib/project/rows.ts";

const shown = ["A", "B", "C"].map((letter, position) => ({
  id: letter,
  letter,
  position,
})) as unknown as Variant[];
const turn = (letter: string, state: TurnState, appliedEdits = 0, promptId = "one") =>
  ({
    ...{
      id: `${promptId} ${letter}`,
      variantId: letter,
      promptId,
      prompt: "<h1>code</h1>",
      kind: "prompt",
      state,
    },
    ...{ appliedEdits, answer: "const x = 1;", startedAt: 0, endedAt: state === "running" ? null : 1 },
  }) as unknown as Turn;
const words = (turns: Turn[], old: string[] = []) => statusWords(turns, shown, new Set(old));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a minute in which all changes ten times a second is told in at most 30 messages, with no code, and its end is told", () => {
  const said: { atMs: number; words: string }[] = [];
  const beganMs = Date.now();
  const announcer = createAnnouncer((text) => said.push({ atMs: Date.now(), words: text }), Date.now);
  for (let tick = 0; tick < 600; tick++) {
    const states = ["A", "B", "C"].map((letter, index) =>
      // Turns begin and end one after the other, faster than anyone can be told.
      turn(letter, (tick + index) % 3 === 0 ? "done" : "running", tick, `prompt ${Math.floor(tick / 7)}`),
    );
    announcer.state(words(states));
    vi.advanceTimersByTime(100);
  }
  announcer.state(words([turn("A", "done", 12), turn("B", "stopped"), turn("C", "done", 1)]));
  vi.advanceTimersByTime(QUIET_MS);
  const inTheStream = said.filter(({ atMs }) => atMs - beganMs < 60_000);
  expect(inTheStream.length).toBeGreaterThan(5);
  expect(inTheStream.length).toBeLessThanOrEqual(30);
  const gaps = said.slice(1).map(({ atMs }, index) => atMs - (said[index]?.atMs ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(QUIET_MS);
  expect(said.filter((each) => /[<>{}=;]/.test(each.words))).toEqual([]);
  expect(said.at(-1)?.words).toBe("A done, 12 edits. B stopped. C done, 1 edit.");
});

test("the first thing is told at once, the same thing not again, and what is over by then not at all", () => {
  const said: string[] = [];
  const announcer = createAnnouncer((text) => said.push(text), Date.now);
  announcer.state("one");
  vi.advanceTimersByTime(0);
  expect(said).toEqual(["one"]);
  announcer.state("two");
  announcer.state("one");
  vi.advanceTimersByTime(10 * QUIET_MS);
  expect(said).toEqual(["one"]);
  announcer.state("three");
  announcer.stop();
  vi.advanceTimersByTime(10 * QUIET_MS);
  expect(said).toEqual(["one"]);
});

test("turns are told by their number and letters", () => {
  const before = [turn("A", "done", 3), turn("B", "done", 4)];
  expect(words([turn("A", "running"), turn("B", "running"), turn("C", "running")])).toBe(
    "Turn 1 started on A, B and C.",
  );
  expect(words([...before, turn("B", "running", 0, "two")], ["one A", "one B"])).toBe("Turn 2 started on B.");
  expect(words([...before, turn("B", "running", 0, "two")])).toBe("A done, 3 edits. B is writing.");
  expect(words([turn("A", "cut"), turn("B", "failed")])).toBe("A was cut off. B failed.");
  // What had ended before the page was opened is no news.
  expect(words(before, ["one A", "one B"])).toBe("");
});
