/**
 * The keys of interactions.md, each pressed on the real table: what it does to how the table stands, or what it asks of the room. That
 * the parts of the page answer is for the browser tests.
 */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { offer } from "../../components/commands/offers.ts";
import type { CommandContext } from "../../components/commands/types.ts";
import { commandOf } from "../../components/commands/use-keys.ts";
import {
  focusOn,
  resetView,
  setTargets,
  setView,
  toggleChrome,
  togglePick,
  viewState,
} from "../../components/studio/view-state.ts";
import { noRoom } from "../../lib/client/no-room.ts";
import type { VariantId } from "../../lib/project/ids.ts";
import type { Turn, Variant } from "../../lib/project/rows.ts";

const shown = ["A", "B", "C"].map((letter) => ({ id: letter as VariantId, letter })) as Variant[];
const asked: unknown[] = [];
/** What can be meant by a press: what has the focus, and what of the page is open. */
class Focused {
  readonly id: string;
  private readonly fits: readonly string[];
  constructor(id = "", fits: readonly string[] = []) {
    this.id = id;
    this.fits = fits;
  }
  closest(selector: string) {
    return this.fits.some((each) => selector.includes(each)) ? this : null;
  }
  getAttribute() {
    return null;
  }
  focus() {
    asked.push("prompt has the focus");
  }
}
const body = new Focused();
let active: Focused = body;
let isOpen = false;
let turns: Turn[] = [];
let at: unknown = null;

