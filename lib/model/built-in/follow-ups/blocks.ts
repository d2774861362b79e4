/** The parts of a page in App.tsx, in order: elements on a line of their own, or sections written out in place. Lines are moved, nothing inside of them. */
import { APP } from "../page-files.ts";
import { SECTION_NAMES, SECTION_WORDS, type SectionName } from "../sections/names.ts";
import { appOf, type Draft } from "./draft.ts";

export type Block = {
  /** "Hours", or the tag of a section written in place. */
  name: string;
  lines: string[];
  /** Index of its first line in App.tsx. */
  at: number;
  /** What it is called by, in words: its name, anchors and headings. */
  words: string;
};

const ELEMENT = /^(\s*)<([A-Z][\w.]*)\b[^<]*\/>\s*$/;
const OPEN = /^(\s*)<(section|header|footer|nav|aside|article|div)\b/;

/** Parts at the same depth as their neighbours; null when App.tsx holds no row of them. */
export function blocksOf(draft: Draft): Block[] {
  const lines = appOf(draft).split("\n");
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const element = ELEMENT.exec(line);
    const open = element ? null : OPEN.exec(line);
    if (element)
      blocks.push({
        name: element[2] ?? "",
        lines: [line],
        at,
        words: wordsOf(draft, element[2] ?? "", line),
      });
    else if (open && isPart(open[2] ?? "")) {
      const end = lines.findIndex((each, index) => index >= at && each === `${open[1]}</${open[2]}>`);
      if (end < 0) continue;
      const own = lines.slice(at, end + 1);
      // A wrapper around other parts is not a part itself.
      if (own.slice(1).some((each) => ELEMENT.test(each) || /^\s*<section\b/.test(each))) continue;
      blocks.push({ name: open[2] ?? "", lines: own, at, words: headingsIn(own.join("\n")) });
      at = end;
    }
  }
  return blocks;
}

function isPart(tag: string): boolean {
  return tag !== "div";
}

/** Writes App.tsx with one part moved before or behind another. */
export function moveBlock(draft: Draft, block: Block, target: Block, before: boolean): void {
  const lines = appOf(draft).split("\n");
  lines.splice(block.at, block.lines.length);
  const shift = target.at > block.at ? block.lines.length : 0;
  const indent = /^\s*/.exec(target.lines[0] ?? "")?.[0] ?? "";
  const own = /^\s*/.exec(block.lines[0] ?? "")?.[0] ?? "";
  const moved = block.lines.map((line) => (line.startsWith(own) ? indent + line.slice(own.length) : line));
  lines.splice(target.at - shift + (before ? 0 : target.lines.length), 0, ...moved);
  draft.files.set(APP, lines.join("\n"));
}

export function removeBlock(draft: Draft, block: Block): void {
  const lines = appOf(draft).split("\n");
  lines.splice(block.at, block.lines.length);
  const rest = lines.join("\n");
  const isUsed = new RegExp(`<${block.name}\\b`).test(rest);
  const kept = isUsed ? lines : lines.filter((line) => !new RegExp(`^import ${block.name} from `).test(line));
  draft.files.set(APP, kept.join("\n"));
}

/** The part that a clause names: by what sections are called, else by its own words. */
export function blockNamed(blocks: readonly Block[], clause: string): Block | null {
  const section = sectionNamed(clause);
  const byName = section && blocks.find(({ name }) => name === section);
  if (byName) return byName;
  if (section) {
    const alike = blocks.find(({ words }) => SECTION_WORDS[section].test(words));
    if (alike) return alike;
  }
  const asked = contentWords(clause);
  const scored = blocks.map((block) => ({
    block,
    hits: contentWords(block.words).filter((word) => asked.includes(word)).length,
  }));
  const best = scored.sort((one, other) => other.hits - one.hits)[0];
  const second = scored[1];
  return best && best.hits > 0 && best.hits > (second?.hits ?? 0) ? best.block : null;
}

/** The section that is named first. */
export function sectionNamed(clause: string): SectionName | null {
  const found = SECTION_NAMES.map((name) => ({ name, at: clause.search(SECTION_WORDS[name]) })).filter(
    ({ at }) => at >= 0,
  );
  return found.sort((one, other) => one.at - other.at)[0]?.name ?? null;
}

const COMMON = new Set(
  "the a an to of on in and or it its this that section part page put move bring place up down top bottom below above under over before after add remove delete first last end make with for us our your you how what we".split(
    " ",
  ),
);

function contentWords(text: string): string[] {
  return (
    text
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .toLowerCase()
      .match(/[\p{L}\d]{3,}/gu) ?? []
  )
    .map((word) => word.replace(/s$/, ""))
    .filter((word) => !COMMON.has(word));
}

function wordsOf({ files }: Draft, name: string, line: string): string {
  const source = [...files].find(([path]) => new RegExp(`/${name}\\.[jt]sx$`).test(path))?.[1] ?? line;
  return `${name.replace(/([a-z])([A-Z])/g, "$1 $2")} ${headingsIn(source)}`;
}

function headingsIn(source: string): string {
  const anchors = [...source.matchAll(/\b(?:id|aria-label)="([^"]+)"/g)].slice(0, 2).map((match) => match[1]);
  const headings = [...source.matchAll(/<h[1-3]\b[^>]*>([^<{]+)/g)]
    .slice(0, 2)
    .map((match) => match[1]?.trim());
  return [...anchors, ...headings].join(" ");
}

/** For people: the names of the parts that are there. */
export function partsInWords(blocks: readonly Block[]): string {
  return blocks.map(({ name, words }) => (/^[a-z]/.test(name) ? `“${words || name}”` : name)).join(", ");
}
