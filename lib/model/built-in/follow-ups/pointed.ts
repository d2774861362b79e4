/**
 * What a person pointed at: "this" in a prompt is that element. Small wishes are the smallest edit in its source; wishes for a
 * whole section are told on as if it had been named.
 */
import { css, fromHex, inkOn, readable } from "#lib/project/colour.ts";
import { colourWordIn } from "../hues.ts";
import { APP } from "../page-files.ts";
import { SECTION_LABELS, SECTION_NAMES, type SectionName } from "../sections/names.ts";
import { clean } from "../understand.ts";
import { wishOf } from "./colours.ts";
import type { Draft } from "./draft.ts";
import { coloursOf } from "./tokens.ts";

/** What stands there now, and where. */
type Element = {
  path: string;
  start: number;
  end: number;
  tag: string;
  source: string;
  section: SectionName | null;
};

const THIS =
  /\b(?:this|it|that|these|here)\b(?:\s+(?:one|thing|element|part|bit|section|block|button|link|text|headline|heading|title|picture|image|paragraph|line|word|card|box))?/i;
const QUOTED = /[“"‘']([^”"’']+)[”"’']/;
const GONE = "what you pointed at does not stand in its file any more; point at it again.";

export type Pointed =
  /** It was done, or cannot be. */
  | { said: string }
  /** The same wish with the section's name in place of "this". */
  | { wish: string };

/** Null when nothing was pointed at, or the clause speaks of something else. */
export function pointedWish(draft: Draft, clause: string): Pointed | null {
  const pointed = draft.request.picked?.filter(({ letter }) => letter === draft.request.letter) ?? [];
  const [first] = pointed;
  if (!first || !THIS.test(clause)) return null;
  const elements = pointed.map((each) => elementAt(draft, each));
  // From the end of a file to its beginning: what is changed there moves nothing before it.
  const found = elements.filter((each) => each !== null).sort((one, other) => other.start - one.start);
  const [element] = found;
  if (!element) return { said: GONE };
  const isWhole = element.section !== null && isRoot(draft, element);
  const step = isWhole ? null : stepFor(draft, clause);
  if (step) {
    const said = found.map((each) => step(draft, each)).at(-1) ?? GONE;
    return { said };
  }
  return element.section ? { wish: named(clause, element.section) } : null;
}

function elementAt(
  draft: Draft,
  { path, start, end }: { path: string; start: number; end: number },
): Element | null {
  const source = draft.files.get(path)?.slice(start, end) ?? "";
  const tag = /^<([A-Za-z][\w.]*)/.exec(source)?.[1];
  const isWhole = tag !== undefined && (source.endsWith("/>") || source.endsWith(`</${tag}>`));
  if (!isWhole) return null;
  const file = /\/(\w+)\.[jt]sx$/.exec(path)?.[1];
  const name = path === APP ? tag : file;
  return { path, start, end, tag, source, section: SECTION_NAMES.find((each) => each === name) ?? null };
}

