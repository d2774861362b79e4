/** What is typed after "/" in the prompt box → commands of the one table. Anything else is plain text, and stays it. */
import { commands, isPossible } from "#components/commands/table.ts";
import type { Command, CommandContext } from "#components/commands/types.ts";

export type SlashChoice = {
  /** "section pricing" */
  name: string;
  command: Command;
  argument: string;
  isPossible: boolean;
};

/** Choices for the text in the box, best first; none for plain text, which is never taken for a command. */
export function slashChoices(text: string, context: CommandContext): SlashChoice[] {
  const [, typed, rest] = /^\/([a-z-]*)(?: (.*))?$/i.exec(text) ?? [];
  if (typed === undefined) return [];
  const name = typed.toLowerCase();
  const named = commands.filter(({ slash }) => slash !== undefined);
  if (rest !== undefined) {
    const command = named.find(({ slash }) => slash === name);
    return command?.argument ? argumentChoices(command, rest, context) : [];
  }
  return named
    .filter(({ slash }) => slash?.startsWith(name))
    .map((command) => choice(command, "", context))
    .sort((one, other) => Number(other.isPossible) - Number(one.isPossible));
}

/** The known words that fit, and what was typed itself: "/section timeline" is one, too. */
function argumentChoices(command: Command, rest: string, context: CommandContext): SlashChoice[] {
  const typed = rest.trim();
  const known = (command.argument?.choices ?? []).filter((word) =>
    word.toLowerCase().startsWith(typed.toLowerCase()),
  );
  const isNew = typed !== "" && !known.some((word) => word.toLowerCase() === typed.toLowerCase());
  return [...known, ...(isNew ? [typed] : [])].map((word) => choice(command, word, context));
}

function choice(command: Command, argument: string, context: CommandContext): SlashChoice {
  const name = argument === "" ? (command.slash ?? "") : `${command.slash} ${argument}`;
  return { name, command, argument, isPossible: isPossible(command, context) };
}
