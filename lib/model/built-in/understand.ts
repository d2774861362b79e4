/** A first prompt → what the page is about, in the prompt's own words, and what it must have. */
import { fromHex } from "#lib/project/colour.ts";
import { capital, listOf, sentence, titled, withArticle } from "./english.ts";
import { hueOf } from "./hues.ts";
import { SECTION_NAMES, SECTION_WORDS, type SectionName } from "./sections/names.ts";
import type { Subject } from "./subjects/subject.ts";
import { subjectOf } from "./subjects/subjects.ts";

export type Brief = {
  prompt: string;
  subject: Subject;
  name: string;
  /** "village bakery", "small climbing gym in Leeds"; null when the prompt does not say. */
  kind: string | null;
  /** "A small climbing gym in Leeds." */
  about: string;
  /** What it sells or teaches, when the prompt lists it. */
  items: string[];
  wants: Set<SectionName>;
  button: string | null;
  /** Wishes for the look that hold in every direction. */
  hue: number | null;
  ground: "dark" | "light" | null;
};

const LEAD =
  /^\s*(?:please\s+)?(?:(?:can|could) you\s+)?(?:(?:make|build|create|design|write|give|i (?:need|want)|we (?:need|want))\s+(?:me\s+|us\s+)?)?(?:(?:an?|the|my|our)\s+)?(?:[\w-]+,?\s+){0,3}?(?:landing[- ]?page|home ?page|web ?site|web ?page|one[- ]pager|page|site|portfolio)\s+(?:for|of|about)\s+/i;
