/**
 * The one table of commands: keys, palette, slash commands and the sheet under "?" are made from it (interactions.md §1, §2).
 * What other parts of the page do is offered by them under the command's id (`useOffer`).
 */
import { runningTurnOf } from "#components/studio/table.ts";
import { letterOf } from "#lib/project/letters.ts";
import { asks } from "./asks.ts";
import { isOffered, runOffer } from "./offers.ts";
import { moveRegion } from "./regions.ts";
import type { Command, CommandContext, Group } from "./types.ts";

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

const focusOn = (position: number): Command => ({
  id: `focus-${position + 1}`,
  title: `Focus variant ${letterOf(position)}`,
  group: "Views",
  key: String(position + 1),
  alias: `alt+${position + 1}`,
  when: ({ shown }) => shown[position] !== undefined,
  run: ({ setFocus }) => setFocus(position),
});

/** The variant that keys without a letter mean: the large one, the only one, or the one that has the focus. */
function chosen({ shown, focus }: CommandContext) {
  if (focus !== null) return shown[focus];
  if (shown.length === 1) return shown[0];
  const name = document.activeElement?.closest("article")?.getAttribute("aria-label");
  return shown.find(({ letter }) => name === `Variant ${letter}`);
}

export const commands: readonly Command[] = [
  { id: "prompt", title: "Go to the prompt", group: "Prompt", key: "/", run: goToPrompt },
  offered("Prompt", "send", "Send to the chosen variants", "mod+enter", { edits: true }),
  offered("Prompt", "send-all", "Send to all", "mod+shift+enter", { edits: true }),
  {
    id: "stop",
    title: "Stop writing",
    group: "Prompt",
    key: null,
    slash: "stop",
    edits: true,
    when: (context) => writing(context).length > 0,
    run: stop,
  },
  { id: "back", title: "One step back: close, stop, or show all", group: "Studio", key: "escape", run: back },
  ...asks,
  focusOn(0),
  focusOn(1),
  focusOn(2),
  {
    id: "three",
    title: "Show all side by side",
    group: "Views",
    key: "0",
    when: ({ focus }) => focus !== null,
    run: ({ setFocus }) => setFocus(null),
  },
  offered("Views", "compare", "Compare two", "\\"),
  offered("Views", "swap", "Swap the sides", "x"),
  offered("Views", "width", "Next width of the previews", "d"),
  offered("Views", "sync", "Scroll in step, on or off", "y"),
  offered("Views", "chrome", "Hide everything but the pages", "mod+."),
  {
    id: "keep",
    title: "Keep this variant",
    group: "Variants",
    key: "k",
    slash: "keep",
    edits: true,
    when: (context) => chosen(context) !== undefined,
    run: (context) => onChosen(context, (variant) => context.keep(variant)),
  },
  {
    id: "fork",
    title: "Fork three from this variant",
    group: "Variants",
    key: "shift+f",
    slash: "fork",
    edits: true,
    when: (context) => chosen(context) !== undefined,
    run: (context) => onChosen(context, (variant) => context.fork(variant.id)),
  },
  offered("Previews and code", "pick", "Pick an element", "s", { alias: "mod+shift+d" }),
  offered("Previews and code", "code", "Code drawer", "mod+j"),
  offered("Previews and code", "restart", "Restart the large preview", "r"),
  offered("Turns", "rail", "Turns, show or hide", "mod+b"),
  {
    id: "earlier",
    title: "Look back one turn",
    group: "Turns",
    key: "[",
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
  offered("Turns", "undo", "Undo your last change", "mod+z", { edits: true, outsideText: true }),
  offered("Turns", "redo", "Redo it", "mod+shift+z", { edits: true, outsideText: true }),
  offered("Studio", "palette", "All commands", "mod+k"),
  offered("Studio", "share", "Share: link and QR code", "mod+shift+s"),
  offered("Studio", "settings", "Settings", null),
  offered("Studio", "theme", "Light or dark", null),
  { id: "next-region", title: "Next region", group: "Studio", key: "f6", run: () => moveRegion(1) },
  {
    id: "previous-region",
    title: "Previous region",
    group: "Studio",
    key: "shift+f6",
    run: () => moveRegion(-1),
  },
  offered("Studio", "sheet", "Keys", "?"),
];

/** Whether it is there now, for this person. */
export function isPossible(command: Command, context: CommandContext): boolean {
  return (!command.edits || context.mayEdit) && (command.when?.(context) ?? true);
}

function goToPrompt(): void {
  document.getElementById("prompt")?.focus();
}

function onChosen(
  context: CommandContext,
  act: (variant: NonNullable<ReturnType<typeof chosen>>) => unknown,
): void {
  const variant = chosen(context);
  if (variant) void act(variant);
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
  if (isOffered("leave")) runOffer("leave");
  else if (context.lookBack.at) context.lookBack.look(null);
  else if (context.mayEdit && writing(context).length > 0) stop(context);
  else context.setFocus(null);
}
