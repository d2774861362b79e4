/** Space, corners, depth. Tokens where the page has them, a step along Tailwind's classes where it has not. */
import { amountOf, type Draft, type Rule } from "./draft.ts";
import { cannot, scaleToken, setToken, stepClasses, tokenValue } from "./tokens.ts";

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
const RADII = ["0px", "6px", "14px", "22px", "32px"];
const SHADOWS = [
  "none",
  "0 0 0 1px var(--color-line)",
  "0 1px 2px rgb(0 0 0 / 0.06), 0 6px 16px -8px rgb(0 0 0 / 0.16)",
  "0 1px 2px rgb(0 0 0 / 0.05), 0 12px 32px -12px rgb(0 0 0 / 0.22)",
  "0 2px 4px rgb(0 0 0 / 0.06), 0 28px 60px -20px rgb(0 0 0 / 0.34)",
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
