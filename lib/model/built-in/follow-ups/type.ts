/** Typefaces, weight, case, sizes. Tokens where the page has them, a step along Tailwind's classes where it has not. */
import { amountOf, type Draft, type Rule } from "./draft.ts";
import { cannot, scaleToken, setToken, stepClasses, tokenValue } from "./tokens.ts";

const FACES: [words: RegExp, family: string, said: string][] = [
  [
    /\b(?:mono(?:space[d]?)?|typewriter|technical|code-?like|nerdy)\b/i,
    '"JetBrains Mono Variable", ui-monospace, monospace',
    "mono type",
  ],
  [
    /\b(?:soft serif|old[- ]?style|fraunces|vintage)\b/i,
    '"Fraunces Variable", Georgia, serif',
    "a soft serif",
  ],
  [
    /\b(?:elegant|instrument|fashion|editorial|classy)\b/i,
    '"Instrument Serif", Georgia, serif',
    "an elegant serif",
  ],
  [
    /\b(?:condensed|poster|narrow type|impact|anton)\b/i,
    '"Anton", Impact, sans-serif',
    "condensed capitals' type",
  ],
  [
    /\b(?:rounded|friendly|gabarito|childlike|bubbly)\b/i,
    '"Gabarito Variable", system-ui, sans-serif',
    "a friendly sans serif",
  ],
  [
    /\bserifs?\b(?<!sans[- ]serifs?)(?<!no serifs?)(?<!without serifs?)/i,
    '"Newsreader Variable", Georgia, serif',
    "a serif",
  ],
  [
    /\b(?:sans|grotes[kq]\w*|helvetica|geometric|modern|no serifs?|without serifs?)\b/i,
    '"Hanken Grotesk Variable", system-ui, sans-serif',
    "a sans serif",
  ],
];
/** Families by their own names. */
const FAMILIES: [name: string, family: string][] = [
  ["fraunces", '"Fraunces Variable", Georgia, serif'],
  ["newsreader", '"Newsreader Variable", Georgia, serif'],
  ["instrument serif", '"Instrument Serif", Georgia, serif'],
  ["instrument sans", '"Instrument Sans Variable", system-ui, sans-serif'],
  ["bricolage", '"Bricolage Grotesque Variable", system-ui, sans-serif'],
  ["schibsted", '"Schibsted Grotesk Variable", system-ui, sans-serif'],
  ["hanken", '"Hanken Grotesk Variable", system-ui, sans-serif'],
  ["gabarito", '"Gabarito Variable", system-ui, sans-serif'],
  ["anton", '"Anton", Impact, sans-serif'],
  ["inter", '"Inter Variable", system-ui, sans-serif'],
  ["geist", '"Geist Variable", system-ui, sans-serif'],
  ["jetbrains", '"JetBrains Mono Variable", ui-monospace, monospace'],
  ["commit mono", '"Commit Mono", ui-monospace, monospace'],
];

const TYPE_WORD =
  /\b(?:fonts?|typefaces?|type|headings?|headlines?|titles?|text|letters?|typography|body|paragraphs?|serifs?|sans|mono\w*|typewriter|grotes[kq]\w*|fraunces|newsreader|instrument|bricolage|schibsted|hanken|gabarito|anton|inter|geist|jetbrains|commit)\b/i;

const TEXT_LADDER = [
  "text-xs",
  "text-sm",
  "text-base",
  "text-lg",
  "text-xl",
  "text-2xl",
  "text-3xl",
  "text-4xl",
  "text-5xl",
  "text-6xl",
  "text-7xl",
  "text-8xl",
  "text-9xl",
];
const WEIGHT_LADDER = [
  "font-light",
  "font-normal",
  "font-medium",
  "font-semibold",
  "font-bold",
  "font-extrabold",
  "font-black",
];
const H1 = /<h1\b[^>]*>/g;
const HEADINGS = /<h[1-3]\b[^>]*>/g;

const WEIGHTS = [300, 400, 500, 600, 700, 800, 900];
const HEADING_WORD = /\b(?:headlines?|headings?|titles?|h1|h2)\b/i;

