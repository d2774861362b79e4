/** Prompts that are asked so often that a word is enough: "/darker", "/section pricing". They go where the prompt bar sends to. */
import { isOffered, runOffer } from "./offers.ts";
import type { Command } from "./types.ts";

const SECTIONS = [
  "pricing",
  "FAQ",
  "gallery",
  "team",
  "testimonials",
  "opening hours",
  "newsletter",
  "contact",
  "steps",
  "events",
] as const;

function ask(slash: string, title: string, words: string): Command {
  return {
    id: `ask-${slash}`,
    title,
    group: "Ask",
    key: null,
    slash,
    edits: true,
    when: () => isOffered("ask"),
    run: () => runOffer("ask", words),
  };
}

export const asks: readonly Command[] = [
  ask("darker", "Ask: darker", "Make it darker"),
  ask("lighter", "Ask: lighter", "Make it lighter"),
  ask("warmer", "Ask: warmer colours", "Make the colours warmer"),
  ask("cooler", "Ask: cooler colours", "Make the colours cooler"),
  ask("bigger", "Ask: bigger headings", "Make the headings bigger"),
  ask("serif", "Ask: serif headings", "Use serif headings"),
  ask("tighter", "Ask: tighter spacing", "Make the spacing tighter"),
  ask("airier", "Ask: more space", "Make it more airy"),
  ask("rounder", "Ask: rounder corners", "Make the corners rounder"),
  ask("undo", "Ask: undo that", "Undo that"),
  {
    ...ask("section", "Ask: add a section", ""),
    argument: { title: "Which section?", choices: SECTIONS },
    run: (_context, name = "") => runOffer("ask", `Add a ${name.trim() || SECTIONS[0]} section`),
  },
];
