/** How the tones of a drawing look: the same objects as a print, an engraving, a work drawing. CSS of `.art`. */

export type Treatment =
  | "flat"
  | "cutout"
  | "line"
  | "soft"
  | "night"
  | "engraving"
  | "sticker"
  | "dots"
  | "gilt"
  | "blueprint"
  | "duotone";

/** Treatments that fill with a pattern, and the pattern's tile of 6 × 6. */
export const tiles: Partial<Record<Treatment, string>> = {
  engraving: `<path className="tile" d="M0 3h6" />`,
  dots: `<circle className="tile" cx="3" cy="3" r="1.9" />`,
};

type Tones = {
  ground: string;
  b1: string;
  b2?: string;
  t1: string;
  t2: string;
  t3: string;
  t4: string;
  l: string;
  k: string;
  width?: number;
  /** Declarations for all shapes. */
  all?: string;
  extra?: string;
};

const mix = (one: string, share: number, other: string) =>
  `color-mix(in oklab, var(--color-${one}) ${share}%, var(--color-${other}))`;
const v = (name: string) => `var(--color-${name})`;

const treatments: Record<Treatment, Tones> = {
  flat: {
    ground: v("surface"),
    b1: mix("second", 55, "surface"),
    t1: v("accent"),
    t2: v("second"),
    t3: v("ink"),
    t4: v("paper"),
    l: v("ink"),
    k: v("paper"),
  },
  cutout: {
    ground: v("accent"),
    b1: mix("paper", 16, "accent"),
    t1: v("paper"),
    t2: v("second"),
    t3: v("surface"),
    t4: v("ink"),
    l: v("surface"),
    k: v("ink"),
    width: 7,
  },
  line: {
    ground: v("surface"),
    b1: "none",
    t1: v("accent"),
    t2: v("paper"),
    t3: v("paper"),
    t4: v("paper"),
    l: v("ink"),
    k: v("ink"),
    width: 2.5,
    all: "stroke: var(--color-ink); stroke-width: 2.5; stroke-linejoin: round;",
  },
  soft: {
    ground: v("surface"),
    b1: mix("accent", 22, "surface"),
    b2: mix("second", 80, "paper"),
    t1: mix("accent", 80, "second"),
    t2: v("second"),
    t3: v("accent"),
    t4: v("paper"),
    l: v("accent"),
    k: mix("paper", 85, "accent"),
    width: 6,
    extra: ".art .objects {\n    filter: drop-shadow(0 8px 10px rgb(30 50 30 / 0.16));\n  }",
  },
  night: {
    ground: v("surface"),
    b1: mix("second", 38, "surface"),
    b2: mix("second", 20, "surface"),
    t1: v("accent"),
    t2: v("second"),
    t3: v("ink"),
    t4: mix("paper", 70, "second"),
    l: v("ink"),
    k: v("paper"),
  },
  engraving: {
    ground: v("paper"),
    b1: "none",
    t1: "var(--tile)",
    t2: v("paper"),
    t3: v("ink"),
    t4: v("paper"),
    l: v("ink"),
    k: v("ink"),
    width: 2.5,
    all: "stroke: var(--color-ink); stroke-width: 2.5; stroke-linejoin: round;",
    extra: ".art .tile {\n    fill: none;\n    stroke: var(--color-ink);\n    stroke-width: 2;\n  }",
  },
  sticker: {
    ground: v("second"),
    b1: v("surface"),
    b2: mix("accent", 30, "surface"),
    t1: v("accent"),
    t2: v("second"),
    t3: v("ink"),
    t4: v("surface"),
    l: v("ink"),
    k: v("surface"),
    width: 6,
    all: "stroke: var(--color-ink); stroke-width: 5; stroke-linejoin: round;",
    extra: ".art .objects {\n    filter: drop-shadow(6px 6px 0 var(--color-ink));\n  }",
  },
  dots: {
    ground: v("paper"),
    b1: "none",
    t1: "var(--tile)",
    t2: v("second"),
    t3: v("ink"),
    t4: v("paper"),
    l: v("ink"),
    k: v("ink"),
    width: 3,
    all: "stroke: var(--color-ink); stroke-width: 3; stroke-linejoin: round;",
    extra: ".art .tile {\n    fill: var(--color-ink);\n    stroke: none;\n  }",
  },
  gilt: {
    ground: v("surface"),
    b1: "none",
    t1: mix("accent", 26, "surface"),
    t2: mix("accent", 12, "surface"),
    t3: v("accent"),
    t4: v("ink"),
    l: v("accent"),
    k: v("accent"),
    width: 2.5,
    all: "stroke: var(--color-accent); stroke-width: 2; stroke-linejoin: round;",
  },
  blueprint: {
    ground: v("surface"),
    b1: "none",
    t1: mix("ink", 14, "surface"),
    t2: v("surface"),
    t3: mix("accent", 85, "surface"),
    t4: v("paper"),
    l: v("ink"),
    k: mix("ink", 70, "paper"),
    width: 2,
    all: "stroke: var(--color-ink); stroke-width: 2; stroke-linejoin: round;",
  },
  duotone: {
    ground: mix("second", 60, "paper"),
    b1: mix("accent", 80, "second"),
    b2: v("ink"),
    t1: v("paper"),
    t2: mix("second", 70, "paper"),
    t3: v("ink"),
    t4: v("surface"),
    l: v("surface"),
    k: v("accent"),
    width: 6,
  },
};

/** Rules for the component layer of index.css. */
export function treatmentStyles(name: Treatment): string {
  const { ground, b1, b2 = b1, t1, t2, t3, t4, l, k, width = 5, all = "", extra = "" } = treatments[name];
  const fills = { ground, b1, b2, t1, t2, t3, t4 };
  const rules = Object.entries(fills).map(([tone, fill]) => `  .art .${tone} { fill: ${fill}; }`);
  if (all) rules.unshift(`  .art :is(.t1, .t2, .t3, .t4) { ${all} }`);
  const stroke = (tone: string, colour: string, thickness: number) =>
    `  .art .${tone} { fill: none; stroke: ${colour}; stroke-width: ${thickness}; stroke-linecap: round; stroke-linejoin: round; }`;
  rules.push(stroke("l", l, width), stroke("k", k, Math.max(2, width - 1)));
  rules.push(
    `  .art .b3 { fill: none; stroke: ${mix("ink", 26, "surface")}; stroke-width: 1.5; stroke-linecap: round; }`,
  );
  if (extra) rules.push(`  ${extra}`);
  return rules.join("\n");
}