export const typeRules: Rule[] = [
  {
    kind: "headings in capitals",
    example: "headings in capitals",
    pattern: /\b(?:upper ?case|all[- ]caps|capitals?|caps)\b/i,
    apply: (draft, clause) => {
      const off = /\b(?:no|not|without|remove|drop|less|stop|lose|un)\b/i.test(clause);
      return setCase(draft, off ? "none" : "uppercase");
    },
  },
  {
    kind: "headings in normal case",
    example: "headings in normal case",
    pattern: /\b(?:lower ?case|normal case|sentence case|small letters|no shouting|stop shouting)\b/i,
    apply: (draft) => setCase(draft, "none"),
  },
  {
    kind: "bolder headings",
    example: "bolder headings",
    pattern:
      /\b(?:bold(?:er)?|heavier|thicker|fatter|stronger (?:headings?|headlines?|type|titles?)|more weight)\b/i,
    apply: (draft, clause) =>
      /\bless (?:bold|heavy)|\bnot so bold|\btoo bold/i.test(clause)
        ? setWeight(draft, -amountOf(clause))
        : setWeight(draft, amountOf(clause)),
  },
  {
    kind: "thinner headings",
    example: "thinner headings",
    pattern:
      /\b(?:thin(?:ner)?(?! (?:borders?|lines?|outlines?|rules?))|less bold|not so bold|finer|less heavy|lighter (?:headings?|headlines?|titles?|type|weight|fonts?)|light (?:headings?|weight)|delicate)\b/i,
    apply: (draft, clause) => setWeight(draft, -amountOf(clause)),
  },
  {
    kind: "body type by name",
    example: "body text in a sans serif",
    pattern: /\b(?:body|paragraphs?|running text|copy|text)\b/i,
    apply: (draft, clause) =>
      HEADING_WORD.test(clause) ? null : setFace(draft, clause, /^--font-(?:body|sans|text)$/, "Text"),
  },
  {
    kind: "heading type by name",
    example: "serif headings",
    pattern: TYPE_WORD,
    apply: (draft, clause) => setFace(draft, clause, /^--font-(?:display|heading|title|serif)$/, "Headings"),
  },
  {
    kind: "a smaller headline",
    example: "a smaller headline",
    pattern:
      /\b(?:small(?:er)?|tin(?:y|ier)|decrease|reduce|shrink|less (?:big|huge|large)|too (?:big|large|huge))\b/i,
    apply: (draft, clause) => (HEADING_WORD.test(clause) ? sizeHeadline(draft, -amountOf(clause)) : null),
  },
  {
    kind: "a bigger headline",
    example: "a bigger headline",
    pattern: /\b(?:big(?:ger)?|larger?|huge(?:r)?|enormous|increase|taller|grow)\b/i,
    apply: (draft, clause) => (HEADING_WORD.test(clause) ? sizeHeadline(draft, amountOf(clause)) : null),
  },
  {
    kind: "smaller text",
    example: "smaller text",
    pattern: /\b(?:smaller|tinier|decrease|reduce|shrink|too (?:big|large|huge)|scale down)\b/i,
    apply: (draft, clause) => (isOther(clause) ? null : sizeText(draft, -amountOf(clause))),
  },
  {
    kind: "bigger text",
    example: "bigger text",
    pattern: /\b(?:bigger|larger|increase|big text|large text|too (?:small|tiny)|zoom in|scale up)\b/i,
    apply: (draft, clause) => (isOther(clause) ? null : sizeText(draft, amountOf(clause))),
  },
];

/** Sizes of things that are not text. */
function isOther(clause: string): boolean {
  return /\b(?:pictures?|images?|logo|corners?|buttons?|gaps?|spac\w+|columns?|gallery|form|radius|shadows?|price|prices)\b/i.test(
    clause,
  );
}

function setCase(draft: Draft, value: string): string {
  const done = setToken(draft, /^--heading-case$/, value);
  const stepped =
    !done &&
    (value === "uppercase"
      ? stepHeading(draft, /(className="[^"]*)(")/, "$1 uppercase$2")
      : stepHeading(draft, /\s?\buppercase\b/g, ""));
  if (!done && !stepped)
    return cannot("case of headings", "a --heading-case token, or headings with classes");
  return value === "uppercase" ? "Headings in capitals." : "Headings in normal case.";
}

/** Changes the opening tags of headings; true when one changed. */
function stepHeading(draft: Draft, pattern: RegExp, replacement: string): boolean {
  let moved = false;
  for (const [path, text] of draft.files) {
    if (!/\.[jt]sx$/.test(path)) continue;
    const next = text.replace(HEADINGS, (tag) => tag.replace(pattern, replacement));
    moved ||= next !== text;
    draft.files.set(path, next);
  }
  return moved;
}

function setWeight(draft: Draft, steps: number): string {
  const now = Number(tokenValue(draft, /^--heading-weight$/) ?? Number.NaN);
  const said = steps > 0 ? "Bolder headings." : "Thinner headings.";
  if (Number.isNaN(now))
    return stepClasses(draft, WEIGHT_LADDER, steps, HEADINGS)
      ? said
      : cannot("weight of headings", "a --heading-weight token, or font-… classes on headings");
  const at = WEIGHTS.findIndex((weight) => weight >= now);
  const next = WEIGHTS[Math.max(0, Math.min(WEIGHTS.length - 1, at + steps))] ?? now;
  if (next === now) return `${said} They are at the end of the scale already.`;
  setToken(draft, /^--heading-weight$/, String(next));
  const face = tokenValue(draft, /^--font-display$/) ?? "";
  return /Instrument Serif|Anton/.test(face)
    ? `${said} This typeface has one weight; try “sans headings” too.`
    : said;
}

function setFace(draft: Draft, clause: string, token: RegExp, what: string): string | null {
  const named = FAMILIES.find(([name]) => new RegExp(`\\b${name}\\b`, "i").test(clause));
  const face = FACES.find(([words]) => words.test(clause));
  const family = named?.[1] ?? face?.[1];
  if (!family) return null;
  if (!setToken(draft, token, family)) return cannot("token for that type", "--font-display or --font-body");
  return `${what} in ${named ? family.split(",")[0]?.replace(/"| Variable/g, "") : face?.[2]}.`;
}

function sizeHeadline(draft: Draft, steps: number): string {
  const said = steps > 0 ? "A bigger headline." : "A smaller headline.";
  const done =
    scaleToken(draft, /^--text-(?:headline|display)$/, 1 + 0.09 * steps) ||
    stepClasses(draft, TEXT_LADDER, Math.sign(steps), H1);
  return done ? said : cannot("size of the headline", "--text-headline, or a text-… class on the h1");
}

function sizeText(draft: Draft, steps: number): string {
  const said = steps > 0 ? "Bigger type." : "Smaller type.";
  const done =
    scaleToken(draft, /^--text-size$/, 1 + 0.05 * steps) || stepClasses(draft, TEXT_LADDER, Math.sign(steps));
  return done ? said : cannot("size of type", "--text-size, or text-… classes");
}
