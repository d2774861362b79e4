/**
 * Text of a page that stands as such in its source: `<h1>Hello</h1>` or `<h1>{"Hello"}</h1>`. Only such text can be edited in place;
 * what is written there can never become code, whoever asks for it.
 */
import { type SourceTag, tagsOf } from "./tags.ts";

export type TextLiteral = { kind: "jsx" | "string"; start: number; end: number };

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
const CODED: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "{": "&#123;",
  "}": "&#125;",
  "\u00a0": "&nbsp;",
};

/** The one text that a tag holds, and nothing else; null when it holds anything else, too. */
export function literalOf(source: string, { children }: SourceTag): TextLiteral | null {
  if (!children) return null;
  const { start, end } = children;
  const raw = source.slice(start, end);
  const quoted = /^(\s*\{\s*)(["'])((?:(?!\2)[^\\\n])*)\2\s*\}\s*$/.exec(raw);
  if (quoted) {
    const from = start + (quoted[1]?.length ?? 0) + 1;
    return { kind: "string", start: from, end: from + (quoted[3]?.length ?? 0) };
  }
  if (/[<>{}]/.test(raw) || raw.trim() === "") return null;
  const lead = raw.length - raw.trimStart().length;
  return { kind: "jsx", start: start + lead, end: start + lead + raw.trim().length };
}

/** The literal of a file that is exactly this range, or null. */
export function literalAt(path: string, source: string, start: number, end: number): TextLiteral | null {
  for (const tag of tagsOf(path, source)) {
    const literal = tag && tag.start < start && tag.end > end ? literalOf(source, tag) : null;
    if (literal?.start === start && literal.end === end) return literal;
  }
  return null;
}

/** What a person reads. Null for an entity that is not known here. */
export function shownText(kind: TextLiteral["kind"], raw: string): string | null {
  if (kind === "string") return raw;
  let isKnown = true;
  const text = raw.replace(/\s*\n\s*/g, " ").replace(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) => {
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    const character = name.startsWith("#") ? String.fromCodePoint(code) : ENTITIES[name];
    isKnown &&= character !== undefined;
    return character ?? whole;
  });
  return isKnown ? text : null;
}

/** The quote that a string of the source stands in, which its text may not hold unescaped; none for text between tags. */
export function quoteOf(source: string, { kind, start }: Pick<TextLiteral, "kind" | "start">): string {
  return kind === "string" ? (source[start - 1] ?? '"') : "";
}

/** A text as it stands in the source: one line, with everything that would be code written as what it is. */
export function writtenText(kind: TextLiteral["kind"], text: string, quote: string): string {
  const line = text.replace(/[\r\n\u2028\u2029]+/g, " ");
  if (kind === "jsx") return line.replace(/[&<>{}\u00a0]/g, (character) => CODED[character] ?? character);
  return line.replace(/[\\]/g, "\\\\").replaceAll(quote, `\\${quote}`);
}
