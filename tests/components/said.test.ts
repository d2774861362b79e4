/** What is said under a sheet and among the turns, as it stands in the page: rendered by React itself, without a browser. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, expect, test, vi } from "vitest";
import { TurnRow } from "../../components/studio/turn-row.tsx";
import { behindNotes } from "../../components/variant/use-behind.ts";
import { VariantStrips } from "../../components/variant/variant-strips.tsx";
import { noRoom } from "../../lib/client/no-room.ts";
import type { Turn, Variant } from "../../lib/project/rows.ts";
import { STEERED } from "../../lib/project/steered.ts";

const variant = { id: "v1", letter: "B" } as Variant;
const ended = {
  ...{
    id: "t1",
    variantId: "v1",
    prompt: "Warmer",
    kind: "prompt",
    lane: "fast",
    state: "done",
    message: null,
  },
  ...{ answer: "", appliedEdits: 2, failedEdits: [], warnings: [], changes: [], repair: null, usage: null },
  ...{ timings: { totalMs: 1_000 }, commitId: null },
} as unknown as Turn;

afterEach(() => {
  vi.useRealTimers();
});

/** Words and names of buttons; markup is left out. */
function strips(props: { state?: string; life?: string; last?: Partial<Turn>; mayEdit?: boolean }): string {
  const { state = "idle", life = "running", last = {}, mayEdit = true } = props;
  const html = renderToStaticMarkup(
    createElement(VariantStrips, {
      ...{ client: noRoom, variant, state, error: null, life: life as never, isBusy: false, mayEdit },
      ...{ frame: { current: null }, last: { ...ended, ...last } },
    }),
  );
  return html
    .replace(/<(?:button|summary)[^>]*>/g, " [")
    .replace(/<\/(?:button|summary)>/g, "] ")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

test("a page that does not answer: what happens with it, its code, and a way to run it", () => {
  expect(strips({ state: "hung" })).toBe(
    "B stopped responding. It is being restarted. [See code] [Run again]",
  );
  expect(strips({ state: "hung", life: "stopped" })).toBe(
    "B stopped responding. It was restarted three times and is stopped now. [See code] [Run again]",
  );
});

test("a turn that was cut: what was in the middle of being written is a draft to read, and nothing that did not fit", () => {
  const draft = { path: "/src/A.tsx", reason: "truncated", search: "", text: "one\ntwo\n", nearest: [] };
  const last = { state: "cut" as const, message: "Stopped after 2 edits.", failedEdits: [draft] };
  expect(strips({ last })).toBe(
    "Stopped after 2 edits. [Continue] [Unused draft /src/A.tsx , 2 lines ] one two [Put in]",
  );
  expect(strips({ last, mayEdit: false })).toBe(
    "Stopped after 2 edits. [Unused draft /src/A.tsx , 2 lines ] one two",
  );
});

test("edits that did not fit: how many of how many, each with its reason, and a button that asks again", () => {
  const missed = { path: "/src/A.tsx", reason: "no-match", search: "x", text: "", nearest: [] };
  expect(strips({ last: { failedEdits: [missed] } })).toBe(
    "1 of 3 edits did not fit; the others are in. [Ask again] /src/A.tsx : the searched lines stand nowhere in the file [Show where]",
  );
  expect(strips({ last: { appliedEdits: 0, failedEdits: [missed] } })).toContain("1 of 1 edit did not fit. ");
});

test("a turn that gave way to another prompt says that it was steered on", () => {
  const turn = {
    ...ended,
    state: "stopped",
    message: STEERED,
  } as Turn;
  const group = { prompt: "Warmer", turns: [turn], state: "stopped", ms: 900, kind: "prompt" };
  const html = renderToStaticMarkup(
    createElement(TurnRow, {
      ...{
        client: noRoom,
        group: group as never,
        number: 3,
        shown: [variant],
        mayEdit: true,
        isShown: false,
      },
    }),
  );
  expect(html).toContain("steered on");
  expect(html).not.toContain("stopped");
});

test("a page that shows an older state is said to be behind after half a second, not for a moment, and not any more once it is there", () => {
  vi.useFakeTimers();
  const said: boolean[] = [];
  const note = behindNotes((isBehind) => said.push(isBehind));
  note(false);
  vi.advanceTimersByTime(300);
  note(true);
  vi.advanceTimersByTime(1_000);
  expect(said).toEqual([false]);
  note(false);
  vi.advanceTimersByTime(400);
  // A second state that does not run begins no new half second.
  note(false);
  vi.advanceTimersByTime(100);
  expect(said).toEqual([false, true]);
  note(true);
  expect(said).toEqual([false, true, false]);
});
