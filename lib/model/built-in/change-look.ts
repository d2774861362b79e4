/** Light, colour, type, density, corners: tokens in index.css. Colours are corrected so that text stays readable. */
import type { Draft } from "./change.ts";
import { type Colour, colour, css, fromHex, inkOn, parseOklch, readable } from "./colour.ts";

const STYLES = "/src/index.css";

const HUES: Record<string, number> = {
  red: 27,
  crimson: 20,
  brick: 38,
  terracotta: 42,
  orange: 55,
  amber: 75,
  yellow: 95,
  gold: 85,
  olive: 110,
  lime: 125,
  green: 150,
  forest: 155,
  mint: 165,
  teal: 190,
  turquoise: 195,
  cyan: 210,
  blue: 255,
  navy: 262,
  indigo: 275,
  violet: 295,
  purple: 305,
  plum: 325,
  magenta: 335,
  pink: 0,
  rose: 10,
  brown: 50,
};

const FACES: [RegExp, string, string][] = [
  [
    /\bmono(?:space)?\b|typewriter|technical/i,
    '"JetBrains Mono Variable", ui-monospace, monospace',
    "mono type",
  ],
  [/\bserif\b(?!.*\bsans)/i, '"Newsreader Variable", Georgia, serif', "a serif"],
  [/\bsans\b|grotesk|grotesque/i, '"Hanken Grotesk Variable", system-ui, sans-serif', "a sans serif"],
];

type Look = { pattern: RegExp; apply(styles: string, clause: string): [styles: string, said: string] | null };

