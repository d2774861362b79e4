/** What the palette lists: the table's commands that are possible now, the variants, the turns that can be gone back to, projects. */

import { restore as goBackTo } from "#components/studio/restore.ts";
import { groupTurns, type TurnGroup } from "#components/studio/table.ts";
import { age } from "#components/ui/figures.ts";
import type { ListedProject } from "#lib/project/listed-project.ts";
import { TEMPLATES } from "#lib/project/templates.ts";
import { isOffered, runOffer } from "./offers.ts";
import { commands, isPossible } from "./table.ts";
import { type Command, type CommandContext, groups } from "./types.ts";

export type Entry = {
  id: string;
  title: string;
  /** Found by these, too. */
  words: string[];
  note?: string;
  command?: Command;
  /** It asks for one more word. */
  argument?: true;
  run(): unknown;
};
export type Section = { title: string; entries: Entry[] };

const MOST_TURNS = 20;
const MOST_PROJECTS = 8;
/** They open what is open already, or need a text field that has lost the focus. */
const NOT_HERE = new Set(["palette", "back"]);

export function entriesOf(context: CommandContext, projects: readonly ListedProject[]): Section[] {
  const sections = [
    ...groups.map((group) => ({ title: group, entries: commandEntries(context, group) })),
    { title: "Start from", entries: templateEntries() },
    { title: "Go back to", entries: turnEntries(context) },
    { title: "Recent projects", entries: projectEntries(context, projects) },
  ];
  return sections.filter(({ entries }) => entries.length > 0);
}

function commandEntries(context: CommandContext, group: Command["group"]): Entry[] {
  return commands
    .filter((each) => each.group === group && !NOT_HERE.has(each.id) && isPossible(each, context))
    .map((command) => ({
      id: command.id,
      title: titleOf(command, context),
      words: [group, ...(command.slash ? [command.slash] : []), titleOf(command, context)],
      command,
      ...(command.argument ? { argument: true as const } : {}),
      run: () => command.run(context),
    }));
}

/** A variant is found by the name that it was given. */
function titleOf({ id, title }: Command, { shown }: CommandContext): string {
  const name = shown[Number(/^focus-(\d)$/.exec(id)?.[1]) - 1]?.name;
  return name ? `${title}: ${name}` : title;
}

/** On the start page, which offers it. */
function templateEntries(): Entry[] {
  if (!isOffered("start-from")) return [];
  return TEMPLATES.map(({ id, title }) => ({
    id: `start from ${id}`,
    title,
    words: ["template", "start", "new", "project"],
    run: () => runOffer("start-from", id),
  }));
}

function turnEntries(context: CommandContext): Entry[] {
  const { client, shown, mayEdit } = context;
  if (!mayEdit) return [];
  return groupTurns(client.getSnapshot().turns, shown)
    .map((group, index) => ({ group, number: index + 1 }))
    .filter(({ group }) => pastTurns(group, context).length > 0)
    .slice(-MOST_TURNS)
    .reverse()
    .map(({ group, number }) => ({
      id: `Restore turn ${number}`,
      title: `Restore turn ${number}: ${group.prompt}`,
      words: [group.prompt],
      note: group.turns.map(({ variantId }) => letterOf(variantId, context)).join(" "),
      run: () => restore(group, context),
    }));
}

/** Those whose variant does not stand there now. */
function pastTurns({ turns, state }: TurnGroup, { shown }: CommandContext) {
  if (state === "running") return [];
  return turns.filter(
    ({ variantId, commitId }) =>
      commitId !== null && shown.find(({ id }) => id === variantId)?.headCommitId !== commitId,
  );
}

function restore(group: TurnGroup, context: CommandContext): void {
  const places = pastTurns(group, context).flatMap(({ variantId, commitId }) =>
    commitId ? [[variantId, commitId] as const] : [],
  );
  void goBackTo(context.client, places);
}

function letterOf(variantId: string, { shown }: CommandContext): string {
  return shown.find(({ id }) => id === variantId)?.letter ?? "";
}

function projectEntries({ client }: CommandContext, projects: readonly ListedProject[]): Entry[] {
  const here = client.getSnapshot().project?.id;
  return projects
    .filter(({ id }) => id !== here)
    .slice(0, MOST_PROJECTS)
    .map(({ id, title, updatedAt }) => ({
      id: `project ${id}`,
      title,
      words: [title, "project", "open"],
      note: age(updatedAt, Date.now()),
      run: () => location.assign(`/p/${id}`),
    }));
}