beforeEach(() => {
  resetView();
  asked.length = 0;
  [active, isOpen, turns, at] = [body, false, [], null];
  vi.stubGlobal("HTMLElement", Focused);
  vi.stubGlobal("navigator", { platform: "Linux" });
  vi.stubGlobal("document", {
    body,
    get activeElement() {
      return active;
    },
    querySelector: () => (isOpen ? {} : null),
    querySelectorAll: () => [],
    getElementById: () => new Focused("prompt"),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function contextOf(mayEdit: boolean): CommandContext {
  const note =
    (what: string) =>
    async (...given: unknown[]) =>
      void asked.push([what, ...given.map((each) => (each as Variant)?.letter ?? each)]);
  return {
    client: {
      ...noRoom,
      getSnapshot: () => ({ ...noRoom.getSnapshot(), turns }),
      command: (async (name: string, { turnId }: { turnId?: string }) => {
        asked.push([name, turnId]);
        return { ok: true };
      }) as never,
    },
    shown,
    mayEdit,
    listsProjects: true,
    lookBack: {
      at: at as never,
      look: (moment) => void asked.push(["look", moment]),
      step: (by) => void asked.push(["step", by]),
    },
    fork: note("fork") as never,
    keep: note("keep") as never,
    remove: note("remove") as never,
    move: note("move") as never,
  };
}

/** "mod+shift+enter" as a browser tells it. Says whether a command took it. */
function press(chord: string, { mayEdit = true, on = active, more = {} } = {}): boolean {
  const parts = chord.split("+");
  const name = parts.pop() ?? "";
  const key = { enter: "Enter", escape: "Escape", space: " ", f6: "F6" }[name] ?? name;
  const event = {
    ...{
      key,
      code: /^\d$/.test(name) ? `Digit${name}` : "",
      isComposing: false,
      defaultPrevented: false,
      target: on,
    },
    ...{ ctrlKey: parts.includes("mod"), shiftKey: parts.includes("shift"), altKey: parts.includes("alt") },
    ...{ metaKey: false, ...more },
  } as unknown as KeyboardEvent;
  const context = contextOf(mayEdit);
  const command = commandOf(event, context);
  void command?.run(context);
  return command !== null;
}

const after = (...chords: string[]) => {
  for (const chord of chords) press(chord);
  return viewState.get();
};

test("views: 1 2 3 and ⌥1–3, 0, \\ and X, D, Y, ⌘B, ⌘.", () => {
  expect(after("2")).toMatchObject({ view: "focus", focused: 1 });
  expect(after("alt+3")).toMatchObject({ view: "focus", focused: 2 });
  expect(after("0")).toMatchObject({ view: "three" });
  expect(press("4")).toBe(false);
  expect(press("x")).toBe(false);
  expect(after("\\", "x")).toMatchObject({ view: "compare", pair: [1, 0] });
  expect(after("\\")).toMatchObject({ view: "three" });
  expect(after("d")).toMatchObject({ width: "fit" });
  expect(after("y")).toMatchObject({ scrollsInStep: false });
  expect(after("mod+b")).toMatchObject({ showsRail: false });
  expect(after("mod+.")).toMatchObject({ showsChrome: false });
});

test("dialogs and tools: ⌘K, ?, S and ⌘⇧D, ⌘J, /", () => {
  expect(after("mod+k").dialog).toBe("palette");
  expect(after("?").dialog).toBe("shortcuts");
  expect(after("s").isPicking).toBe(true);
  expect(after("mod+shift+d").isPicking).toBe(false);
  expect(after("mod+j").code).toEqual({ variantId: "A" });
  expect(after("mod+j").code).toBeNull();
  focusOn(1);
  expect(after("mod+j").code).toEqual({ variantId: "B" });
  press("/");
  expect(asked).toEqual(["prompt has the focus"]);
});

test("one variant: K and ⇧F mean the large one, or the one that is written to; with none of them they do nothing", () => {
  expect([press("k"), press("shift+f")]).toEqual([false, false]);
  focusOn(2);
  after("k", "shift+f");
  expect(asked).toEqual([
    ["keep", "C"],
    ["fork", "C"],
  ]);
  setView("three");
  setTargets(["B" as VariantId]);
  active = new Focused("prompt");
  press("k", { on: body });
  expect(asked.at(-1)).toEqual(["keep", "B"]);
});

test("what parts of the page offer: ⌘⏎, ⌘⇧⏎, Space, R, ⌘⇧S, ⌘⇧F, ⌥⇧F, ⌥G; nobody there, and the key is free", () => {
  const keys = {
    ...{
      send: "mod+enter",
      "send-all": "mod+shift+enter",
      play: "space",
      restart: "r",
      share: "mod+shift+s",
    },
    ...{ "search-files": "mod+shift+f", format: "alt+shift+f", line: "alt+g" },
  };
  for (const [id, key] of Object.entries(keys)) {
    expect(press(key), id).toBe(false);
    const takeBack = offer(id, () => asked.push(id));
    expect(press(key), id).toBe(true);
    takeBack();
  }
  expect(asked).toEqual(Object.keys(keys));
});

test("turns: [ and ] go back and on, ] only from the past", () => {
  expect([press("["), press("]")]).toEqual([true, false]);
  at = { key: "start" };
  press("]");
  expect(asked).toEqual([
    ["step", -1],
    ["step", 1],
  ]);
});

test("Esc does one thing at a press: leave pick mode, leave the past, stop the turn, show the chrome, back to three", () => {
  focusOn(1);
  togglePick(true);
  toggleChrome();
  at = { key: "start" };
  turns = [{ id: "turn", variantId: "A", state: "running" }] as unknown as Turn[];
  // In a dialog it is the dialog's.
  isOpen = true;
  expect(press("escape")).toBe(false);
  isOpen = false;
  press("escape");
  expect([viewState.get().isPicking, asked]).toEqual([false, []]);
  press("escape");
  expect(asked).toEqual([["look", null]]);
  at = null;
  press("escape");
  expect(asked.at(-1)).toEqual(["stop", "turn"]);
  turns = [];
  press("escape");
  expect(viewState.get()).toMatchObject({ showsChrome: true, view: "focus" });
  press("escape");
  expect(viewState.get().view).toBe("three");
});

test("single keys belong to a field that has the focus, Space to a button, all to an open menu, and none to composing", () => {
  const field = new Focused("prompt", ["textarea"]);
  const button = new Focused("", ["button"]);
  const takeBack = offer("play", () => {});
  expect([press("k", { on: field }), press("?", { on: field }), press("2", { on: field })]).toEqual([
    false,
    false,
    false,
  ]);
  expect(press("mod+k", { on: field })).toBe(true);
  expect(press("alt+2", { on: field })).toBe(true);
  expect([press("space", { on: button }), press("space")]).toEqual([false, true]);
  expect(press("y", { more: { isComposing: true } })).toBe(false);
  expect(press("y", { more: { defaultPrevented: true } })).toBe(false);
  isOpen = true;
  expect(press("y")).toBe(false);
  takeBack();
});

test("Esc in the prompt is the page's, in a small field the field's; ⌘Z in text is the text's", () => {
  focusOn(1);
  expect(press("escape", { on: new Focused("name", ["input"]) })).toBe(false);
  expect(press("escape", { on: new Focused("prompt", ["textarea"]) })).toBe(true);
  expect(press("mod+z", { on: new Focused("prompt", ["textarea"]) })).toBe(false);
});

test("who only watches changes nothing by a key", () => {
  focusOn(1);
  turns = [{ id: "turn", variantId: "A", state: "running" }] as unknown as Turn[];
  const takeBack = ["send", "send-all", "format"].map((id) => offer(id, () => asked.push(id)));
  for (const key of ["k", "shift+f", "s", "mod+enter", "mod+shift+enter", "mod+z", "alt+shift+f"])
    expect(press(key, { mayEdit: false }), key).toBe(false);
  press("escape", { mayEdit: false });
  expect(asked).toEqual([]);
  expect(press("3", { mayEdit: false })).toBe(true);
  for (const back of takeBack) back();
});
