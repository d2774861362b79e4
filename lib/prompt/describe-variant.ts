/** The last part of a prompt: all that differs between the variants that are asked at once. */
import type { Direction } from "#lib/project/direction.ts";
import { describePicked } from "./describe-picked.ts";
import type { PromptRequest } from "./types.ts";

/** How much of an answer that is gone on with is shown again; older text stands in the files. */
const SO_FAR_CHARS = 12_000;

export function describeVariant(request: PromptRequest): string {
  const { letter, tooAlike, soFar } = request;
  return [
    `# You write variant ${letter}${directionOf(request)}`,
    describePicked(request),
    tooAlike ?? "",
    soFar ? describeSoFar(soFar) : "",
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function directionOf({ kind, letter, direction, plan = [] }: PromptRequest): string {
  // Later the page itself shows what it is.
  if (!direction || kind === "change") return "";
  const isPlanned = plan.some((each) => each.letter === letter && each.direction === direction);
  return isPlanned ? `: ${direction.name}` : `: ${describeDirection(direction)}`;
}

/** What holds for every variant's direction, before each is told its own: all of them read the same here. */
export function describeDirections({ kind, variantCount, direction }: PromptRequest): string {
  if (kind === "change") return "";
  const begin = 'Begin your answer with "Direction: <its name>."';
  if (direction)
    return `# Art direction\nYours is told below: keep to it in everything that is seen. ${begin}`;
  if (variantCount < 2) return "";
  return `# Art direction
${variantCount} variants are written at the same time from the same prompt. Choose a direction of your own (type, palette, layout,
tone), not the obvious one. ${begin}`;
}

/** Everyone reads the whole plan: a prefix that all variants share, and what the others are going to be. */
export function describePlan(plan: PromptRequest["plan"] = []): string {
  if (plan.length === 0) return "";
  return `# The plan\n${plan.map(({ letter, direction }) => `- ${letter}: ${describeDirection(direction)}`).join("\n")}`;
}

/** One line, so that a direction adds little behind the shared prefix. */
function describeDirection({ name, idea, type, palette, layout, tone, sections }: Direction): string {
  const facts = { type, palette, layout, tone, sections: sections.join(", ") };
  const told = Object.entries(facts).flatMap(([field, value]) => (value ? [`${field}: ${value}`] : []));
  return [name, idea, told.join("; ")].filter((part) => part !== "").join(". ");
}

function describeSoFar(text: string): string {
  const tail = text.slice(-SO_FAR_CHARS);
  return `# Your answer so far
It was stopped here. What it finished stands in the files above; an edit that was not finished does not. Go on from there and
write nothing again that is done.
<data>
${tail.length < text.length ? "…" : ""}${tail.replaceAll("</data>", "")}
</data>`;
}
