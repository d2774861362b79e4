/**
 * The one table of commands: keys, palette, slash commands and the sheet under "?" are made from it (interactions.md §1, §2).
 * What other parts of the page do is offered by them under the command's id (`useOffer`).
 */
import { runningTurnOf } from "#components/studio/table.ts";
import {
  cycleWidth,
  type Dialog,
  focusOn,
  largeOf,
  openDialog,
  setView,
  swapSides,
  toggleChrome,
  toggleCode,
  togglePick,
  toggleRail,
  toggleScrollInStep,
  viewState,
} from "#components/studio/view-state.ts";
import { letterOf } from "#lib/project/letters.ts";
import type { Variant } from "#lib/project/rows.ts";
import { asks } from "./asks.ts";
import { isOffered, runOffer } from "./offers.ts";
import { mayRedo, mayUndo, redoOwn, undoOwn } from "./own-changes.ts";
import { moveRegion } from "./regions.ts";
import type { Command, CommandContext, Group } from "./types.ts";

const ONE = "Choose one variant first: press 1, 2 or 3, or its letter below.";

/** Something that a part of the page offers. */
function offered(
  group: Group,
  id: string,
  title: string,
  key: string | null,
  more: Partial<Command> = {},
): Command {
  return {
    id,
    title,
    key,
    group,
    when: () => isOffered(id),
    run: (_context, text) => runOffer(id, text),
    ...more,
  };
}

/** How the table stands, where there is one. */
function view(
  group: Group,
  id: string,
  title: string,
  key: string | null,
  run: () => void,
  more = {},
): Command {
  return { id, title, key, group, when: hasTable, run, ...more };
}

/** A dialog over the start page as over the studio. */
function dialog(opens: Dialog, title: string, key: string | null, id: string = opens): Command {
  return { id, title, key, group: "Studio", run: () => openDialog(opens) };
}

/** The start page has none. */
function hasTable({ shown }: CommandContext): boolean {
  return shown.length > 0;
}

const enlarge = (position: number): Command => ({
  id: `focus-${position + 1}`,
  title: `Focus variant ${letterOf(position)}`,
  group: "Views",
  key: String(position + 1),
  alias: `alt+${position + 1}`,
  when: ({ shown }) => shown[position] !== undefined,
  run: () => focusOn(position),
});

/** The variant that keys without a letter mean: the one that is written to, the large one, the only one, or the one with the focus. */
function chosen({ shown }: CommandContext) {
  const at = document.activeElement;
  const { targets } = viewState.get();
  if (at?.id === "prompt" && targets.length === 1) return shown.find(({ id }) => id === targets[0]);
  const large = largeOf(viewState.get());
  if (large !== null) return shown[large];
  if (shown.length === 1) return shown[0];
  const name = at?.closest("article")?.getAttribute("aria-label");
  return shown.find(({ letter }) => name === `Variant ${letter}`);
}

/** What is done with one variant: the chosen one. */
function onOne(
  id: string,
  title: string,
  act: (context: CommandContext, variant: Variant) => unknown,
): Command {
  return {
    ...{ id, title, group: "Variants", key: null, need: ONE, edits: true },
    when: (context) => chosen(context) !== undefined,
    run: (context) => {
      const variant = chosen(context);
      if (variant) return act(context, variant);
    },
  };
}

