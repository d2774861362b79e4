/** Art directions: what makes three pages from one prompt look as if three people had made them. */
import { type Colour, colour, inkOn, readable } from "./colour.ts";

export type Layout = "editorial" | "poster" | "slip" | "broadsheet" | "block" | "index";
export type Palette = {
  paper: Colour;
  ink: Colour;
  muted: Colour;
  line: Colour;
  accent: Colour;
  accentInk: Colour;
};

export type Direction = {
  name: string;
  idea: string;
  layout: Layout;
  display: string;
  body: string;
  /** Classes of headings. */
  heading: string;
  dark: boolean;
  radius: string;
  space: string;
  /** Chroma of the ground, 0 for paper white. */
  tint: number;
};

/** One of each group for positions 0, 1, 2: a serif page, a bold one, a technical one. */
export const groups: Direction[][] = [
  [
    {
      name: "Morning paper",
      idea: "a quiet serif page with room to breathe",
      layout: "editorial",
      display: '"Instrument Serif", Georgia, serif',
      body: '"Instrument Sans Variable", system-ui, sans-serif',
      heading: "font-normal tracking-tight",
      dark: false,
      radius: "2px",
      space: "6rem",
      tint: 0.018,
    },
    {
      name: "Broadsheet",
      idea: "columns and rules, like a good local newspaper",
      layout: "broadsheet",
      display: '"Newsreader Variable", Georgia, serif',
      body: '"Schibsted Grotesk Variable", system-ui, sans-serif',
      heading: "font-medium tracking-tight",
      dark: false,
      radius: "0px",
      space: "4.5rem",
      tint: 0.006,
    },
  ],
  [
    {
      name: "After dark",
      idea: "one big voice on a dark ground",
      layout: "poster",
      display: '"Bricolage Grotesque Variable", system-ui, sans-serif',
      body: '"Hanken Grotesk Variable", system-ui, sans-serif',
      heading: "font-semibold tracking-tight",
      dark: true,
      radius: "6px",
      space: "6rem",
      tint: 0.012,
    },
    {
      name: "Painted wall",
      idea: "flat colour from edge to edge, like a painted sign",
      layout: "block",
      display: '"Bricolage Grotesque Variable", system-ui, sans-serif',
      body: '"Bricolage Grotesque Variable", system-ui, sans-serif',
      heading: "font-bold tracking-tight",
      dark: false,
      radius: "10px",
      space: "5rem",
      tint: 0.03,
    },
  ],
  [
    {
      name: "Counter slip",
      idea: "everything you need on one printed slip",
      layout: "slip",
      display: '"JetBrains Mono Variable", ui-monospace, monospace',
      body: '"JetBrains Mono Variable", ui-monospace, monospace',
      heading: "font-semibold",
      dark: false,
      radius: "0px",
      space: "4rem",
      tint: 0,
    },
    {
      name: "Plain index",
      idea: "a numbered index, nothing decorative",
      layout: "index",
      display: '"Geist Variable", system-ui, sans-serif',
      body: '"Geist Variable", system-ui, sans-serif',
      heading: "font-medium tracking-tight",
      dark: false,
      radius: "4px",
      space: "5rem",
      tint: 0.003,
    },
  ],
];

/** Ground, ink and accent for a direction and the subject's hue; every pair that carries text reads. */
export function paletteOf({ dark, layout, tint }: Direction, hue: number): Palette {
  const accentHue = layout === "slip" ? 155 : layout === "index" ? 262 : hue;
  const paper = dark
    ? colour(0.19, tint, hue)
    : layout === "block"
      ? colour(0.93, 0.06, hue)
      : colour(0.985 - tint, tint, hue);
  const ink = readable(dark ? colour(0.95, 0.012, hue) : colour(0.22, 0.02, hue), paper, 9);
  const muted = readable(dark ? colour(0.74, 0.015, hue) : colour(0.45, 0.02, hue), paper, 4.8);
  const accent = readable(dark ? colour(0.8, 0.14, hue + 8) : colour(0.5, 0.14, accentHue), paper, 4.6);
  const line = dark ? colour(0.34, 0.012, hue) : colour(0.86 - tint, tint + 0.008, hue);
  return { paper, ink, muted, line, accent, accentInk: inkOn(accent) };
}
