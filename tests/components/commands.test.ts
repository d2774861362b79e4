/** The one table of commands, and the keys that it is reached by. */
import { expect, test } from "vitest";
import { chordOf, isSingle, type KeyPress, matches, shown } from "../../components/commands/chord.ts";
import {
  chooseKey,
  conflictOf,
  keyMapOf,
  keysNow,
  switchSingles,
} from "../../components/commands/key-map.ts";
import { offer } from "../../components/commands/offers.ts";
import { entriesOf } from "../../components/commands/palette-entries.ts";
import { commands, isPossible } from "../../components/commands/table.ts";
import type { CommandContext } from "../../components/commands/types.ts";
import { noTable } from "../../components/start/no-table.ts";
import type { ListedProject } from "../../lib/project/listed-project.ts";

/** The table of interactions.md §2, in its order. */
const INTERACTIONS: Record<string, string[]> = {
  "command palette": ["mod+k"],
  "focus the prompt": ["/"],
  "send to the chosen target": ["mod+enter"],
  "send to all three": ["mod+shift+enter"],
  stop: ["escape"],
  "steer while it writes": ["mod+enter"],
  "focus variant A / B / C": ["1", "2", "3"],
  "back to three": ["0", "escape"],
  "keep this one": ["k"],
  vote: ["v"],
  "fork three from this": ["shift+f"],
  "take this section into": ["t"],
  "compare, swap sides": ["\\", "x"],
  "pick an element": ["s", "mod+shift+d"],
  "comment pin": ["c"],
  "code drawer": ["mod+j"],
  "turns rail": ["mod+b"],
  "previous / next turn; play": ["[", "]", "space"],
  "undo / redo own change": ["mod+z", "mod+shift+z"],
  "width of the previews": ["d"],
  "sync scroll on / off": ["y"],
  "hide all chrome": ["mod+."],
  "present / stop presenting": ["shift+p"],
  follow: ["f"],
  "share: copy link, show QR": ["mod+shift+s"],
  "restart a preview": ["r"],
  "shortcuts sheet": ["?"],
  "next / previous region": ["f6", "shift+f6"],
};
/** What is not there yet is not listed: a key that does nothing is worse than none. */
const LATER = ["vote", "take this section into", "comment pin", "present / stop presenting", "follow"];

const keysOfTable = commands.flatMap(({ key, alias }) => [key, alias].filter((each) => each != null));

test("the table has every key of interactions.md, and none of what comes later", () => {
  for (const [interaction, keys] of Object.entries(INTERACTIONS))
    for (const key of keys)
      expect(keysOfTable.includes(key), `${interaction}: ${key}`).toBe(!LATER.includes(interaction));
});

test("ids, keys and slash names are each there once", () => {
  const once = (list: unknown[]) => expect(list).toEqual([...new Set(list)]);
  once(commands.map(({ id }) => id));
  once(keysOfTable);
  once(commands.flatMap(({ slash }) => slash ?? []));
});

const press = (key: string, more: Partial<KeyPress & { altGraph: boolean }> = {}): KeyPress => ({
  ...{ key, code: "", metaKey: false, ctrlKey: false, altKey: false, shiftKey: false },
  getModifierState: (name) => name === "AltGraph" && more.altGraph === true,
  ...more,
});

test.each([
  ["a letter by what it is", press("k"), "k"],
  ["with caps lock on", press("K"), "k"],
  ["with Shift", press("F", { shiftKey: true }), "shift+f"],
  ["a sign that needs Shift", press("?", { shiftKey: true }), "?"],
  ["a slash that needs Shift, as on German keyboards", press("/", { shiftKey: true, code: "Digit7" }), "/"],
  [
    "a bracket that needs AltGr",
    press("[", { ctrlKey: true, altKey: true, altGraph: true, code: "Digit8" }),
    "[",
  ],
  ["a digit that needs Shift, as on French keyboards", press("1", { shiftKey: true }), "1"],
  ["a letter of another script by its place", press("л", { code: "KeyK", ctrlKey: true }), "mod+k"],
  ["Alt and a digit by its place", press("¡", { code: "Digit1", altKey: true }), "alt+1"],
  ["Space", press(" "), "space"],
  ["Ctrl Shift Enter", press("Enter", { ctrlKey: true, shiftKey: true }), "mod+shift+enter"],
])("keys are read: %s", (_what, event, chord) => {
  expect(chordOf(event, false)).toBe(chord);
});

