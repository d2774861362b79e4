/** Colours of a page: families of grounds and accents around a hue. Every pair that carries text is corrected until it reads. */
import { type Colour, colour, inkOn, readable } from "#lib/project/colour.ts";

export type Palette = {
  paper: Colour;
  surface: Colour;
  ink: Colour;
  muted: Colour;
  line: Colour;
  accent: Colour;
  accentInk: Colour;
  /** For pictures and ornaments, never for text. */
  second: Colour;
};

/** What is chosen; the rest follows from it. */
type Choice = { paper: Colour; surface: Colour; accent: Colour; second: Colour };

/** `hue` is the subject's, turned a little for each edition. */
type Family = (hue: number) => Choice;

const families = {
  cream: (hue) => ({
    paper: colour(0.968, 0.017, 85),
    surface: colour(0.935, 0.028, 82),
    accent: colour(0.48, 0.13, hue - 12),
    second: colour(0.8, 0.11, hue + 32),
  }),
  newsprint: (hue) => ({
    paper: colour(0.962, 0.006, 100),
    surface: colour(0.925, 0.009, 100),
    accent: colour(0.47, 0.17, hue > 180 ? hue : 27),
    second: colour(0.76, 0.02, 90),
  }),
  midnight: (hue) => ({
    paper: colour(0.185, 0.022, hue + 210),
    surface: colour(0.24, 0.028, hue + 210),
    accent: colour(0.83, 0.15, hue + 25),
    second: colour(0.6, 0.13, hue + 330),
  }),
  paint: (hue) => ({
    paper: colour(0.87, 0.125, hue + 28),
    surface: colour(0.92, 0.085, hue + 30),
    accent: colour(0.36, 0.12, notMud(hue + 215)),
    second: colour(0.74, 0.17, hue + 330),
  }),
  receipt: (hue) => ({
    paper: colour(0.985, 0.003, 110),
    surface: colour(0.95, 0.005, 110),
    accent: colour(0.43, 0.13, hue + 110),
    second: colour(0.9, 0.16, 102),
  }),
  swiss: (hue) => ({
    paper: colour(0.982, 0.001, 250),
    surface: colour(0.945, 0.003, 250),
    accent: colour(0.5, 0.22, hue > 90 && hue < 300 ? 27 : 264),
    second: colour(0.84, 0.03, 250),
  }),
  garden: (hue) => ({
    paper: colour(0.965, 0.02, 130),
    surface: colour(0.925, 0.035, 135),
    accent: colour(0.4, 0.085, 155 + (hue % 30)),
    second: colour(0.84, 0.085, hue - 20),
  }),
  candy: (hue) => ({
    paper: colour(0.955, 0.035, hue + 250),
    surface: colour(0.99, 0.008, hue + 250),
    accent: colour(0.5, 0.2, hue + 320),
    second: colour(0.87, 0.15, hue + 60),
  }),
  quiet: (hue) => ({
    paper: colour(0.992, 0.002, 90),
    surface: colour(0.965, 0.004, 90),
    accent: colour(0.34, 0.045, hue + 180),
    second: colour(0.83, 0.05, hue),
  }),
  blueprint: (hue) => ({
    paper: colour(0.34, 0.105, hue > 100 && hue < 200 ? 195 : 258),
    surface: colour(0.395, 0.105, hue > 100 && hue < 200 ? 195 : 258),
    accent: colour(0.9, 0.13, 98),
    second: colour(0.72, 0.09, hue > 100 && hue < 200 ? 200 : 250),
  }),
  velvet: (hue) => ({
    paper: colour(0.25, 0.055, hue < 120 ? 165 : hue < 240 ? 18 : 320),
    surface: colour(0.3, 0.06, hue < 120 ? 165 : hue < 240 ? 18 : 320),
    accent: colour(0.83, 0.095, 84),
    second: colour(0.52, 0.09, hue < 120 ? 165 : hue < 240 ? 18 : 320),
  }),
  clay: (hue) => ({
    paper: colour(0.905, 0.035, hue + 10),
    surface: colour(0.95, 0.022, hue + 14),
    accent: colour(0.38, 0.1, hue - 18),
    second: colour(0.66, 0.11, hue + 150),
  }),
} satisfies Record<string, Family>;

export type FamilyName = keyof typeof families;

export function paletteOf(family: FamilyName, hue: number): Palette {
  return completed(families[family](hue));
}

/** Dark yellow is brown: a deep red stands in for it. */
function notMud(hue: number): number {
  const turned = hue % 360;
  return turned > 45 && turned < 125 ? 18 : turned;
}

/** Ink, muted and lines for a ground; the accent is moved until it reads on paper and on surface. */
export function completed({ paper, surface, accent, second }: Choice): Palette {
  const isDark = paper.l < 0.55;
  // The ground that is harder to read on decides.
  const hard = isDark === surface.l > paper.l ? surface : paper;
  const ink = readable(colour(isDark ? 0.96 : 0.21, isDark ? 0.012 : 0.02, paper.h), hard, 9);
  const muted = readable(colour(isDark ? 0.8 : 0.43, isDark ? 0.02 : 0.025, paper.h), hard, 4.9);
  const readableAccent = readable(accent, hard, 4.7);
  const line = isDark
    ? colour(paper.l + 0.15, paper.c * 0.9 + 0.004, paper.h)
    : colour(paper.l - 0.12, Math.min(0.06, paper.c + 0.006), paper.h);
  return {
    paper: tidy(paper),
    surface: tidy(surface),
    ink: tidy(ink),
    muted: tidy(muted),
    line: tidy(line),
    accent: tidy(readableAccent),
    accentInk: tidy(inkOn(readableAccent)),
    second: tidy(second),
  };
}

function tidy({ l, c, h }: Colour): Colour {
  return { l, c, h: ((h % 360) + 360) % 360 };
}
