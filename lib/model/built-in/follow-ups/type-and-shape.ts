/** Type, space, corners, depth. Tokens where the page has them, a step along Tailwind's classes where it has not. */
import { amountOf, type Draft, type Rule } from "./draft.ts";
import { scaleToken, setToken, stepClasses, tokenValue } from "./tokens.ts";

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
const TYPE_WORD =
  /\b(?:fonts?|typefaces?|type|headings?|headlines?|titles?|text|letters?|typography|body|paragraphs?|serifs?|sans|mono\w*|typewriter|grotes[kq]\w*)\b/i;

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
const RADIUS_LADDER = [
  "rounded-none",
  "rounded-sm",
  "rounded",
  "rounded-md",
  "rounded-lg",
  "rounded-xl",
  "rounded-2xl",
  "rounded-3xl",
];
const SPACE_LADDER = [
  "py-4",
  "py-6",
  "py-8",
  "py-10",
  "py-12",
  "py-16",
  "py-20",
  "py-24",
  "py-28",
  "py-32",
  "py-40",
];
const SHADOW_LADDER = [
  "shadow-none",
  "shadow-xs",
  "shadow-sm",
  "shadow",
  "shadow-md",
  "shadow-lg",
  "shadow-xl",
  "shadow-2xl",
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
const RADII = ["0px", "6px", "14px", "22px", "32px"];
const SHADOWS = [
  "none",
  "0 0 0 1px var(--color-line)",
  "0 1px 2px rgb(0 0 0 / 0.06), 0 6px 16px -8px rgb(0 0 0 / 0.16)",
  "0 1px 2px rgb(0 0 0 / 0.05), 0 12px 32px -12px rgb(0 0 0 / 0.22)",
  "0 2px 4px rgb(0 0 0 / 0.06), 0 28px 60px -20px rgb(0 0 0 / 0.34)",
];

const cannot = (what: string, wanted: string) =>
  `I found no ${what} to change here (${wanted}). I left the page alone.`;
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

export const shapeRules: Rule[] = [
  {
    kind: "tighter",
    example: "tighter",
    pattern:
      /\b(?:tight(?:er|en)?|dens(?:e|er)|compact(?:er)?|less (?:space|air|room|padding|spacing|white ?space)|closer(?: together)?|condense[d]? (?:it|spacing|the page)|too (?:airy|spacious|much (?:space|air|room|white ?space)))\b/i,
    apply: (draft, clause) => space(draft, -amountOf(clause)),
  },
  {
    kind: "airier",
    example: "airier",
    pattern:
      /\b(?:air(?:y|ier)|more (?:space|air|room|padding|spacing|white ?space|generous)|spac(?:ious|ier)|roomier|looser|breath\w*|less (?:dense|tight|cramped|crowded)|too (?:tight|dense|cramped|crowded))\b/i,
    apply: (draft, clause) => space(draft, amountOf(clause)),
  },
  {
    kind: "sharper corners",
    example: "sharper corners",
    pattern:
      /\b(?:sharp(?:er)?|square[rd]?|angular|no (?:radius|rounding|round(?:ed)? corners?)|less round(?:ed)?|edg(?:y|ier)|hard corners|straight corners|not so round|too round)\b/i,
    apply: (draft, clause) =>
      round(draft, /\bless|\bnot so|\ba (?:bit|little)|slightly/i.test(clause) ? -1 : -4),
  },
  {
    kind: "rounder corners",
    example: "rounder corners",
    pattern:
      /\b(?:round(?:er|ed|ing)?|soft(?:er)? (?:corners?|edges?|shapes?)|curv(?:y|ier|ed)|softer(?! (?:colou?rs?|shadows?|tones?))|pill[- ]shaped|bubbl(?:y|ier)|more radius|less sharp)\b/i,
    apply: (draft, clause) => round(draft, amountOf(clause)),
  },
  {
    kind: "more depth",
    example: "more depth",
    pattern:
      /\b(?:(?:more|deeper|bigger|softer|stronger|add|with|some|give (?:it|the cards)) (?:some |a |soft )*(?:drop[- ])?(?:shadows?|depth)|lift(?:ed)?|float(?:ing)?|raised|elevat\w+|3d|less flat)\b/i,
    apply: (draft, clause) => depth(draft, amountOf(clause), "More depth."),
  },
  {
    kind: "no shadows",
    example: "no shadows",
    pattern:
      /\b(?:flat(?:ter|ten)?|(?:no|without|remove(?: the)?|drop the|lose the|less|fewer) (?:drop[- ])?shadows?|no depth)\b/i,
    apply: (draft, clause) => depth(draft, /\bless|\bfewer|\ba bit|flatter/i.test(clause) ? -1 : -4, "Flat."),
  },
  {
    kind: "outlines",
    example: "outlined cards",
    pattern: /\b(?:outline[sd]?|borders?|bordered|hairlines?|thin lines around)\b/i,
    apply: (draft, clause) =>
      /\b(?:no|without|remove|drop|lose)\b/i.test(clause)
        ? setShadow(draft, SHADOWS[0] ?? "none", "No outlines.")
        : setShadow(draft, SHADOWS[1] ?? "none", "Cards have an outline now."),
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
  const face = FACES.find(([words]) => words.test(clause));
  if (!face) return null;
  const [, family, said] = face;
  if (!setToken(draft, token, family)) return cannot("token for that type", "--font-display or --font-body");
  return `${what} in ${said}.`;
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

function space(draft: Draft, steps: number): string {
  const said = steps > 0 ? "More air." : "Tighter spacing.";
  const factor = [0.55, 0.7, 0.85, 1, 1.18, 1.4, 1.75][steps + 3] ?? 1;
  const done = scaleToken(draft, /^--space-section$/, factor) || stepClasses(draft, SPACE_LADDER, steps);
  return done ? said : cannot("spacing", "--space-section, or py-… classes");
}

function round(draft: Draft, steps: number): string {
  const said = steps > 0 ? "Rounder corners." : "Sharper corners.";
  const now = Number.parseFloat(tokenValue(draft, /^--radius-(?:card|lg|md|base)$|^--radius$/) ?? "NaN");
  if (Number.isNaN(now))
    return stepClasses(draft, RADIUS_LADDER, steps)
      ? said
      : cannot("corners", "a --radius-… token, or rounded-… classes");
  const at = RADII.findLastIndex((each) => Number.parseFloat(each) <= now);
  const next = RADII[Math.max(0, Math.min(RADII.length - 1, at + steps))] ?? "0px";
  setToken(draft, /^--radius(?:-card|-lg|-md|-base)?$/, next);
  setToken(draft, /^--radius-button$/, next);
  return Number.parseFloat(next) === now ? `${said} They are as far as they go.` : said;
}

function depth(draft: Draft, steps: number, said: string): string {
  const now = tokenValue(draft, /^--shadow-card$/);
  if (now === null)
    return stepClasses(draft, SHADOW_LADDER, steps)
      ? said
      : cannot("shadows", "--shadow-card, or shadow-… classes");
  const known = SHADOWS.indexOf(now);
  const at = known < 0 ? 3 : known;
  return setShadow(draft, SHADOWS[Math.max(0, Math.min(SHADOWS.length - 1, at + steps))] ?? "none", said);
}

function setShadow(draft: Draft, value: string, said: string): string {
  return setToken(draft, /^--shadow-card$/, value) ? said : cannot("shadows", "a --shadow-card token");
}
