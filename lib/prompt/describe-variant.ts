/** The last part of a prompt: all that differs between the variants that are asked at once. */
import type { Direction } from "#lib/project/direction.ts";
import type { PromptRequest } from "./types.ts";

/** How much of an answer that is gone on with is shown again; older text stands in the files. */
const SO_FAR_CHARS = 12_000;

export function describeVariant(request: PromptRequest): string {
  const { letter, tooAlike, soFar } = request;
  return [
    `# You write variant ${letter}${directionOf(request)}`,
    tooAlike ?? "",
    soFar ? describeSoFar(soFar) : "",
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function directionOf({ kind, letter, variantCount, direction, plan = [] }: PromptRequest): string {
  // Later the page itself shows what it is.
  if (direction && kind === "create") {
    const say = ` Begin your answer with "Direction: ${direction.name}."`;
    const isPlanned = plan.some((each) => each.letter === letter && each.direction === direction);
    return isPlanned
      ? `, in its direction of the plan.${say}`
      : `, in this art direction:\n${describeDirection(direction)}\nKeep to it.${say}`;
  }
  if (kind === "change" || variantCount < 2) return ".";
  return ` of ${variantCount}. The others are written at the same time from the same prompt: choose an art
direction of your own (type, palette, layout, tone), not the obvious one, and begin your answer with "Direction: <its name>."`;
}

/** Everyone reads the whole plan: a prefix that all variants share, and what the others are going to be. */
export function describePlan(plan: PromptRequest["plan"] = []): string {
  if (plan.length === 0) return "";
  return `# The plan\n${plan.map(({ letter, direction }) => `- ${letter}: ${describeDirection(direction)}`).join("\n")}`;
}

/** One line, so that a direction adds little behind the shared prefix. */
function describeDirection({ name, sections, ...fields }: Direction): string {
  const facts = Object.entries(fields).flatMap(([field, value]) => (value ? [`${field}: ${value}`] : []));
  const order = sections.length > 0 ? [`sections: ${sections.join(", ")}`] : [];
  return `${name}. ${[...facts, ...order].join("; ")}`;
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
