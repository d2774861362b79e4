/** Which sections there are, in which order. */
import { capital } from "../english.ts";
import { APP, isOutside, pathOf } from "../page-files.ts";
import { SECTION_LABELS, type SectionName } from "../sections/names.ts";
import { sectionFile } from "../sections/sections.ts";
import {
  type Block,
  blockNamed,
  blocksOf,
  moveBlock,
  partsInWords,
  removeBlock,
  sectionNamed,
} from "./blocks.ts";
import { appOf, type Draft, planOf, type Rule } from "./draft.ts";
import { ensureKit } from "./kit.ts";

const PLACE = /\b(above|before|over|ahead of|below|after|under|underneath|beneath|behind|following)\b(.*)$/i;

export const structureRules: Rule[] = [
  {
    kind: "swap two sections",
    example: "swap the prices and the gallery",
    pattern: /\b(?:swap|switch|exchange|trade)\b(.+?)\b(?:and|with|for)\b(.+)$/i,
    apply: (draft, _clause, match) => swap(draft, match[1] ?? "", match[2] ?? ""),
  },
  {
    kind: "remove a section",
    example: "remove the quotes",
    pattern:
      /\b(?:remove|delete|drop|hide|without|get rid of|take (?:out|away|off)|cut|lose|kill|no(?: more)?|don['’]t (?:need|want))\b/i,
    apply: (draft, clause) => remove(draft, clause),
  },
  {
    kind: "move a section",
    example: "move the opening hours to the top",
    pattern:
      /\b(?:move|put|bring|place|pull|push|shift|send|show|have|want|should (?:be|come|go|stand)|goes?|comes?|first|last|higher|lower|up|down)\b/i,
    apply: (draft, clause) => move(draft, clause),
  },
  {
    kind: "add a section",
    example: "add a section with questions above the footer",
    pattern:
      /\b(?:add|include|insert|needs?|want|give|with|put|show|create|make|there should be|missing|bring in|also)\b/i,
    apply: (draft, clause) => add(draft, clause),
  },
];

const labelOf = ({ name, words }: Block): string =>
  SECTION_LABELS[name as SectionName] ?? (/^[a-z]/.test(name) ? `“${words}”` : `the ${name} section`);

function swap(draft: Draft, one: string, other: string): string | null {
  const blocks = blocksOf(draft);
  const first = blockNamed(blocks, one);
  const second = blockNamed(blocks, other);
  if (!first || !second || first === second || isOutside(first.name) || isOutside(second.name)) return null;
  const [upper, lower] = first.at < second.at ? [first, second] : [second, first];
  const lines = appOf(draft).split("\n");
  lines.splice(lower.at, lower.lines.length, ...upper.lines);
  lines.splice(upper.at, upper.lines.length, ...lower.lines);
  draft.files.set(APP, lines.join("\n"));
  return `${capital(labelOf(first))} and ${labelOf(second)} have changed places.`;
}

/** "On phones only" is beyond the order of sections. */
const SOME_SCREENS = /\b(?:mobile|phones?|desktop|tablets?|small screens?|large screens?)\b/i;

function remove(draft: Draft, clause: string): string | null {
  if (SOME_SCREENS.test(clause)) return null;
  const blocks = blocksOf(draft);
  const block = blockNamed(blocks, clause);
  const section = sectionNamed(clause);
  if (!block)
    return section ? `There is no ${section} section to remove; the page has ${partsInWords(blocks)}.` : null;
  removeBlock(draft, block);
  return `Removed ${labelOf(block)}; ${/^[A-Z]/.test(block.name) ? "its file is still there" : "“undo that” brings it back"}.`;
}

function move(draft: Draft, clause: string): string | null {
  const blocks = blocksOf(draft);
  const where = PLACE.exec(clause);
  const named = where ? clause.slice(0, where.index) : clause;
  const block = blockNamed(blocks, named);
  const wish = placeOf(clause);
  if (!block || !wish || SOME_SCREENS.test(clause)) return null;
  if (isOutside(block.name))
    return `${capital(labelOf(block))} stands outside of the page's sections; I left it where it is.`;
  const inner = blocks.filter((each) => each !== block && !isOutside(each.name));
  const found = targetOf(inner, clause, wish, blocks.indexOf(block), blocks);
  if (!found)
    return `I did not find the section it should stand next to; the page has ${partsInWords(blocks)}.`;
  moveBlock(draft, block, found.target, found.before);
  return `Moved ${labelOf(block)} ${found.words}.`;
}

type Wish = "relative" | "top" | "bottom" | "up" | "down";

function placeOf(whole: string): Wish | null {
  // "The first price" names a thing, "first" at the end a place.
  const clause = whole.replace(/\b(?:first|last|top)\s+(?!on\b|in\b|of\b|please\b|then\b|and\b)[a-z]+/gi, "");
  if (PLACE.test(clause)) return "relative";
  if (
    /\b(?:one|a (?:bit|step|place)|slightly)\b.*\b(?:up|higher)\b|\b(?:up|higher)\b.*\b(?:one|a (?:bit|step|place))\b/i.test(
      clause,
    )
  )
    return "up";
  if (
    /\b(?:one|a (?:bit|step|place)|slightly)\b.*\b(?:down|lower)\b|\b(?:down|lower)\b.*\b(?:one|a (?:bit|step|place))\b/i.test(
      clause,
    )
  )
    return "down";
  if (/\b(?:bottom|end|last|down|lower|further down)\b/i.test(clause)) return "bottom";
  return /\b(?:top|first|up|higher|start|beginning|further up)\b/i.test(clause) ? "top" : null;
}

type Target = { target: Block; before: boolean; words: string };

/** "to the top" is directly below the first section: a page keeps its headline. */
function targetOf(inner: Block[], clause: string, wish: Wish, at: number, blocks: Block[]): Target | null {
  if (wish === "relative") {
    const [, word = "", rest = ""] = PLACE.exec(clause) ?? [];
    const before = /above|before|over|ahead/i.test(word);
    const footer = /\bfooter|\bend\b/i.test(rest) ? inner.at(-1) : undefined;
    const target = footer ?? blockNamed(inner, rest);
    if (!target) return null;
    const words = footer
      ? "to the end, above the footer"
      : `${before ? "above" : "below"} ${labelOf(target)}`;
    return { target, before: footer ? false : before, words };
  }
  const neighbour = wish === "up" ? blocks[at - 1] : wish === "down" ? blocks[at + 1] : undefined;
  if (neighbour && inner.includes(neighbour))
    return { target: neighbour, before: wish === "up", words: `one place ${wish}` };
  const [first] = inner;
  const last = inner.at(-1);
  if (!first || !last) return null;
  if (wish === "bottom" || wish === "down") return { target: last, before: false, words: "to the end" };
  return { target: first, before: false, words: "to the top, below the headline" };
}

function add(draft: Draft, clause: string): string | null {
  const section = sectionNamed(PLACE.test(clause) ? clause.slice(0, PLACE.exec(clause)?.index) : clause);
  return section ? addSection(draft, section, clause) : null;
}

/** Where the clause says, else before the end. */
export function addSection(draft: Draft, section: SectionName, clause = "add"): string | null {
  const blocks = blocksOf(draft);
  const there = blocks.find(({ name }) => name === section);
  if (there && !/\b(?:add|include|insert|needs?|missing|want)\b/i.test(clause)) return null;
  if (there) return `The page has ${SECTION_LABELS[section]} already.`;
  const inner = blocks.filter(({ name }) => !isOutside(name));
  const target = placeForNew(inner, blocks, section, clause);
  if (!target)
    return "I found no row of sections in App.tsx to add one to. Sections must stand as elements on lines of their own there.";
  const page = planOf(draft);
  const source = draft.files.get(pathOf(section)) ?? sectionFile(page, section);
  draft.files.set(pathOf(section), source);
  ensureKit(draft, page, source);
  insert(draft, section, target);
  return `Added ${SECTION_LABELS[section]} ${target.words}.`;
}

function placeForNew(inner: Block[], blocks: Block[], section: SectionName, clause: string): Target | null {
  const first = blocks[0];
  if (section === "Banner" && first) return { target: first, before: true, words: "above everything" };
  if (section === "Nav" && first)
    return { target: first, before: first.name !== "Banner", words: "at the top" };
  const last = blocks.at(-1);
  if (section === "Footer" && last) return { target: last, before: false, words: "at the end" };
  const wish = placeOf(clause);
  const asked = wish ? targetOf(inner, clause, wish, -1, blocks) : null;
  if (asked) return asked;
  const contact = inner.find(({ name, words }) => name === "Contact" || /contact/i.test(words));
  const end = inner.at(-1);
  if (contact && contact !== inner[0]) return { target: contact, before: true, words: "before the end" };
  return end ? { target: end, before: false, words: "at the end" } : null;
}

function insert(draft: Draft, name: SectionName, { target, before }: Target): void {
  const lines = appOf(draft).split("\n");
  const indent = /^\s*/.exec(target.lines[0] ?? "")?.[0] ?? "";
  lines.splice(target.at + (before ? 0 : target.lines.length), 0, `${indent}<${name} />`);
  const firstImport = lines.findIndex((line) => line.startsWith("import "));
  lines.splice(Math.max(0, firstImport), 0, `import ${name} from "./components/${name}";`);
  draft.files.set(APP, lines.join("\n"));
}
