/** All kinds of follow-up, in the order in which they are tried: exact words first, what is vague last. GRAMMAR.md documents them. */
import { colourRules } from "./colours.ts";
import type { Rule } from "./draft.ts";
import { layoutRules } from "./layout.ts";
import { shapeRules } from "./shape.ts";
import { structureRules } from "./structure.ts";
import { trackingRules } from "./tracking.ts";
import { typeRules } from "./type.ts";
import { wordRules } from "./words.ts";

export const rules: Rule[] = [
  ...wordRules,
  ...trackingRules,
  ...layoutRules,
  ...structureRules,
  ...typeRules,
  ...shapeRules,
  ...colourRules,
];

/** Those whose example shares words with what was not understood, best first. */
export function nearRules(clause: string): Rule[] {
  const asked = stems(clause);
  const scored = rules.map((rule) => ({
    rule,
    hits: stems(`${rule.kind} ${rule.example}`).filter((stem) => asked.includes(stem)).length,
  }));
  return scored
    .filter(({ hits }) => hits > 0)
    .sort((one, other) => other.hits - one.hits)
    .slice(0, 4)
    .map(({ rule }) => rule);
}

const EMPTY = new Set(
  "the a an to of on in and or it its this that make with for by at more less can you please i want we be is as".split(
    " ",
  ),
);

function stems(text: string): string[] {
  return [
    ...new Set(
      (text.toLowerCase().match(/\p{L}{3,}/gu) ?? [])
        .filter((word) => !EMPTY.has(word))
        .map((word) => word.slice(0, 5)),
    ),
  ];
}