/** The outermost element of its component, or the component itself in App.tsx. */
function isRoot({ files }: Draft, { path, start }: Element): boolean {
  const before = (files.get(path) ?? "").slice(0, start);
  return path === APP || /return \(\s*(?:<>\s*)?$/.test(before) || /return\s*$/.test(before);
}

/** "Make this darker" → "make the prices darker". */
function named(clause: string, section: SectionName): string {
  return clause.replace(
    THIS,
    SECTION_LABELS[section] === "the top section" ? "the hero" : SECTION_LABELS[section],
  );
}

type Step = (draft: Draft, element: Element) => string;

function stepFor(draft: Draft, clause: string): Step | null {
  if (/\b(?:remove|delete|drop|hide|get rid of|cut|lose|kill|without)\b/i.test(clause)) return remove;
  const words = /\b(?:say|says|read|reads|to|into|with|call|text)\b/i.test(clause)
    ? QUOTED.exec(clause)?.[1]
    : undefined;
  if (words) return (on, element) => reword(on, element, clean(words));
  const colour = colourOf(draft, clause);
  if (colour) return (on, element) => recolour(on, element, colour);
  const style = STYLES.find(([pattern]) => pattern.test(clause));
  return style ? (on, element) => restyle(on, element, style[1], style[2]) : null;
}

const STYLES: [pattern: RegExp, classes: string, said: string][] = [
  [/\b(?:bold(?:er)?|heavier|thicker)\b/i, "font-bold", "bold"],
  [/\b(?:italics?|slanted)\b/i, "italic", "in italics"],
  [/\b(?:capitals|upper ?case|all caps)\b/i, "uppercase", "in capitals"],
  [/\b(?:cent(?:re|er)(?:ed)?|in the middle)\b/i, "text-center", "centred"],
  [/\b(?:left[- ]aligned|flush left|to the left|on the left)\b/i, "text-left", "on the left"],
  [/\b(?:right[- ]aligned|to the right|on the right)\b/i, "text-right", "on the right"],
  [/\bunderlined?\b/i, "underline", "underlined"],
  [/\b(?:round(?:er|ed)?|pill)\b/i, "rounded-full", "round"],
  [/\b(?:wider|full width|as wide)\b/i, "w-full", "as wide as its place"],
];

function remove(draft: Draft, element: Element): string {
  const text = draft.files.get(element.path) ?? "";
  const before = text.slice(0, element.start);
  const after = text.slice(element.end);
  // Its line goes with it when nothing else stands there.
  const isAlone = /\n[ \t]*$/.test(before) && /^[ \t]*\n/.test(after);
  const next = isAlone ? before.replace(/[ \t]*$/, "") + after.replace(/^[ \t]*\n/, "") : before + after;
  draft.files.set(element.path, next);
  moveOthers(draft, element, next.length - text.length);
  return "removed what you pointed at.";
}

function reword(draft: Draft, element: Element, words: string): string {
  const inner = /^(<[^>]*>\s*)([^<{]*?)(\s*<\/[\w.]+>)$/.exec(element.source);
  if (!inner || (inner[2] ?? "").trim() === "")
    return "what you pointed at has no words of its own in the source that I could change; “replace “x” with “y”” finds them wherever they stand.";
  put(draft, element, `${inner[1]}${words}${inner[3]}`);
  return `it says “${words}” now.`;
}

/** Of a button its ground, with text that reads on it; of anything else its text, as far as it reads on the page. */
function recolour(draft: Draft, element: Element, { l, c, h }: { l: number; c: number; h: number }): string {
  const isFilled = element.tag === "button" || /\bbutton\b/.test(classesOf(element.source));
  const paper = coloursOf(draft)?.paper ?? { l: 0.98, c: 0, h: 0 };
  const arbitrary = (colour: Parameters<typeof css>[0]) => css(colour).replaceAll(" ", "_");
  const ground = { l, c, h };
  const classes = isFilled
    ? `bg-[${arbitrary(ground)}] text-[${arbitrary(inkOn(ground))}]`
    : `text-[${arbitrary(readable(ground, paper))}]`;
  return restyle(draft, element, classes, isFilled ? "in that colour" : "in that colour, as far as it reads");
}

function restyle(draft: Draft, element: Element, classes: string, said: string): string {
  const { source, tag } = element;
  const open = /className=(["'])(.*?)\1/.exec(openingOf(source));
  if (/className=\{/.test(openingOf(source)))
    return "the classes of what you pointed at are made by code; I left them alone.";
  const next = open
    ? source.replace(open[0], () => `className="${merged(open[2] ?? "", classes)}"`)
    : source.replace(`<${tag}`, () => `<${tag} className="${classes}"`);
  put(draft, element, next);
  return `it is ${said} now.`;
}

/** A class of the same kind is replaced, so that the last wish holds. */
function merged(before: string, added: string): string {
  const kinds = added
    .split(" ")
    .map((name) => /^(?:bg-\[|text-\[|text-(?:left|right|center)$|font-|rounded)/.exec(name)?.[0]);
  const isReplaced = (name: string) =>
    kinds.some((kind) =>
      kind?.startsWith("text-") && kind !== "text-["
        ? /^text-(?:left|right|center)$/.test(name)
        : kind !== undefined && name.startsWith(kind),
    );
  return [
    ...before.split(/\s+/).filter((name) => name !== "" && !isReplaced(name)),
    ...added.split(" "),
  ].join(" ");
}

function colourOf(draft: Draft, clause: string): ReturnType<typeof fromHex> | null {
  const hex = /#(?:[0-9a-f]{6}|[0-9a-f]{3})\b/i.exec(clause)?.[0];
  if (hex) return fromHex(hex);
  const word = colourWordIn(clause);
  if (!word) return null;
  return wishOf(word, (coloursOf(draft)?.paper.l ?? 1) < 0.55);
}

function put(draft: Draft, { path, start, end }: Element, source: string): void {
  const text = draft.files.get(path) ?? "";
  draft.files.set(path, text.slice(0, start) + source + text.slice(end));
  moveOthers(draft, { path, start, end }, source.length - (end - start));
}

/** Another wish for the same element, or for one behind it, finds it where it is then. */
function moveOthers(
  draft: Draft,
  { path, start, end }: Pick<Element, "path" | "start" | "end">,
  by: number,
): void {
  const picked = draft.request.picked?.map((each) => {
    if (each.path !== path || each.end < end) return each;
    return { ...each, start: each.start > start ? each.start + by : each.start, end: each.end + by };
  });
  draft.request = { ...draft.request, ...(picked ? { picked } : {}) };
}

function openingOf(source: string): string {
  return /^<(?:"[^"]*"|'[^']*'|\{[^}]*\}|[^>"'{])*>/.exec(source)?.[0] ?? "";
}

function classesOf(source: string): string {
  return /className="([^"]*)"/.exec(openingOf(source))?.[1] ?? "";
}
