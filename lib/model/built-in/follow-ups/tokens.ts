/** Tokens of a style sheet by what they are for, whatever they are called: the designer's, the template's, a model's. */
import { type Colour, css, parseColour } from "#lib/project/colour.ts";
import { completed, type Palette } from "../palettes.ts";
import type { Draft } from "./draft.ts";

const ROLES: Record<keyof Palette, RegExp> = {
  paper: /^--(?:color-)?(?:paper|background|bg|base|ground|canvas|page|cream)$/,
  surface: /^--(?:color-)?(?:surface|card|panel|muted-bg|secondary|raised)$/,
  ink: /^--(?:color-)?(?:ink|text|foreground|fg|body)$/,
  muted: /^--(?:color-)?(?:muted|muted-foreground|text-muted|subtle|ink-2)$/,
  line: /^--(?:color-)?(?:line|border|rule|divider)$/,
  accent: /^--(?:color-)?(?:accent|primary|brand|highlight)$/,
  accentInk:
    /^--(?:color-)?(?:accent-ink|accent-foreground|primary-foreground|on-accent|on-primary|brand-ink)$/,
  second: /^--(?:color-)?(?:second|secondary-accent|accent-2|support)$/,
};

type Found = { path: string; name: string; value: string };

/** The first declaration of each custom property, in all style sheets. */
function declarations({ files }: Draft): Found[] {
  const found = new Map<string, Found>();
  for (const [path, text] of [...files].filter(([name]) => name.endsWith(".css")).sort())
    for (const [, name = "", value = ""] of text.matchAll(/(--[\w-]+)\s*:\s*([^;}]+)/g))
      if (!found.has(name)) found.set(name, { path, name, value: value.trim() });
  return [...found.values()];
}

export type Colours = {
  paper: Colour;
  accent: Colour;
  second: Colour;
  surface: Colour;
  set(palette: Palette): void;
};

/** Null when the page has no token for its ground: then its colours cannot be told from each other. */
export function coloursOf(draft: Draft): Colours | null {
  const all = declarations(draft);
  const token = (role: keyof Palette) => all.find(({ name }) => ROLES[role].test(name));
  const value = (role: keyof Palette) => parseColour(token(role)?.value ?? "");
  const paper = value("paper");
  if (!paper) return null;
  const accent = value("accent") ?? { l: 0.5, c: 0.14, h: 40 };
  return {
    paper,
    accent,
    second: value("second") ?? { ...accent, l: 0.8, c: accent.c * 0.7 },
    surface: value("surface") ?? { ...paper, l: paper.l + (paper.l > 0.5 ? -0.035 : 0.055) },
    set(palette) {
      for (const role of Object.keys(ROLES) as (keyof Palette)[]) {
        const found = token(role);
        if (found) write(draft, found, css(palette[role]));
      }
      setScheme(draft, palette.paper.l < 0.55);
    },
  };
}

/** Ground and surface moved together; the rest follows so that it reads. */
export function paint(
  colours: Colours,
  paper: Colour,
  accent: Colour,
  second: Colour = colours.second,
): void {
  const step = colours.surface.l - colours.paper.l;
  const wasDark = colours.paper.l < 0.55;
  const isDark = paper.l < 0.55;
  const lift = isDark === wasDark ? step : isDark ? 0.055 : -0.035;
  const surface = { l: Math.min(1, paper.l + lift), c: paper.c * 1.2, h: paper.h };
  colours.set(completed({ paper, surface, accent, second }));
}

function setScheme(draft: Draft, isDark: boolean): void {
  for (const [path, text] of draft.files)
    if (path.endsWith(".css"))
      draft.files.set(
        path,
        text.replace(/color-scheme:\s*(?:light|dark);/, `color-scheme: ${isDark ? "dark" : "light"};`),
      );
}

export function tokenValue(draft: Draft, pattern: RegExp): string | null {
  return declarations(draft).find(({ name }) => pattern.test(name))?.value ?? null;
}

/** True when there is such a token. */
export function setToken(draft: Draft, pattern: RegExp, value: string): boolean {
  const found = declarations(draft).filter(({ name }) => pattern.test(name));
  for (const each of found) write(draft, each, value);
  return found.length > 0;
}

/** Multiplies the numbers of a token, within bounds; units stay. */
export function scaleToken(draft: Draft, pattern: RegExp, by: number): boolean {
  const value = tokenValue(draft, pattern);
  if (value === null || !/\d/.test(value)) return false;
  const scaled = value.replace(/(\d*\.?\d+)(?=rem|px|%|em|vw)/g, (number) =>
    String(Math.round(Number(number) * by * 100) / 100),
  );
  return setToken(draft, pattern, scaled);
}

function write(draft: Draft, { path, name }: Found, value: string): void {
  const text = draft.files.get(path) ?? "";
  const pattern = new RegExp(`(${name}\\s*:\\s*)[^;}]+`);
  draft.files.set(
    path,
    text.replace(pattern, (_, head: string) => head + value),
  );
}

/** One step along a row of classes in all components, for pages without tokens: "rounded-lg" → "rounded-xl". True when any moved. */
export function stepClasses(draft: Draft, ladder: readonly string[], steps: number, only?: RegExp): boolean {
  let moved = false;
  const pattern = new RegExp(
    `(?<=["\`\\s:])(${[...ladder].sort((a, b) => b.length - a.length).join("|")})(?=["\`\\s])`,
    "g",
  );
  for (const [path, text] of draft.files) {
    if (!/\.[jt]sx$/.test(path)) continue;
    const step = (source: string) =>
      source.replace(pattern, (name) => {
        const next = ladder[Math.max(0, Math.min(ladder.length - 1, ladder.indexOf(name) + steps))] ?? name;
        moved ||= next !== name;
        return next;
      });
    draft.files.set(path, only ? text.replace(only, step) : step(text));
  }
  return moved;
}

/** Said where a page has neither the token nor the classes that a wish needs. */
export const cannot = (what: string, wanted: string): string =>
  `I found no ${what} to change here (${wanted}). I left the page alone.`;
