/**
 * How much two pages are the same, 0 different to 1 equal, read from their sources, whoever wrote them (models.md §9.2): the order of
 * sections, their layouts, colours, type, shape and the words on top. Pure; ~0.3 ms for a pair of pages.
 */
import { type Colour, fromHex, parseOklch } from "./colour.ts";
import type { Files } from "./files.ts";

export type Sameness = {
  score: number;
  parts: { order: number; layouts: number; palette: number; type: number; shape: number; words: number };
};

const WEIGHTS = { order: 0.25, layouts: 0.25, palette: 0.2, type: 0.15, shape: 0.1, words: 0.05 } as const;

/** The most that two of three variants may be alike, by how far a person lets them go. */
export const SAMENESS_CEILINGS = { refine: 0.8, explore: 0.55, reimagine: 0.35 } as const;

export function sameness(one: Files, other: Files): Sameness {
  return compareTraits(traitsOf(one), traitsOf(other));
}

export type Traits = {
  /** Sections from top to bottom, each with the classes that lay it out. */
  sections: { kind: string; layout: Set<string> }[];
  ground: Colour | null;
  ink: Colour | null;
  accent: Colour | null;
  fonts: [display: string, body: string];
  /** Radius, section space, shadow, headline size: as they stand in the style sheet. */
  shape: (string | null)[];
  words: Set<string>;
};

/** Read once per page when several are compared. */
export function traitsOf(files: Files): Traits {
  const css = [...files]
    .filter(([path]) => path.endsWith(".css"))
    .map(([, text]) => text)
    .join("\n");
  const hero = [...files.values()].find((text) => /<h1\b/.test(text)) ?? "";
  const headline = /<h1\b[^>]*>([\s\S]*?)<\/h1>/.exec(hero)?.[1]?.replace(/<[^>]*>|\{[^}]*\}/g, " ") ?? "";
  return {
    sections: sectionsOf(files),
    ground: tokenOf(css, /--(?:color-)?(?:paper|background|bg|base|ground|canvas|page)\b/),
    ink: tokenOf(css, /--(?:color-)?(?:ink|text|foreground|fg|body)\b/),
    accent: tokenOf(css, /--(?:color-)?(?:accent|primary|brand)\b/),
    fonts: [
      fontOf(css, /--font-(?:display|heading|serif|title)\b/),
      fontOf(css, /--font-(?:body|sans|text)\b/),
    ],
    shape: [/--radius[\w-]*/, /--space[\w-]*/, /--shadow[\w-]*/, /--text-(?:headline|display|5xl)/].map(
      (name) => declared(css, name),
    ),
    words: new Set(headline.toLowerCase().match(/\p{L}{3,}/gu) ?? []),
  };
}

export function compareTraits(one: Traits, other: Traits): Sameness {
  const parts = {
    order: orderSameness(one, other),
    layouts: layoutSameness(one, other),
    palette: mean([
      colourSameness(one.ground, other.ground),
      colourSameness(one.ink, other.ink),
      colourSameness(one.accent, other.accent),
    ]),
    type: mean(one.fonts.map((font, index) => Number(font === other.fonts[index]))),
    shape: mean(one.shape.map((value, index) => Number(value === other.shape[index]))),
    words: jaccard(one.words, other.words),
  };
  const score = (Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[]).reduce(
    (sum, name) => sum + WEIGHTS[name] * parts[name],
    0,
  );
  return { score, parts };
}

const LAYOUT_CLASS =
  /^(?:[\w-]+:)*(?:grid(?:-cols-.+|-rows-.+)?|flex(?:-col.*|-row.*|-wrap)?|columns-.+|(?:col|row)-(?:span|start)-.+|text-(?:center|left|right)|items-.+|justify-.+|order-.+|aspect-.+|absolute|sticky|float-.+|max-w-.+|min-h-.+|bg-.+|border(?:-[xytblr].*)?|rounded-.+|card|wrap)$/;

