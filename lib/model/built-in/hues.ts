/** Colours by word: hue in degrees of OKLCH. */
export const HUES: Record<string, number> = {
  red: 27,
  crimson: 20,
  scarlet: 30,
  burgundy: 15,
  wine: 12,
  brick: 38,
  terracotta: 42,
  rust: 45,
  coral: 32,
  salmon: 30,
  peach: 55,
  orange: 55,
  apricot: 65,
  amber: 75,
  ochre: 80,
  mustard: 90,
  yellow: 98,
  gold: 85,
  golden: 85,
  lemon: 105,
  sand: 80,
  beige: 80,
  olive: 110,
  lime: 125,
  green: 150,
  sage: 140,
  moss: 125,
  forest: 155,
  emerald: 160,
  mint: 165,
  teal: 190,
  petrol: 210,
  turquoise: 195,
  cyan: 210,
  sky: 235,
  blue: 255,
  cobalt: 262,
  navy: 262,
  indigo: 275,
  lavender: 295,
  lilac: 305,
  violet: 295,
  purple: 305,
  plum: 325,
  magenta: 335,
  fuchsia: 335,
  pink: 0,
  rose: 10,
  brown: 50,
  chocolate: 45,
};

const WORD = new RegExp(`\\b(${Object.keys(HUES).join("|")})\\b`, "i");

/** The first colour word of a text, as it stands in the table. */
export function colourWordIn(text: string): string | null {
  return WORD.exec(text)?.[1]?.toLowerCase() ?? null;
}

/** For a first prompt, where "rose" may be a flower: only words that stand as a colour. */
export function hueOf(text: string): number | null {
  const word = new RegExp(
    `\\b(?:in|use|using|colou?rs?:?|mostly|deep|dark|light|bright|pale)\\s+(${Object.keys(HUES).join("|")})\\b|\\b(${Object.keys(HUES).join("|")})\\s+(?:accents?|colou?rs?|palette|tones?|theme|background|and white)\\b`,
    "i",
  ).exec(text);
  const found = (word?.[1] ?? word?.[2])?.toLowerCase();
  return found === undefined ? null : (HUES[found] ?? null);
}