/** Where the noun phrase ends. */
const TAIL =
  /\s*(?:[,.;:!?()\n“”"]|\s(?:with|that|which|who|selling|serving|offering|making|baking|teaching|where|called|named|using|and (?:a|an|its|some|with)|including|featuring|to (?:help|let|show)|so|please|should|needs?|has|have|is|are)\s)/i;
const ITEMS =
  /\b(?:selling|sells?|serving|serves?|offering|offers?|making|makes|baking|bakes|teaching|teaches)\s+([^.;:!?\n“”"]+)/i;
const PLACE = /\b(village|town|city|harbour|island|valley|seaside|riverside|mountain)\b/i;

export function understand(text: string): Brief {
  const subject = subjectOf(text);
  const kind = kindOf(text);
  const place = PLACE.exec(text)?.[1]?.toLowerCase() ?? null;
  const hex = /#(?:[0-9a-f]{6}|[0-9a-f]{3})\b/i.exec(text)?.[0];
  const button =
    /\b(order|booking|book|reserve|reservation|sign[- ]?up|contact|buy|donate|ticket|subscribe|join)[\w ]{0,12}button/i.exec(
      text,
    )?.[1] ?? null;
  return {
    prompt: text,
    subject,
    name: clean(nameIn(text) ?? nameFor(subject, kind, place)),
    kind,
    about: sentence(kind ? withArticle(kind) : withArticle(subject.noun)),
    items: itemsOf(text),
    wants: new Set(SECTION_NAMES.filter((name) => SECTION_WORDS[name].test(withoutKind(text, kind)))),
    button: button ? buttonWords(button.toLowerCase(), subject) : null,
    hue: hex ? Math.round(fromHex(hex).h) : hueOf(text),
    ground: /\bdark(?:-?mode| (?:theme|mode|page|look|background))?\b/i.test(text)
      ? "dark"
      : /\b(?:light (?:theme|mode|page|background)|white (?:page|background))\b/i.test(text)
        ? "light"
        : null,
  };
}

function nameIn(text: string): string | null {
  const name = `([A-Z][\\w’'&-]*(?:\\s+(?:&|and|of|the|[A-Z][\\w’'&-]*|\\d+))*)`;
  const quoted = /\b(?:called|named)\s+[“"‘']([^”"’'\n]{2,40})[”"’']/i.exec(text)?.[1];
  const plain = new RegExp(`\\b(?:[Cc]alled|[Nn]amed)\\s+${name}`).exec(text)?.[1];
  // "Mill Lane: a bakery", "Mill Lane, a bakery"
  const first = new RegExp(`^\\s*${name}\\s*(?:[:–—-]|,\\s+an?\\b)`).exec(text)?.[1];
  return (
    quoted ??
    plain?.replace(/\s+(?:and|of|the)$/, "") ??
    (first && first.split(" ").length <= 4 ? first : null)
  );
}

function kindOf(text: string): string | null {
  const rest = text
    .replace(LEAD, "")
    .replace(/^\s*(?:[A-Z][\w’'&-]*\s*){1,4}[:–—-]\s+/, "")
    .replace(/^\s*(?:please\s+)?(?:make|build|create|design|write)\s+(?:me\s+|us\s+)?/i, "")
    .replace(/^\s*(?:an?|the|my|our|some)\s+/i, "");
  const phrase = clean(
    (TAIL.exec(` ${rest} `) ? ` ${rest} `.slice(0, TAIL.exec(` ${rest} `)?.index) : rest).trim(),
  );
  const isPhrase = /^[\p{L}\d][\p{L}\d’'& -]{2,48}$/u.test(phrase) && phrase.split(/\s+/).length <= 8;
  return isPhrase && !/^(?:something|anything|stuff|it|this|page|site)\b/i.test(phrase)
    ? lowerFirst(phrase)
    : null;
}

/** What it is must not count as a section: a "climbing gym with prices" wants prices, a "ticket office" does not. */
function withoutKind(text: string, kind: string | null): string {
  if (!kind) return text;
  const at = text.toLowerCase().indexOf(kind.toLowerCase());
  return at < 0 ? text : text.slice(at + kind.length);
}

function itemsOf(text: string): string[] {
  const found = ITEMS.exec(text)?.[1]?.replace(/\b(?:with|that|which|to|for|in|at|from)\s.*$/i, "");
  const items = (found ?? "").split(/\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*/).map((item) => clean(item));
  const plain = items.filter((item) => item.length > 2 && item.length < 28 && item.split(" ").length <= 4);
  return [...new Set(plain.map(capital))].slice(0, 4);
}

/** "Village bakery" → "The Village Bakery", so that the words of the prompt are on the page. */
function nameFor(subject: Subject, kind: string | null, place: string | null): string {
  if (!place) return subject.name;
  const words = (kind ?? "").split(/\s+(?:in|on|at|by|near|for|of|from)\s+/i)[0] ?? "";
  const fits = words.toLowerCase().includes(place) && words.split(" ").length <= 3;
  return `The ${titled(fits ? words : `${place} ${subject.noun}`)}`;
}

function buttonWords(word: string, subject: Subject): string {
  if (subject.action.toLowerCase().includes(word.slice(0, 4))) return subject.action;
  const says: Record<string, string> = {
    booking: "Book now",
    reservation: "Reserve now",
    contact: "Write to us",
    ticket: "Get a ticket",
    join: "Join us",
  };
  return says[word] ?? `${capital(word.replace("-", " "))} now`;
}

/** The intro in the prompt's words where it lists something. */
export function introOf({ items, subject }: Brief): string {
  return items.length > 1
    ? `${sentence(listOf(items.map((item, index) => (index === 0 ? item : lowerFirst(item)))))} ${subject.intro}`
    : subject.intro;
}

/** What the prompt lists comes first, at sample prices. */
export function pricesOf({ items, subject }: Brief): [item: string, price: string][] {
  const own = items.map((item, index): [string, string] => [item, subject.prices[index]?.[1] ?? ""]);
  return [...own, ...subject.prices.slice(own.length)];
}

/** Copy stands in JSX text: no braces and no angle brackets. */
export function clean(text: string): string {
  return text
    .replace(/[{}<>]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

function lowerFirst(text: string): string {
  // Names and abbreviations keep their letters.
  return /^[A-Z][a-z]/.test(text) && !/^[A-Z]\w*\s+[A-Z]/.test(text)
    ? (text[0]?.toLowerCase() ?? "") + text.slice(1)
    : text;
}