/** By the elements of App.tsx; a page in one file is read by its own <section>s. */
function sectionsOf(files: Files): Traits["sections"] {
  const app = files.get("/src/App.tsx") ?? "";
  const names = [...app.matchAll(/<([A-Z]\w*)\b/g)].map((match) => match[1] ?? "");
  const found = names.flatMap((name) => {
    const text = [...files].find(([path]) => new RegExp(`/${name}\\.[jt]sx$`).test(path))?.[1];
    return text === undefined ? [] : [{ kind: kindOf(name), layout: layoutOf(text) }];
  });
  if (found.length > 0) return found;
  return app
    .split(/(?=<(?:section|header|footer|main)\b)/)
    .slice(1)
    .map((part, index) => {
      const name =
        /\b(?:id|aria-label|aria-labelledby)="([^"]+)"/.exec(part)?.[1] ??
        /<h2[^>]*>([^<{]+)/.exec(part)?.[1];
      return { kind: kindOf(name ?? /<(\w+)/.exec(part)?.[1] ?? String(index)), layout: layoutOf(part) };
    });
}

const KINDS: [RegExp, string][] = [
  [/nav|header/i, "nav"],
  [/hero|intro|top/i, "hero"],
  [/pric|plan|menu|offer/i, "pricing"],
  [/galler|work|project|photo/i, "gallery"],
  [/testimonial|quote|review|voice/i, "voices"],
  [/faq|question/i, "faq"],
  [/contact|form|book|order|cta/i, "contact"],
  [/feature|benefit|service/i, "features"],
  [/footer/i, "footer"],
];

function kindOf(name: string): string {
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? name.toLowerCase();
}

function layoutOf(source: string): Set<string> {
  const classes = [...source.matchAll(/className=(?:"([^"]*)"|\{[^}]*\})/g)].flatMap((match) =>
    (match[1] ?? match[0]).split(/["`\s{}?:=]+(?![\w-]*\()/),
  );
  return new Set(classes.filter((name) => LAYOUT_CLASS.test(name)));
}

function orderSameness(one: Traits, other: Traits): number {
  const [first, second] = [one, other].map(({ sections }) => sections.map(({ kind }) => kind)) as [
    string[],
    string[],
  ];
  const longest = Math.max(first.length, second.length);
  return longest === 0 ? 1 : 1 - distance(first, second) / longest;
}

/** A section that only one of them has counts as different. */
function layoutSameness(one: Traits, other: Traits): number {
  const kinds = new Set([...one.sections, ...other.sections].map(({ kind }) => kind));
  const layout = ({ sections }: Traits, kind: string) => sections.find((each) => each.kind === kind)?.layout;
  const scores = [...kinds].map((kind) => {
    const [first, second] = [layout(one, kind), layout(other, kind)];
    return first && second ? jaccard(first, second) : 0;
  });
  return scores.length === 0 ? 1 : mean(scores);
}

/** Colours further apart than this are simply different. */
const FAR = 0.35;

function colourSameness(one: Colour | null, other: Colour | null): number {
  if (!one || !other) return one === other ? 1 : 0;
  const [a, b] = [one, other].map(({ c, h }) => [
    c * Math.cos((h * Math.PI) / 180),
    c * Math.sin((h * Math.PI) / 180),
  ]) as [[number, number], [number, number]];
  // Hue is seen more than its distance in OKLab says: a chroma of 0.15 is a strong colour.
  const apart = Math.hypot(one.l - other.l, 2 * (a[0] - b[0]), 2 * (a[1] - b[1]));
  return 1 - Math.min(1, apart / FAR);
}

function tokenOf(css: string, name: RegExp): Colour | null {
  const value = declared(css, name) ?? "";
  const hex = /#(?:[0-9a-f]{6}|[0-9a-f]{3})\b/i.exec(value)?.[0];
  return hex ? fromHex(hex) : parseOklch(value);
}

function fontOf(css: string, name: RegExp): string {
  return (declared(css, name) ?? "").split(",")[0]?.replace(/["']/g, "").trim() ?? "";
}

function declared(css: string, name: RegExp): string | null {
  return new RegExp(`${name.source}(?![\\w-])\\s*:\\s*([^;}]+)`).exec(css)?.[1]?.trim() ?? null;
}

function jaccard(one: Set<string>, other: Set<string>): number {
  const all = new Set([...one, ...other]);
  if (all.size === 0) return 1;
  return [...one].filter((each) => other.has(each)).length / all.size;
}

/** Levenshtein over whole items. */
function distance(one: readonly string[], other: readonly string[]): number {
  let row = other.map((_, index) => index + 1);
  for (const [y, item] of one.entries()) {
    let diagonal = y;
    let left = y + 1;
    row = row.map((above, x) => {
      const value = Math.min(above + 1, left + 1, diagonal + Number(item !== other[x]));
      diagonal = above;
      left = value;
      return value;
    });
  }
  return row.at(-1) ?? one.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
