/** A plan → /src/index.css: tokens first, then the few classes that all sections share. */
import { css } from "#lib/project/colour.ts";
import type { Depth, Direction } from "./directions.ts";
import type { Page } from "./plan.ts";

export const STYLES = "/src/index.css";

/** Five steps from flat to lifted; a follow-up moves along them. */
export const SHADOWS: Record<Depth, string> = {
  flat: "none",
  line: "0 0 0 1px var(--color-line)",
  soft: "0 1px 2px rgb(0 0 0 / 0.05), 0 12px 32px -12px rgb(0 0 0 / 0.18)",
  hard: "0 0 0 2px var(--color-ink), 6px 6px 0 var(--color-ink)",
};

const LABELS = {
  caps: "font-size: 0.8125rem;\n    font-weight: 600;\n    letter-spacing: 0.09em;\n    text-transform: uppercase;",
  mono: 'font-family: "Geist Mono Variable", ui-monospace, monospace;\n    font-size: 0.8125rem;',
  italic: "font-family: var(--font-display);\n    font-size: 1.25rem;\n    font-style: italic;",
  marked:
    "padding-left: 0.75rem;\n    border-left: 0.25rem solid var(--color-second);\n    font-weight: 600;",
};

export function styleFile({ direction, palette, round, edition }: Page): string {
  const { name, display, body, weight, tracking, leading, radius, space, depth } = direction;
  const [headLeast, headMost] = direction.headline;
  const [titleLeast, titleMost] = direction.title;
  const isDark = palette.paper.l < 0.55;
  const pill = radius === "999px";
  return `/* Direction: ${name}${edition > 0 ? ` (edition ${edition + 1})` : ""}; round ${round + 1}. */
@import "tailwindcss";

@theme {
  --font-display: ${display};
  --font-body: ${body};
  --color-paper: ${css(palette.paper)};
  --color-surface: ${css(palette.surface)};
  --color-ink: ${css(palette.ink)};
  --color-muted: ${css(palette.muted)};
  --color-line: ${css(palette.line)};
  --color-accent: ${css(palette.accent)};
  --color-accent-ink: ${css(palette.accentInk)};
  --color-second: ${css(palette.second)};
}

:root {
  --text-size: 100%;
  --text-headline: ${fluid(headLeast, headMost)};
  --text-title: ${fluid(titleLeast, titleMost)};
  --heading-weight: ${weight};
  --heading-tracking: ${tracking};
  --heading-leading: ${leading};
  --heading-case: ${direction.uppercase ? "uppercase" : "none"};
  --radius-card: ${pill ? "3px" : radius};
  --radius-button: ${pill ? "999px" : radius === "14px" || radius === "18px" ? "999px" : radius};
  --shadow-card: ${SHADOWS[depth]};
  --space-section: ${space};
  color-scheme: ${isDark ? "dark" : "light"};
}

@layer base {
  html {
    font-size: var(--text-size);
    scroll-behavior: smooth;
  }
  body {
    background: var(--color-paper);
    color: var(--color-ink);
    font-family: var(--font-body);
    line-height: 1.6;
    overflow-wrap: break-word;
  }
  h1,
  h2,
  h3 {
    font-family: var(--font-display);
    font-weight: var(--heading-weight);
    letter-spacing: var(--heading-tracking);
    line-height: 1.2;
    text-transform: var(--heading-case);
    text-wrap: balance;
  }
  h1 {
    font-size: var(--text-headline);
    line-height: var(--heading-leading);
  }
  h2 {
    font-size: var(--text-title);
    line-height: max(1.05, var(--heading-leading));
  }
  h3 {
    font-size: 1.25rem;
  }
  p {
    text-wrap: pretty;
  }
  :focus-visible {
    outline: 2px solid currentColor;
    outline-offset: 3px;
  }
}

${componentStyles(direction)}
@media (prefers-reduced-motion: reduce) {
  * {
    animation: none !important;
    transition: none !important;
  }
}
`;
}

/** The few classes that all sections share. */
export function componentStyles({ label }: Direction): string {
  return `@layer components {
  .wrap {
    width: 100%;
    max-width: 76rem;
    margin-inline: auto;
    padding-inline: clamp(1.25rem, 4vw, 3rem);
  }
  .section {
    padding-block: min(var(--space-section), 12vw + 1.5rem);
  }
  .label {
    ${LABELS[label]}
  }
  /* Display type has one weight wherever it stands. */
  .font-display {
    font-weight: var(--heading-weight);
    letter-spacing: var(--heading-tracking);
  }
  .lead {
    max-width: 36rem;
    font-size: clamp(1.125rem, 1rem + 0.5vw, 1.375rem);
    line-height: 1.5;
  }
  .card {
    border-radius: var(--radius-card);
    background: var(--color-surface);
    box-shadow: var(--shadow-card);
    color: var(--color-ink);
  }
  .button {
    display: inline-block;
    padding: 0.8rem 1.5rem;
    border-radius: var(--radius-button);
    background: var(--color-accent);
    color: var(--color-accent-ink);
    font-weight: 600;
    line-height: 1.3;
    transition: translate 150ms;
  }
  .button:hover {
    translate: 0 -2px;
  }
  .field {
    width: 100%;
    padding: 0.7rem 0.9rem;
    border: 1px solid color-mix(in oklab, currentColor 60%, transparent);
    border-radius: min(var(--radius-card), 12px);
    background: transparent;
  }
  .art {
    display: block;
    width: 100%;
    border-radius: var(--radius-card);
  }
}
`;
}

/** Grows with the page between 390 and 1280 px. */
function fluid(least: number, most: number): string {
  const slope = ((most - least) * 16) / (1_280 - 390);
  const start = least - (slope * 390) / 16;
  const round = (value: number) => Math.round(value * 100) / 100;
  return `clamp(${least}rem, ${round(start)}rem + ${round(slope * 100)}vw, ${most}rem)`;
}
