/** How much of three prompts is the same, byte for byte, on the smallest project: on a larger one more is. */
import { templateFiles } from "../../lib/project/template.ts";
import { buildPrompt, INPUT_TOKENS } from "../../lib/prompt/build-prompt.ts";
import { estimateTokens } from "../../lib/prompt/estimate.ts";
import type { PromptRequest } from "../../lib/prompt/types.ts";
import { percent, type Row } from "../figures.ts";

const LETTERS = ["A", "B", "C"];
const direction = (name: string) => ({
  name,
  idea: "one big voice on a dark ground, with nothing that does not sell bread",
  type: "Bricolage Grotesque, semibold and tight; Hanken Grotesk for text",
  palette: "near-black ground, warm white ink, ember accent",
  layout: "full-bleed poster first, then one column with wide rows",
  tone: "short, dry sentences",
  sections: ["Nav", "Hero", "Pricing", "Features", "Hours", "Faq", "Contact", "Footer"],
});
const DIRECTIONS = ["After dark", "Morning paper", "Counter slip"].map(direction);

export function sharedPrefix(): Row[] {
  const plan = DIRECTIONS.map((each, index) => ({ letter: LETTERS[index] ?? "", direction: each }));
  return [
    row("without directions", () => ({})),
    row("with a whole plan", (index) => ({ direction: DIRECTIONS[index] ?? null, plan })),
    row("while a plan streams", (index) => ({ direction: DIRECTIONS[index] ?? null })),
  ];
}

function row(what: string, own: (index: number) => Partial<PromptRequest>): Row {
  const texts = LETTERS.map((letter, position) =>
    buildPrompt(
      {
        ...{
          text: "A bakery",
          kind: "create",
          files: templateFiles,
          variantCount: 3,
          seed: "s",
          history: [],
        },
        ...{ letter, position },
        ...own(position),
      },
      { format: "mixed", inputTokens: INPUT_TOKENS.fast },
    )
      .messages.map(({ content }) => content)
      .join("\n"),
  );
  const [first = "", ...others] = texts;
  let at = 0;
  while (at < first.length && others.every((other) => other[at] === first[at])) at++;
  const shared = percent(
    estimateTokens(first.slice(0, at)),
    Math.max(...texts.map((text) => estimateTokens(text))),
  );
  return { what: `three prompts ${what}: shared prefix`, figure: shared, unit: "% of tokens" };
}