const looks: Look[] = [
  {
    pattern: /\b(?:darker|dark(?: mode)?|night|black)\b/i,
    apply: (styles) => [setGround(styles, true), "Darker now."],
  },
  {
    pattern: /\b(?:lighter|light(?: mode)?|brighter|white|day)\b/i,
    apply: (styles) => [setGround(styles, false), "Lighter now."],
  },
  { pattern: /\bwarm(?:er)?\b/i, apply: (styles) => [turnHue(styles, 50), "Warmer now."] },
  { pattern: /\b(?:cool(?:er)?|cold(?:er)?)\b/i, apply: (styles) => [turnHue(styles, 245), "Cooler now."] },
  { pattern: /#(?:[0-9a-f]{6}|[0-9a-f]{3})\b/i, apply: setHex },
  { pattern: new RegExp(`\\b(?:${Object.keys(HUES).join("|")})\\b`, "i"), apply: setColourWord },
  { pattern: /\b(?:serif|sans|mono(?:space)?|typewriter|technical|grotes[kq]\w*)\b/i, apply: setFace },
  {
    pattern: /\b(?:bigger|larger|big(?:ger)? (?:type|text)|increase)\b/i,
    apply: (styles) => scale(styles, "--text-size", 1.1, "%", "Bigger type."),
  },
  {
    pattern: /\b(?:smaller|tinier|decrease)\b/i,
    apply: (styles) => scale(styles, "--text-size", 1 / 1.1, "%", "Smaller type."),
  },
  {
    pattern: /\b(?:tighter|denser|compact|less space|closer)\b/i,
    apply: (styles) => scale(styles, "--space-section", 0.7, "rem", "Tighter spacing."),
  },
  {
    pattern: /\b(?:air(?:y|ier)|more (?:space|air|room)|spacious|looser|breath)/i,
    apply: (styles) => scale(styles, "--space-section", 1.4, "rem", "More air."),
  },
  {
    pattern: /\b(?:round(?:er|ed)?|softer)\b/i,
    apply: (styles) => set(styles, "--radius-card", "14px", "Rounder corners."),
  },
  {
    pattern: /\b(?:sharp(?:er)?|square|angular|no radius)\b/i,
    apply: (styles) => set(styles, "--radius-card", "0px", "Sharp corners."),
  },
];

export function applyLook(draft: Draft, clause: string): string | null {
  const styles = draft.files.get(STYLES);
  const found = looks.find((look) => look.pattern.test(clause));
  const changed = styles && found ? found.apply(styles, clause) : null;
  if (!changed) return null;
  if (changed[0] === styles) return `${changed[1]} It was so already.`;
  draft.files.set(STYLES, changed[0]);
  return changed[1];
}

function token(styles: string, name: string): Colour | null {
  return parseOklch(new RegExp(`--color-${name}:\\s*([^;]+);`).exec(styles)?.[1] ?? "");
}

function withToken(styles: string, name: string, value: Colour): string {
  return styles.replace(
    new RegExp(`(--color-${name}:\\s*)[^;]+;`),
    (_, head: string) => `${head}${css(value)};`,
  );
}

/** Writes a whole palette around a ground and an accent; every pair that carries text reads. */
function withPalette(styles: string, paper: Colour, accentWish: Colour): string {
  const isDark = paper.l < 0.5;
  const accent = readable(accentWish, paper, 4.6);
  const values: [string, Colour][] = [
    ["paper", paper],
    ["ink", readable(colour(isDark ? 0.95 : 0.22, 0.015, paper.h), paper, 9)],
    ["muted", readable(colour(isDark ? 0.74 : 0.45, 0.018, paper.h), paper, 4.8)],
    ["line", colour(isDark ? paper.l + 0.15 : paper.l - 0.11, paper.c + 0.006, paper.h)],
    ["accent", accent],
    ["accent-ink", inkOn(accent)],
  ];
  const painted = values.reduce((text, [name, value]) => withToken(text, name, value), styles);
  return painted.replace(/color-scheme:\s*\w+;/, `color-scheme: ${isDark ? "dark" : "light"};`);
}

function setGround(styles: string, dark: boolean): string {
  const paper = token(styles, "paper") ?? colour(0.98, 0.01, 80);
  const accent = token(styles, "accent") ?? colour(0.55, 0.14, 40);
  const isDark = paper.l < 0.5;
  // Once more in the same direction goes further.
  const l = dark
    ? isDark
      ? Math.max(0.12, paper.l - 0.05)
      : 0.21
    : isDark
      ? 0.965
      : Math.min(0.995, paper.l + 0.02);
  return withPalette(
    styles,
    { ...paper, l, c: Math.min(paper.c, 0.03) },
    { ...accent, l: dark ? 0.78 : 0.5 },
  );
}

function turnHue(styles: string, hue: number): string {
  const paper = token(styles, "paper") ?? colour(0.98, 0.01, 80);
  const accent = token(styles, "accent") ?? colour(0.55, 0.14, 40);
  const c = Math.min(0.045, Math.max(0.02, paper.c * 1.6));
  return withPalette(styles, { l: Math.min(paper.l, 0.97), c, h: hue }, { ...accent, h: hue - 10 });
}

function setHex(styles: string, clause: string): [string, string] | null {
  const hex = /#(?:[0-9a-f]{6}|[0-9a-f]{3})\b/i.exec(clause)?.[0];
  if (!hex) return null;
  return [
    withPalette(styles, token(styles, "paper") ?? colour(0.98, 0.01, 80), fromHex(hex)),
    `The accent follows ${hex} now, as far as text on it stays readable.`,
  ];
}

function setColourWord(styles: string, clause: string): [string, string] | null {
  const word = Object.keys(HUES).find((each) => new RegExp(`\\b${each}\\b`, "i").test(clause));
  if (!word) return null;
  const paper = token(styles, "paper") ?? colour(0.98, 0.01, 80);
  const wish = colour(
    paper.l < 0.5 ? 0.78 : word === "navy" ? 0.36 : 0.5,
    word === "brown" || word === "olive" ? 0.08 : 0.15,
    HUES[word] ?? 0,
  );
  if (/\b(?:background|ground|paper|page)\b/i.test(clause)) {
    return [
      withPalette(
        styles,
        { l: paper.l < 0.5 ? 0.22 : 0.94, c: 0.04, h: HUES[word] ?? 0 },
        token(styles, "accent") ?? wish,
      ),
      `The ground is ${word} now.`,
    ];
  }
  return [withPalette(styles, paper, wish), `The accent is ${word} now.`];
}

function setFace(styles: string, clause: string): [string, string] | null {
  const face = FACES.find(([pattern]) => pattern.test(clause));
  if (!face) return null;
  const isBody = /\b(?:body|text|paragraphs?|copy)\b/i.test(clause) && !/\bhead/i.test(clause);
  const name = isBody ? "--font-body" : "--font-display";
  const changed = set(styles, name, face[1], `${isBody ? "Text" : "Headings"} in ${face[2]}.`);
  return changed;
}

function set(styles: string, name: string, value: string, said: string): [string, string] | null {
  const pattern = new RegExp(`(${name}:\\s*)[^;]+;`);
  return pattern.test(styles)
    ? [styles.replace(pattern, (_, head: string) => `${head}${value};`), said]
    : null;
}

function scale(
  styles: string,
  name: string,
  by: number,
  unit: string,
  said: string,
): [string, string] | null {
  const now = new RegExp(`${name}:\\s*([\\d.]+)${unit}`).exec(styles)?.[1];
  if (now === undefined) return null;
  return set(styles, name, `${Math.round(Number(now) * by * 100) / 100}${unit}`, said);
}
