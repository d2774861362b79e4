/** Who may load a running thumbnail, with an idle browser that the test stands in for. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { takeTurn } from "../../components/start/thumbnail-queue.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("requestIdleCallback", (run: () => void) => setTimeout(run, 0));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Asks for turns and notes who was given one. */
function ask(names: string[]): { started: string[]; ends: Map<string, () => void> } {
  const started: string[] = [];
  const ends = new Map(names.map((name) => [name, takeTurn(() => void started.push(name))]));
  vi.advanceTimersByTime(0);
  return { started, ends };
}

test("two load at a time, in the order asked, none before the browser is idle", () => {
  const before: string[] = [];
  const end = takeTurn(() => void before.push("first"));
  expect(before).toEqual([]);
  end();
  const { started, ends } = ask(["a", "b", "c", "d"]);
  expect(before).toEqual([]);
  expect(started).toEqual(["a", "b"]);
  ends.get("a")?.();
  expect(started).toEqual(["a", "b", "c"]);
  // Said twice, it is one end.
  ends.get("a")?.();
  expect(started).toEqual(["a", "b", "c"]);
  for (const end of ends.values()) end();
});

test("who left before its turn is passed over, and one that never loads holds nobody up for ever", () => {
  const { started, ends } = ask(["a", "b", "c", "d"]);
  ends.get("c")?.();
  ends.get("a")?.();
  expect(started).toEqual(["a", "b", "d"]);
  const later = ask(["e"]);
  expect(later.started).toEqual([]);
  vi.advanceTimersByTime(4_000);
  expect(later.started).toEqual(["e"]);
  for (const end of [...ends.values(), ...later.ends.values()]) end();
});
