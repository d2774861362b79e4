import { expect, test } from "vitest";
import type { Entry } from "../../components/commands/palette-entries.ts";
import { searched } from "../../components/commands/palette-search.ts";
import { commands } from "../../components/commands/table.ts";

const sections = [
  {
    title: "All",
    entries: commands.map(
      ({ id, title, group, slash }): Entry => ({ id, title, words: [group, slash ?? ""], run: () => {} }),
    ),
  },
  { title: "Projects", entries: [{ id: "p", title: "Settings of a lighthouse", words: [], run: () => {} }] },
];
const first = (typed: string) => searched(sections, typed)[0]?.entries[0]?.id;

test.each([
  ["Settings", "settings"],
  ["sett", "settings"],
  ["compare", "compare"],
  ["fork", "fork"],
  ["keep", "keep"],
  ["focus variant b", "focus-2"],
  ["darker", "ask-darker"],
  ["light dark", "theme"],
  ["keys", "sheet"],
  ["prompt", "prompt"],
])("%s finds %s first", (typed, id) => {
  expect(first(typed)).toBe(id);
});

test("nothing typed is everything in its sections, and scattered letters find nothing", () => {
  expect(searched(sections, " ")).toBe(sections);
  expect(searched(sections, "stngs")).toEqual([]);
  expect(searched(sections, "settings of light")[0]?.entries.map(({ id }) => id)).toEqual(["p"]);
});
