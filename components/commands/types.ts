import type { LookBack } from "#components/studio/use-look-back.ts";
import type { VariantActions } from "#components/studio/variant-actions.ts";
import type { RoomClient } from "#lib/client/room-client.ts";
import type { Variant } from "#lib/project/rows.ts";
import type { Chord } from "./chord.ts";

/** What commands act on, beside how the table stands (view-state.ts) and what parts of the page offer (offers.ts). */
export type CommandContext = {
  client: RoomClient;
  shown: Variant[];
  mayEdit: boolean;
  /** Not for who came by a link: the projects of this server are not theirs, and an address among them is the right to edit. */
  listsProjects: boolean;
  lookBack: Pick<LookBack, "at" | "look" | "step">;
} & Pick<VariantActions, "fork" | "keep" | "remove" | "move">;

export const groups = ["Prompt", "Views", "Variants", "Previews and code", "Turns", "Studio", "Ask"] as const;
export type Group = (typeof groups)[number];

export type Command = {
  id: string;
  title: string;
  group: Group;
  /** Null: only in the palette. */
  key: Chord | null;
  /** Does the same; cannot be changed. */
  alias?: Chord;
  /** Its name after "/" in the prompt box. */
  slash?: string;
  /** What stands after the name: "/section pricing". */
  argument?: { title: string; choices: readonly string[] };
  /** Changes something: not for people who watch. */
  edits?: true;
  /** Belongs to a text field that has the focus, such as ⌘Z. */
  outsideText?: true;
  /** Can it act now? Default: always. */
  when?(context: CommandContext): boolean;
  /** What is missing when it cannot, for people. */
  need?: string;
  run(context: CommandContext, argument?: string): unknown;
};
