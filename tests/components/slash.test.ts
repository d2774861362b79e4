/** Slash commands of the prompt box: from the one table, and never in the way of plain text. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { offer } from "../../components/commands/offers.ts";
import type { CommandContext } from "../../components/commands/types.ts";
import { slashChoices } from "../../components/prompt/slash.ts";
import { focusOn, resetView } from "../../components/studio/view-state.ts";

const asked: string[] = [];
const context = {
  mayEdit: true,
  shown: [{ id: "a" }, { id: "b" }],
  client: { getSnapshot: () => ({ turns: [] }) },
} as unknown as CommandContext;
let takeBack = () => {};
beforeEach(() => {
  vi.stubGlobal("document", { activeElement: null });
  asked.length = 0;
  takeBack = offer("ask", (words) => asked.push(words));
});
afterEach(() => {
  takeBack();
  resetView();
  vi.unstubAllGlobals();
});

const names = (text: string) => slashChoices(text, context).map(({ name }) => name);

test("a slash lists all commands, letters narrow them, upper case too", () => {
  expect(names("/").length).toBeGreaterThan(8);
  expect(names("/da")).toEqual(["darker"]);
  expect(names("/DA")).toEqual(["darker"]);
  expect(names("/se")).toEqual(["serif", "section"]);
});

test.each([
  "",
  "darker",
  "Make /darker bigger",
  "/darker please",
  "/nothing-of-ours",
  "/src/App.tsx",
  " /darker",
  "//",
])("%j is plain text", (text) => {
  expect(names(text)).toEqual([]);
});

test("a section is one of the known ones, or what was typed", () => {
  expect(names("/section ")).toContain("section pricing");
  expect(names("/section pri")).toEqual(["section pricing", "section pri"]);
  expect(names("/section FAQ")).toEqual(["section FAQ"]);
  const [choice] = slashChoices("/section timeline", context);
  choice?.command.run(context, choice.argument);
  expect(asked).toEqual(["Add a timeline section"]);
});

test("what is not possible just now is listed last, and says what is missing", () => {
  const choices = slashChoices("/", context);
  const fork = choices.find(({ name }) => name === "fork");
  expect(fork?.isPossible).toBe(false);
  expect(fork?.command.need).toContain("Choose one variant");
  expect(choices.map(({ isPossible }) => isPossible)).toEqual(
    choices.map(({ isPossible }) => isPossible).sort((one, other) => Number(other) - Number(one)),
  );
  focusOn(1);
  expect(slashChoices("/fork", context)[0]?.isPossible).toBe(true);
});
