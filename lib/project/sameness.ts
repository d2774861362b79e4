/**
 * How alike two pages are, 0 different to 1 equal, read from their source whoever wrote it (models.md §9.2): order of sections,
 * layouts, palette, type, density and depth, headline. What neither page says does not count.
 */
import type { Files } from "./files.ts";

type Facet = { weight: number; score(one: Page, other: Page): number | null };

/** What of a page is compared. */
type Page = {
  sections: string[];
  layouts: Map<string, Set<string>>;
  colours: (Oklab | null)[];
  fonts: (string | null)[];
  feel: (string | null)[];
  headline: Set<string>;
};

type Oklab = [lightness: number, a: number, b: number];

const FACETS: Facet[] = [
  { weight: 0.25, score: ({ sections: one }, { sections: other }) => sameOrder(one, other) },
  { weight: 0.25, score: sameLayouts },
  { weight: 0.2, score: ({ colours: one }, { colours: other }) => mean(pairs(one, other, sameColour)) },
  { weight: 0.15, score: ({ fonts: one }, { fonts: other }) => mean(pairs(one, other, equal)) },
  { weight: 0.1, score: ({ feel: one }, { feel: other }) => mean(pairs(one, other, equal)) },
  { weight: 0.05, score: ({ headline: one }, { headline: other }) => overlap(one, other) },
];

/** A distance at which two colours are simply different ones. */
const FAR = 0.35;
const LAYOUT =
  /^(?:grid|flex|inline-flex|block|columns-|grid-cols-|flex-(?:row|col|wrap)|col-span|row-span|order-|items-|justify-|place-|text-(?:center|right)|float-|absolute|sticky|overflow-x|aspect-|min-h-screen|divide-)/;

export function sameness(filesA: Files, filesB: Files): number {
  const [one, other] = [readPage(filesA), readPage(filesB)];
  let [sum, weights] = [0, 0];
  for (const { weight, score } of FACETS) {
    const value = score(one, other);
    if (value === null) continue;
    sum += value * weight;
    weights += weight;
  }
  return weights === 0 ? 1 : sum / weights;
}

function readPage(files: Files): Page {
  const app = files.get("/src/App.tsx") ?? "";
  const css = [...files].flatMap(([path, text]) => (path.endsWith(".css") ? [text] : [])).join("\n");
  const sections = [...app.matchAll(/<([A-Z]\w*)/g)].map((match) => match[1] ?? "");
  const named = sections.filter((name) => name !== "Fragment" && name !== "StrictMode");
  const sources = new Map(named.map((name) => [name, sourceOf(files, name)]));
  const markup = [app, ...sources.values()].join("\n");
  return {
    sections: named,
    layouts: new Map([...sources].map(([name, source]) => [name, layoutOf(source)])),
    colours: [/paper|background|ground|bg|canvas/, /ink|foreground|text/, /accent|primary|brand/].map(
      (names) => colourOf(css, names),
    ),
    fonts: [/display|heading|serif|title/, /body|sans|text/].map((names) => fontOf(css, names)),
    feel: [/radius/, /space|gap|section/, /shadow/].map((names) => propertyOf(css, names)),
    headline: wordsOf(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(markup)?.[1] ?? ""),
  };
}

function sourceOf(files: Files, component: string): string {
  const path = [...files.keys()].find(
    (each) => each.endsWith(`/${component}.tsx`) || each.endsWith(`/${component}.jsx`),
  );
  return path === undefined ? "" : (files.get(path) ?? "");
}

function layoutOf(source: string): Set<string> {
  const classes = [...source.matchAll(/className=(?:"([^"]*)"|\{`([^`]*)`)/g)].flatMap((match) =>
    (match[1] ?? match[2] ?? "").split(/\s+/),
  );
  return new Set(classes.filter((each) => LAYOUT.test(each.replace(/^(?:\w+:)+/, ""))));
}

function sameOrder(one: string[], other: string[]): number | null {
  const longest = Math.max(one.length, other.length);
  return longest === 0 ? null : 1 - editDistance(one, other) / longest;
}

function sameLayouts(one: Page, other: Page): number | null {
  const common = [...one.layouts.keys()].filter((name) => other.layouts.has(name));
  const all = new Set([...one.layouts.keys(), ...other.layouts.keys()]);
  if (all.size === 0) return null;
  // A section that only one page has is laid out differently in any case.
  const alike = common.map(
    (name) => overlap(one.layouts.get(name) ?? new Set(), other.layouts.get(name) ?? new Set()) ?? 1,
  );
  return alike.reduce((sum, each) => sum + each, 0) / all.size;
}

function editDistance(one: string[], other: string[]): number {
  let row = other.map((_, index) => index + 1);
  one.forEach((name, at) => {
    let diagonal = at;
    let left = at + 1;
    row = row.map((above, index) => {
      const cost = Math.min(above + 1, left + 1, diagonal + (other[index] === name ? 0 : 1));
      diagonal = above;
      left = cost;
      return cost;
    });
  });
  return row.at(-1) ?? one.length;
}

function overlap(one: Set<string>, other: Set<string>): number | null {
  const all = new Set([...one, ...other]);
  return all.size === 0 ? null : [...one].filter((each) => other.has(each)).length / all.size;
}

function pairs<Value>(
  one: (Value | null)[],
  other: (Value | null)[],
  score: (a: Value, b: Value) => number,
): number[] {
  return one.flatMap((value, index) => {
    const against = other[index] ?? null;
    if (value === null && against === null) return [];
    return [value === null || against === null ? 0 : score(value, against)];
  });
}

function mean(scores: number[]): number | null {
  return scores.length === 0 ? null : scores.reduce((sum, each) => sum + each, 0) / scores.length;
}

const equal = (one: string, other: string) => (one === other ? 1 : 0);

function sameColour(one: Oklab, other: Oklab): number {
  return 1 - Math.min(1, Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]) / FAR);
}

/** The value of the first custom property whose name fits. */
function propertyOf(css: string, names: RegExp): string | null {
  for (const [, name = "", value = ""] of css.matchAll(/--([\w-]+)\s*:\s*([^;}]+)/g))
    if (names.test(name)) return value.trim();
  return null;
}

function colourOf(css: string, names: RegExp): Oklab | null {
  for (const [, name = "", value = ""] of css.matchAll(/--([\w-]+)\s*:\s*([^;}]+)/g)) {
    const colour = names.test(name) ? parseColour(value.trim()) : null;
    if (colour) return colour;
  }
  return null;
}

function fontOf(css: string, names: RegExp): string | null {
  for (const [, name = "", value = ""] of css.matchAll(/--font-([\w-]+)\s*:\s*([^;}]+)/g))
    if (names.test(name)) return value.split(",")[0]?.replace(/["']/g, "").trim().toLowerCase() ?? null;
  return null;
}

function parseColour(value: string): Oklab | null {
  const [, l, c, h] = /^oklch\(\s*([\d.]+%?)\s+([\d.]+)\s+([\d.]+)/.exec(value) ?? [];
  if (l && c && h) {
    const lightness = l.endsWith("%") ? Number(l.slice(0, -1)) / 100 : Number(l);
    const hue = (Number(h) * Math.PI) / 180;
    return [lightness, Number(c) * Math.cos(hue), Number(c) * Math.sin(hue)];
  }
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(value)?.[1];
  return hex ? fromHex(hex.length === 3 ? [...hex].map((each) => each + each).join("") : hex) : null;
}

/** sRGB → OKLab (Björn Ottosson's matrices). */
function fromHex(hex: string): Oklab {
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Words of more than three letters. */
function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[a-zà-ž]{4,}/g) ?? []);
}
