/** Light and colour. Whatever is asked for, text is moved until it reads. */
import { type Colour, colour, css, fromHex } from "#lib/project/colour.ts";
import { colourWordIn, HUES } from "../hues.ts";
import { completed } from "../palettes.ts";
import { sectionNamed } from "./blocks.ts";
import { amountOf, type Draft, type Rule } from "./draft.ts";
import { type Colours, coloursOf, paint } from "./tokens.ts";

const NO_TOKENS =
  "I cannot change colours here: the style sheets have no token for the page's ground (such as --color-paper). I left them alone.";

type Painter = (colours: Colours, clause: string) => string | null;

/** The colours of one part are not the colours of the page; and "no green" is no wish for green. */
const PART = /\b(?:headlines?|headings?|titles?|h1|pictures?|images?|photos?|fields?|logo)\b/i;
const NOT = /\b(?:no|not|without|instead of|don['’]t|remove|hate)\b(?! (?:so|as|too|colou?rs?))/i;

const painting =
  (paintWith: Painter): Rule["apply"] =>
  (draft: Draft, clause: string) => {
    if (sectionNamed(clause) || PART.test(clause) || NOT.test(clause)) return null;
    const colours = coloursOf(draft);
    return colours ? paintWith(colours, clause) : NO_TOKENS;
  };

const isDark = ({ paper }: Colours) => paper.l < 0.55;

export const colourRules: Rule[] = [
  {
    kind: "dark mode that follows the system",
    example: "a dark mode that follows the system",
    pattern:
      /\b(?:system|automatic(?:ally)?|prefers-color-scheme|at night|both (?:modes|themes)|light and dark)\b/i,
    apply: (draft, clause) =>
      /\b(?:dark|night|theme|mode|light)\b/i.test(clause) ? followSystem(draft) : null,
  },
  {
    kind: "more contrast",
    example: "more contrast",
    pattern:
      /\b(?:(?:more|higher|stronger|better|increase(?: the)?|raise(?: the)?) contrast|easier to read|more (?:legible|readable)|hard to read|contrast(?:ier|y))\b/i,
    apply: painting((colours) => {
      const paper = {
        ...colours.paper,
        l: isDark(colours) ? Math.max(0.13, colours.paper.l - 0.06) : Math.min(0.995, colours.paper.l + 0.03),
        c: colours.paper.c * 0.6,
      };
      paint(colours, paper, { ...colours.accent, l: isDark(colours) ? 0.88 : 0.38 });
      return "More contrast.";
    }),
  },
  {
    kind: "black and white",
    example: "black and white",
    pattern:
      /\b(?:black (?:and|&) white|b\/w|monochrom\w*|greyscale|grayscale|no colou?rs?|without colou?r|colou?rless)\b/i,
    apply: painting((colours) => {
      const paper = colour(isDark(colours) ? 0.16 : 0.99, 0, 0);
      paint(colours, paper, colour(isDark(colours) ? 0.95 : 0.2, 0, 0), colour(0.75, 0, 0));
      return "Black and white.";
    }),
  },
  {
    kind: "swap the colours",
    example: "swap the colours",
    pattern:
      /\b(?:invert|swap|flip|reverse|exchange|switch)(?:ed)? (?:the |all )?(?:colou?rs?|palette|theme)\b|\b(?:inverted|reversed) colou?rs\b/i,
    apply: painting((colours) => {
      const paper = {
        ...colours.accent,
        l: isDark(colours) ? 0.93 : 0.24,
        c: Math.min(colours.accent.c, 0.07),
      };
      paint(colours, paper, {
        ...colours.paper,
        l: isDark(colours) ? 0.4 : 0.86,
        c: Math.max(colours.paper.c, 0.09),
      });
      return "Ground and accent have changed places.";
    }),
  },
  {
    kind: "calmer colours",
    example: "calmer colours",
    pattern:
      /\b(?:calmer|less (?:colou?r(?:ful)?|vivid|saturat\w*|loud|bright|garish)|more (?:muted|subdued|neutral|subtle)|quieter|desaturat\w*|muted|pastel|tone (?:it|the colou?rs) down|softer colou?rs|toned down)\b/i,
    apply: painting((colours, clause) => saturate(colours, 1 - 0.2 * amountOf(clause), "Calmer colours.")),
  },
  {
    kind: "more colourful",
    example: "more colourful",
    pattern:
      /\b(?:more (?:colou?r(?:ful)?|vivid|vibrant|saturat\w*|playful colou?rs)|(?:colou?r|vivid|vibrant|punch)(?:ful|er|ier)\b|brighter colou?rs|stronger colou?rs|bolder colou?rs|pop more|more pop|(?:make it|should) pop|livelier)/i,
    apply: painting((colours, clause) => saturate(colours, 1 + 0.25 * amountOf(clause), "More colour.")),
  },
  {
    kind: "warmer",
    example: "warmer",
    pattern: /\b(?:warm(?:er|th)?|cosi?er|cozi?er|cosy|cozy|sunnier)\b/i,
    apply: painting((colours, clause) => turn(colours, 55, amountOf(clause), "Warmer now.")),
  },
  {
    kind: "cooler",
    example: "cooler",
    pattern: /\b(?:cool(?:er)?|cold(?:er)?|icier|frost(?:y|ier)|chill(?:y|ier))\b/i,
    apply: painting((colours, clause) => turn(colours, 240, amountOf(clause), "Cooler now.")),
  },
  {
    kind: "a colour by its number",
    example: "use #1a7f5a",
    pattern: /#(?:[0-9a-f]{6}|[0-9a-f]{3})\b/i,
    apply: painting((colours, clause) => {
      const hex = /#(?:[0-9a-f]{6}|[0-9a-f]{3})\b/i.exec(clause)?.[0] ?? "#000";
      if (isAboutGround(clause)) return setGround(colours, fromHex(hex), hex);
      paint(colours, colours.paper, fromHex(hex));
      return `The accent follows ${hex} now, as far as text on it stays readable.`;
    }),
  },
  {
    kind: "a ground colour by name",
    example: "a sage background",
    pattern: new RegExp(`\\b(?:${Object.keys(HUES).join("|")})\\b`, "i"),
    apply: painting((colours, clause) => {
      const word = colourWordIn(clause);
      if (!word || !isAboutGround(clause)) return null;
      const wish =
        isDark(colours) || /\b(?:dark|deep|navy|forest|burgundy|chocolate)\b/i.test(clause)
          ? colour(0.25, 0.055, HUES[word] ?? 0)
          : colour(0.935, 0.045, HUES[word] ?? 0);
      return setGround(colours, wish, word);
    }),
  },
  {
    kind: "an accent colour by name",
    example: "make it green",
    pattern: new RegExp(`\\b(?:${Object.keys(HUES).join("|")})\\b`, "i"),
    apply: painting((colours, clause) => {
      const word = colourWordIn(clause);
      if (!word) return null;
      paint(colours, colours.paper, wishOf(word, isDark(colours)));
      return `The accent is ${word} now.`;
    }),
  },
  {
    kind: "darker",
    example: "darker",
    pattern:
      /\b(?:dark(?:er|ness)?(?: ?mode| theme)?|night(?:time)?|black(?:er)?|dimmer|moodier|gloomier)\b/i,
    apply: painting((colours, clause) => {
      if (/\b(?:less|not so|too) (?:dark|black|moody)\b/i.test(clause))
        return lighten(colours, amountOf(clause));
      return darken(colours, amountOf(clause));
    }),
  },
  {
    kind: "lighter",
    example: "lighter",
    pattern: /\b(?:light(?:er)?(?: ?mode| theme)?|bright(?:er|en)?|whiter?|day(?:light|time)?|paler)\b/i,
    apply: painting((colours, clause) => {
      if (/\b(?:less|not so|too) (?:light|bright|white)\b/i.test(clause))
        return darken(colours, amountOf(clause) === 3 ? 2 : 1);
      return lighten(colours, amountOf(clause));
    }),
  },
];

function isAboutGround(clause: string): boolean {
  return /\b(?:background|back ground|ground|paper|page colou?r|base colou?r|behind)\b/i.test(clause);
}

export function wishOf(word: string, onDark: boolean): Colour {
  const dull = ["brown", "chocolate", "olive", "sand", "beige", "sage", "moss"].includes(word);
  return colour(onDark ? 0.8 : word === "navy" ? 0.36 : 0.5, dull ? 0.07 : 0.16, HUES[word] ?? 0);
}

function setGround(colours: Colours, wish: Colour, said: string): string {
  const accent = { ...colours.accent, l: wish.l < 0.55 ? 0.82 : 0.44 };
  paint(colours, wish, accent);
  return `The ground is ${said} now.`;
}

/** Once more in the same direction goes further; "a bit" stays on its side. */
function darken(colours: Colours, amount: number): string {
  const { paper, accent } = colours;
  const dark = isDark(colours);
  if (!dark && amount === 1) {
    paint(
      colours,
      { ...paper, l: Math.max(0.8, paper.l - 0.06), c: paper.c + 0.008 },
      { ...accent, l: accent.l - 0.06 },
    );
    return "A bit darker.";
  }
  const l = dark ? Math.max(0.12, paper.l - 0.025 * amount) : amount === 3 ? 0.15 : 0.21;
  paint(colours, { ...paper, l, c: Math.min(paper.c, 0.035) }, { ...accent, l: 0.8 });
  return "Darker now.";
}

function lighten(colours: Colours, amount: number): string {
  const { paper, accent } = colours;
  const dark = isDark(colours);
  if (dark && amount === 1) {
    paint(colours, { ...paper, l: Math.min(0.4, paper.l + 0.06) }, accent);
    return "A bit lighter.";
  }
  const l = dark ? 0.965 : Math.min(0.995, paper.l + 0.012 * amount);
  paint(colours, { ...paper, l, c: Math.min(paper.c, dark ? 0.02 : paper.c) }, { ...accent, l: 0.48 });
  return "Lighter now.";
}

function turn(colours: Colours, hue: number, amount: number, said: string): string {
  const c = Math.min(0.05, Math.max(0.008 + 0.008 * amount, colours.paper.c));
  const pull = amount === 1 ? 0.5 : 1;
  const toward = ({ h }: Colour) => {
    const apart = ((hue - h + 540) % 360) - 180;
    return (h + apart * pull + 360) % 360;
  };
  paint(
    colours,
    { l: Math.min(colours.paper.l, 0.972), c, h: toward(colours.paper) },
    {
      ...colours.accent,
      h: toward({ ...colours.accent, h: colours.accent.h }),
      c: Math.max(colours.accent.c, 0.1),
    },
    { ...colours.second, h: (hue + 25) % 360 },
  );
  return said;
}

function saturate(colours: Colours, by: number, said: string): string {
  const times = (value: Colour, most: number) => ({
    ...value,
    c: Math.min(most, value.c * by + (by > 1 ? 0.008 : 0)),
  });
  paint(colours, times(colours.paper, 0.14), times(colours.accent, 0.24), times(colours.second, 0.22));
  return said;
}

/** A second palette behind prefers-color-scheme: the first stays what it is. */
function followSystem(draft: Draft): string {
  const colours = coloursOf(draft);
  const path = "/src/index.css";
  const text = draft.files.get(path);
  if (!colours || text === undefined) return NO_TOKENS;
  if (text.includes("prefers-color-scheme"))
    return "The page follows the system's light or dark mode already.";
  const other = isDark(colours) ? "light" : "dark";
  const paper =
    other === "dark"
      ? { ...colours.paper, l: 0.2, c: Math.min(colours.paper.c, 0.03) }
      : { ...colours.paper, l: 0.97, c: 0.012 };
  const palette = completed({
    paper,
    surface: { ...paper, l: paper.l + (other === "dark" ? 0.055 : -0.035) },
    accent: { ...colours.accent, l: other === "dark" ? 0.8 : 0.48 },
    second: colours.second,
  });
  const names = {
    paper: "paper",
    surface: "surface",
    ink: "ink",
    muted: "muted",
    line: "line",
    accent: "accent",
    accentInk: "accent-ink",
    second: "second",
  } as const;
  const lines = (Object.keys(names) as (keyof typeof names)[])
    .filter((role) => text.includes(`--color-${names[role]}:`))
    .map((role) => `    --color-${names[role]}: ${css(palette[role])};`);
  if (lines.length === 0) return NO_TOKENS;
  draft.files.set(
    path,
    `${text.trimEnd()}\n\n@media (prefers-color-scheme: ${other}) {\n  :root {\n${lines.join("\n")}\n    color-scheme: ${other};\n  }\n}\n`,
  );
  return `The page turns ${other} where the system is ${other}.`;
}