export const commands: readonly Command[] = [
  { id: "prompt", title: "Go to the prompt", group: "Prompt", key: "/", run: goToPrompt },
  offered("Prompt", "create", "Create the project", null),
  offered("Prompt", "send", "Send to the chosen variants", "mod+enter", { edits: true }),
  offered("Prompt", "send-all", "Send to all", "mod+shift+enter", { edits: true }),
  {
    id: "stop",
    title: "Stop writing",
    group: "Prompt",
    key: null,
    slash: "stop",
    need: "Nothing is being written.",
    edits: true,
    when: (context) => writing(context).length > 0,
    run: stop,
  },
  {
    id: "back",
    title: "Back: close, stop, or show all",
    group: "Studio",
    key: "escape",
    when: hasTable,
    run: back,
  },
  ...asks,
  enlarge(0),
  enlarge(1),
  enlarge(2),
  enlarge(3),
  {
    id: "three",
    title: "Show all side by side",
    group: "Views",
    key: "0",
    when: () => viewState.get().view !== "three",
    run: () => setView("three"),
  },
  {
    id: "compare",
    title: "Compare two",
    group: "Views",
    key: "\\",
    when: ({ shown }) => shown.length > 1,
    run: () => setView(viewState.get().view === "compare" ? "three" : "compare"),
  },
  {
    id: "swap",
    title: "Swap the sides",
    group: "Views",
    key: "x",
    when: () => viewState.get().view === "compare",
    run: swapSides,
  },
  view("Views", "width", "Next width of the previews", "d", cycleWidth),
  view("Views", "sync", "Scroll in step, on or off", "y", toggleScrollInStep),
  view("Views", "chrome", "Hide everything but the pages", "mod+.", toggleChrome),
  {
    ...onOne("keep", "Keep this variant", (context, variant) => context.keep(variant)),
    key: "k",
    slash: "keep",
  },
  {
    ...onOne("fork", "Fork three from this variant", (context, variant) => context.fork(variant.id)),
    key: "shift+f",
    slash: "fork",
  },
  onOne("move-left", "Move this variant left", (context, variant) => context.move(variant, -1)),
  onOne("move-right", "Move this variant right", (context, variant) => context.move(variant, 1)),
  onOne("remove", "Delete this variant", (context, variant) => context.remove(variant)),
  view("Previews and code", "pick", "Pick an element", "s", () => togglePick(), {
    alias: "mod+shift+d",
    edits: true,
  }),
  {
    id: "code",
    title: "Code drawer",
    group: "Previews and code",
    key: "mod+j",
    when: hasTable,
    run: openOrCloseCode,
  },
  offered("Previews and code", "same-text", "Change the same text in the other variants", null, {
    edits: true,
  }),
  offered("Previews and code", "search-files", "Search all files", "mod+shift+f"),
  offered("Previews and code", "problems", "Problems of the code, show or hide", null),
  offered("Previews and code", "differences", "Differences from another version, show or hide", null),
  offered("Previews and code", "format", "Format the file", "alt+shift+f", { edits: true }),
  offered("Previews and code", "line", "Go to a line of the code", "alt+g"),
  offered("Previews and code", "close-file", "Close this file", null),
  offered("Previews and code", "restart", "Restart the large preview", "r"),
  view("Turns", "rail", "Turns, show or hide", "mod+b", toggleRail),
  {
    id: "earlier",
    title: "Look back one turn",
    group: "Turns",
    key: "[",
    when: hasTable,
    run: ({ lookBack }) => lookBack.step(-1),
  },
  {
    id: "later",
    title: "One turn later, to now",
    group: "Turns",
    key: "]",
    when: ({ lookBack }) => lookBack.at !== null,
    run: ({ lookBack }) => lookBack.step(1),
  },
  offered("Turns", "play", "Play the turns, or pause", "space"),
  {
    id: "undo",
    title: "Undo your last change",
    group: "Turns",
    key: "mod+z",
    edits: true,
    outsideText: true,
    when: ({ client }) => mayUndo(client),
    run: ({ client }) => undoOwn(client),
  },
  {
    id: "redo",
    title: "Redo what you undid",
    group: "Turns",
    key: "mod+shift+z",
    edits: true,
    outsideText: true,
    when: ({ client }) => mayRedo(client),
    run: ({ client }) => redoOwn(client),
  },
  dialog("palette", "All commands", "mod+k"),
  offered("Studio", "share", "Share: link and QR code", "mod+shift+s"),
  dialog("settings", "Settings", null),
  offered("Studio", "theme", "Light or dark", null),
  { id: "next-region", title: "Next region", group: "Studio", key: "f6", run: () => moveRegion(1) },
  {
    id: "previous-region",
    title: "Previous region",
    group: "Studio",
    key: "shift+f6",
    run: () => moveRegion(-1),
  },
  dialog("shortcuts", "Keys", "?", "sheet"),
];

/** Whether it is there now, for this person. */
export function isPossible(command: Command, context: CommandContext): boolean {
  return (!command.edits || context.mayEdit) && (command.when?.(context) ?? true);
}

/** Of the one that is meant, else of the first. */
function openOrCloseCode(context: CommandContext): void {
  const variantId = viewState.get().code?.variantId ?? (chosen(context) ?? context.shown[0])?.id;
  if (variantId) toggleCode(variantId);
}

function goToPrompt(): void {
  document.getElementById("prompt")?.focus();
}

function writing({ client, shown }: CommandContext) {
  const { turns } = client.getSnapshot();
  return shown.flatMap((variant) => runningTurnOf(turns, variant.id) ?? []);
}

function stop(context: CommandContext): void {
  for (const turn of writing(context)) void context.client.command("stop", { turnId: turn.id });
}

/** One press does one thing: leave a mode, stop what writes, or go back to all. Dialogs close by themselves before. */
function back(context: CommandContext): void {
  if (viewState.get().isPicking) togglePick(false);
  else if (context.lookBack.at) context.lookBack.look(null);
  else if (context.mayEdit && writing(context).length > 0) stop(context);
  else if (!viewState.get().showsChrome) toggleChrome();
  else setView("three");
}
