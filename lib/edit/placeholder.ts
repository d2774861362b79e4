/** Comments and dots that stand for code the model did not repeat. */

const PLACEHOLDER =
  /^\s*(?:\/\/|\/\*|\{\s*\/\*|<!--|#)\s*(?:\.{3}|…)?\s*(?:(?:the\s+)?(?:rest|remainder|remaining|existing|other|previous|same|unchanged)\b[^\n]*(?:\.{3}|…|remains?|unchanged|as before|here|code|the same)|\.{3}\s*(?:\*\/\s*\}?|-->)?\s*$)/i;
const DOTS = /^\s*(?:\.{3}|…)\s*$/;

/** In these files a line of dots or a heading about "the rest" is text. */
const PROSE = /\.(?:mdx?|txt|ya?ml)$/i;

export function mayHavePlaceholders(path: string): boolean {
  return !PROSE.test(path);
}

/** "// ... rest of the file remains unchanged": written into a file it would delete code. */
export function isPlaceholder(line: string): boolean {
  return line.length < 200 && (PLACEHOLDER.test(line) || DOTS.test(line));
}