test("⌘ on a Mac is Ctrl elsewhere, and the other one is not taken for it", () => {
  expect(matches("mod+k", press("k", { metaKey: true }), true)).toBe(true);
  expect(matches("mod+k", press("k", { ctrlKey: true }), true)).toBe(false);
  expect(matches("mod+k", press("k", { ctrlKey: true }), false)).toBe(true);
  expect(matches("k", press("k", { ctrlKey: true }), false)).toBe(false);
  expect(chordOf(press("Shift", { shiftKey: true }), false)).toBeNull();
  expect([shown("mod+shift+s", true), shown("mod+shift+s", false)]).toEqual(["⌘⇧S", "Ctrl Shift S"]);
  expect([shown("escape", true), shown("shift+f6", false), shown("alt+1", true)]).toEqual([
    "Esc",
    "Shift F6",
    "⌥1",
  ]);
});

test("single keys are those that a person may type", () => {
  expect(["k", "shift+f", "?", "space", "1"].every(isSingle)).toBe(true);
  expect(["mod+k", "escape", "f6", "alt+1", "shift+f6"].some(isSingle)).toBe(false);
});

test("a key that is chosen replaces the command's own, and one that is taken is named with its owner", () => {
  const keys = keyMapOf({ singlesOff: false, keys: { keep: "b", fork: null } });
  expect([keys.of("keep"), keys.of("fork"), keys.of("sync")]).toEqual(["b", null, "y"]);
  expect([keys.isChosen("keep"), keys.isChosen("sync")]).toEqual([true, false]);
  expect(conflictOf("sync", "b", keys)).toContain("Keep this variant");
  // Given away, it is free.
  expect(conflictOf("sync", "k", keys)).toBeNull();
  expect(conflictOf("sync", "mod+t", keys)).toContain("browser");
  expect(conflictOf("sync", "escape", keys)).toContain("Esc");
  // An alias is taken, too.
  expect(conflictOf("sync", "alt+1", keys)).toContain("Focus variant A");
});

test("a command is possible while its part of the page offers it, and to those who may edit", () => {
  const context = { mayEdit: true, shown: [] } as unknown as CommandContext;
  const send = commands.find(({ id }) => id === "send");
  if (!send) throw new Error("no command to send");
  expect(isPossible(send, context)).toBe(false);
  const sent: string[] = [];
  const takeBack = offer("send", () => sent.push("sent"));
  expect(isPossible(send, context)).toBe(true);
  expect(isPossible(send, { ...context, mayEdit: false })).toBe(false);
  send.run(context);
  takeBack();
  send.run(context);
  expect([sent, isPossible(send, context)]).toEqual([["sent"], false]);
});

test("on the start page only what makes sense there is possible: no key of the table acts, none of its lines is listed", () => {
  const possible = () => commands.filter((each) => isPossible(each, noTable)).map(({ id }) => id);
  expect(possible()).toEqual(["prompt", "palette", "settings", "next-region", "previous-region", "sheet"]);
  const takeBack = [offer("create", () => {}), offer("theme", () => {}), offer("start-from", () => {})];
  expect(possible()).toEqual(expect.arrayContaining(["create", "theme"]));
  const projects = [{ id: "p", title: "Bakery", updatedAt: 0 }] as unknown as ListedProject[];
  const sections = entriesOf(noTable, projects);
  expect(sections.map(({ title }) => title)).toEqual(["Prompt", "Studio", "Start from", "Recent projects"]);
  for (const back of takeBack) back();
  expect(entriesOf(noTable, []).map(({ title }) => title)).toEqual(["Prompt", "Studio"]);
});

test("a chosen key holds for the page where nothing can be kept, and the command's own one comes back", () => {
  chooseKey("keep", "b");
  switchSingles(true);
  expect([keysNow().of("keep"), keysNow().singlesOff]).toEqual(["b", true]);
  chooseKey("keep", null);
  expect(keysNow().of("keep")).toBeNull();
  chooseKey("keep", undefined);
  switchSingles(false);
  expect([keysNow().of("keep"), keysNow().singlesOff]).toEqual(["k", false]);
});
